package io.gops.network.pipeline;

import io.gops.fleet.Cidr;
import io.gops.fleet.Port;
import io.gops.fleet.Ports;
import io.gops.network.AccessRule;
import io.gops.network.Member;
import io.gops.network.VpcNetwork;
import io.gops.network.flow.Action;
import io.gops.network.flow.Field;
import io.gops.network.flow.FlowKind;
import io.gops.network.flow.FlowTable;
import io.gops.network.flow.Match;
import java.util.List;
import java.util.stream.Stream;

/// Tables 50 and 70: the policy, once where a connection starts and once where it ends. A node
/// has a rule only when a peer of that end is on it.
final class AccessControl {
  private AccessControl() {}

  static void add(NodeView view, FlowList flows) {
    for (VpcNetwork vpc : view.vpcs()) {
      if (view.attachment(vpc).filter(a -> !a.isTranslated()).isPresent()) {
        continue; // Its packets are not tracked here, so only hosts can judge them.
      }
      for (RuleEnds ends : view.rules()) {
        AccessRule rule = ends.rule();
        if (!rule.vpc().equals(vpc.name())) {
          continue;
        }
        List<Cidr> from = ends.from().prefixesOn(view.node());
        List<Cidr> entered = from.isEmpty() ? List.of() : entered(ends.to(), view);
        if (!from.isEmpty() && !entered.isEmpty()) {
          add(flows, new Rule(vpc, rule, FlowTable.ACL_EGRESS, from, entered));
        }
        List<Cidr> to = ends.to().prefixesOn(view.node());
        if (!to.isEmpty()) {
          add(flows, new Rule(vpc, rule, FlowTable.ACL_INGRESS, ends.from().prefixes(), to));
        }
      }
    }
    flows.miss(FlowTable.ACL_EGRESS);
    flows.miss(FlowTable.ACL_INGRESS);
  }

  /// Whom a connection may be for that starts on this node: on a gateway, only servers that have a
  /// public address on it.
  private static List<Cidr> entered(RuleEnd to, NodeView view) {
    if (view.node().isHost()) {
      return to.prefixes();
    }
    return to.peers().members().stream()
        .filter(member -> view.published().contains(member.id()))
        .map(Member::prefix)
        .sorted()
        .toList();
  }

  /// One rule in one table, with the peers that matter there.
  private record Rule(
      VpcNetwork vpc, AccessRule rule, FlowTable table, List<Cidr> from, List<Cidr> to) {
    List<Ports.Match> ports() {
      return rule.ports().ports();
    }

    /// A conjunctive match takes a flow for each peer and port and one for the verdict; plain flows
    /// take one for each combination.
    boolean isConjunctive() {
      long ports = Math.max(1, ports().size());
      long clauses = 1L + from.size() + to.size() + ports().size();
      return (long) from.size() * to.size() * ports > clauses;
    }

    Match match(Match fields) {
      return fields.with(Field.VPC, vpc.vni());
    }

    Action[] verdict() {
      return rule.allow()
          ? new Action[] {
            new Action.SetField(Field.RULE, rule.id()),
            new Action.GotoTable(table == FlowTable.ACL_EGRESS ? FlowTable.ROUTE : FlowTable.COMMIT)
          }
          : new Action[0];
    }
  }

  private static void add(FlowList flows, Rule rule) {
    if (rule.isConjunctive()) {
      addConjunctive(flows, rule);
    } else {
      addPlain(flows, rule);
    }
  }

  private static void addPlain(FlowList flows, Rule rule) {
    for (Cidr from : rule.from()) {
      for (Cidr to : rule.to()) {
        protocols(rule)
            .forEach(
                match ->
                    add(
                        flows,
                        rule,
                        match.with(Field.IP_SRC, from).with(Field.IP_DST, to),
                        rule.verdict()));
      }
    }
  }

  private static void addConjunctive(FlowList flows, Rule rule) {
    int of = rule.ports().isEmpty() ? 2 : 3;
    long id = rule.rule().id();
    for (Cidr from : rule.from()) {
      add(flows, rule, Match.IP.with(Field.IP_SRC, from), new Action.Conjunction(id, 1, of));
    }
    for (Cidr to : rule.to()) {
      add(flows, rule, Match.IP.with(Field.IP_DST, to), new Action.Conjunction(id, 2, of));
    }
    if (of == 3) {
      protocols(rule).forEach(m -> add(flows, rule, m, new Action.Conjunction(id, 3, of)));
    }
    add(flows, rule, Match.IP.with(Field.CONJ_ID, id), rule.verdict());
  }

  private static Stream<Match> protocols(Rule rule) {
    return rule.ports().isEmpty()
        ? Stream.of(Match.IP)
        : rule.ports().stream().map(AccessControl::protocol);
  }

  private static Match protocol(Ports.Match port) {
    Port.Protocol protocol = port.protocol();
    return Match.ANY.protocol(protocol).with(Field.PORT_DST, port.number());
  }

  private static void add(FlowList flows, Rule rule, Match match, Action... actions) {
    flows.add(
        rule.table(),
        rule.rule().priority(),
        rule.match(match),
        FlowKind.ACL,
        rule.rule().declaration(),
        actions);
  }
}
