package io.gops.network;

import io.gops.allocate.Assignments;
import io.gops.deployment.Deployment;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Policy;
import io.gops.fleet.Ports;
import io.gops.network.flow.Declaration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/// Resolves the policies: each rule gets its members, its id and its own priority.
final class AccessRules {
  private static final int HIGHEST = 60_000;
  private static final String KIND = "rule";
  private static final String SPACE = "fleet";
  private static final long LAST_RULE = (1 << 24) - 1;

  private final Deployment deployment;
  private final SortedMap<String, VpcNetwork> vpcs;
  private final Assignments assignments;
  private final Diagnostics diagnostics;
  private final EndpointResolver resolver;
  private final Map<String, Integer> paths = new HashMap<>();

  AccessRules(
      Deployment deployment,
      SortedMap<String, VpcNetwork> vpcs,
      Assignments assignments,
      Diagnostics diagnostics) {
    this.deployment = deployment;
    this.vpcs = vpcs;
    this.assignments = assignments;
    this.diagnostics = diagnostics;
    this.resolver = new EndpointResolver(deployment, vpcs, diagnostics);
  }

  /// By VPC, then highest priority first. Policies of one VPC follow each other in their order.
  List<AccessRule> resolve() {
    List<AccessRule> all = new ArrayList<>();
    for (VpcNetwork vpc : vpcs.values()) {
      List<AccessRule> rules = new ArrayList<>();
      for (Policy policy : deployment.policies()) {
        if (policy.vpc().equals(vpc.name())) {
          for (Policy.Rule rule : policy.rules()) {
            resolve(policy, rule, vpc, HIGHEST - rules.size()).ifPresent(rules::add);
          }
        }
      }
      reportShadowed(rules);
      for (int at = 0; at < rules.size(); at++) {
        all.add(numbered(rules.get(at), rules.subList(0, at)));
      }
    }
    return all;
  }

  /// Gives a rule its id. What it permits changes when a rule that denies part of it comes or goes
  /// before it, so then it gets another: connections are marked with ids, see [#revocations].
  private AccessRule numbered(AccessRule rule, List<AccessRule> before) {
    String denied =
        before.stream()
            .filter(other -> rule.allow() && !other.allow() && meet(other, rule))
            .map(AccessRule::text)
            .collect(Collectors.joining("\n"));
    String path = rule.declaration().path();
    String name =
        denied.isEmpty()
            ? path
            : path + "!" + Long.toHexString(Declaration.of(denied, Optional.empty()).hash());
    long id =
        assignments
            .claim(KIND, SPACE, name, 1, LAST_RULE)
            .orElseThrow(() -> new IllegalStateException("no rule id left"));
    return new AccessRule(
        id,
        rule.vpc(),
        rule.priority(),
        rule.allow(),
        rule.from(),
        rule.to(),
        rule.ports(),
        rule.text(),
        rule.declaration());
  }

  private static boolean meet(AccessRule one, AccessRule two) {
    return meet(one.ports(), two.ports())
        && meet(one.from(), two.from())
        && meet(one.to(), two.to());
  }

  private static boolean meet(Ports one, Ports two) {
    return one.any() || two.any() || one.ports().stream().anyMatch(two.ports()::contains);
  }

  private static boolean meet(Peers one, Peers two) {
    Set<String> ids = ids(one);
    return !one.outside().and(two.outside()).isEmpty()
        || two.members().stream().anyMatch(member -> ids.contains(member.id()));
  }

  /// The rules that an earlier lock has and that were not resolved now, while their ids rest: some
  /// node may still have a connection with that mark.
  static List<Revocation> revocations(Assignments assignments) {
    return assignments.resting(KIND, SPACE).entrySet().stream()
        .filter(entry -> entry.getValue().contains("/allow_"))
        .map(
            entry ->
                new Revocation(
                    entry.getKey(),
                    Declaration.of("revoked/" + entry.getValue(), Optional.empty())))
        .toList();
  }

  private Optional<AccessRule> resolve(
      Policy policy, Policy.Rule rule, VpcNetwork vpc, int priority) {
    Peers from = resolver.resolve(rule.from(), vpc, policy, rule.place());
    Peers to = resolver.resolve(rule.to(), vpc, policy, rule.place());
    String text = rule.text();
    if (!from.outside().isEmpty() && !to.outside().isEmpty()) {
      diagnostics.report(
          Diagnostic.of(Code.GOPS4008, text, vpc.name()).at(rule.place()).hint("hint"));
      return Optional.empty();
    }
    if (from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    String name = unique("policy/" + policy.name() + "/" + text.replace(' ', '_'));
    return Optional.of(
        new AccessRule(
            0,
            vpc.name(),
            priority,
            rule.allow(),
            from,
            to,
            rule.ports(),
            text,
            Declaration.of(name, Optional.of(rule.place()))));
  }

  private String unique(String path) {
    int count = paths.merge(path, 1, Integer::sum);
    return count == 1 ? path : path + "#" + count;
  }

  /// Warns of each rule that one earlier rule decides completely.
  private void reportShadowed(List<AccessRule> rules) {
    List<Set<String>> from = rules.stream().map(r -> ids(r.from())).toList();
    List<Set<String>> to = rules.stream().map(r -> ids(r.to())).toList();
    for (int later = 1; later < rules.size(); later++) {
      for (int earlier = 0; earlier < later; earlier++) {
        AccessRule one = rules.get(earlier);
        AccessRule two = rules.get(later);
        if (covers(one.ports(), two.ports())
            && covers(one.from(), from.get(earlier), two.from(), from.get(later))
            && covers(one.to(), to.get(earlier), two.to(), to.get(later))) {
          diagnostics.report(
              Diagnostic.of(Code.GOPS4005, two.text(), one.text())
                  .at(two.declaration().place())
                  .related(one.declaration().place(), "related")
                  .hint(one.allow() == two.allow() ? "same" : "hint"));
          break;
        }
      }
    }
  }

  private static boolean covers(Ports one, Ports two) {
    return one.any() || (!two.any() && one.ports().containsAll(two.ports()));
  }

  private static boolean covers(Peers one, Set<String> ids, Peers two, Set<String> otherIds) {
    return (one.whole() || (!two.whole() && ids.containsAll(otherIds)))
        && one.outside().covers(two.outside());
  }

  private static Set<String> ids(Peers peers) {
    return peers.members().stream().map(Member::id).collect(Collectors.toCollection(HashSet::new));
  }
}
