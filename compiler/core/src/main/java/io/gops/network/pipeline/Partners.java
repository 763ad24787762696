package io.gops.network.pipeline;

import io.gops.fleet.Cidr;
import io.gops.fleet.Ports;
import io.gops.network.AccessRule;
import io.gops.network.Member;
import io.gops.network.Node;
import io.gops.network.Overlay;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which rules decide anything, and who may talk with whom by them, whatever the port.
final class Partners {
  private final List<RuleEnds> rules = new ArrayList<>();

  Partners(Overlay overlay) {
    List<RuleEnds> all = new ArrayList<>();
    for (AccessRule rule : overlay.rules()) {
      Cidr cidr = overlay.vpc(rule.vpc()).vpc().cidr();
      all.add(new RuleEnds(rule, new RuleEnd(rule.from(), cidr), new RuleEnd(rule.to(), cidr)));
    }
    for (RuleEnds rule : all) {
      if (rule.rule().allow() || all.stream().anyMatch(later -> takesFrom(rule, later))) {
        rules.add(rule);
      }
    }
  }

  /// All rules but those that deny what nothing allows: the miss rule drops that as well, and
  /// clauses for it would be most of the flows of a large fleet.
  List<RuleEnds> rules() {
    return rules;
  }

  /// The members that somebody on the node, or behind it, may start to talk to or be talked to by,
  /// by VPC and id.
  ///
  /// @param published ids of those that a public address of the node leads to: nobody else is
  ///     reached from the internet through it
  Map<String, Map<String, Member>> of(Node node, Set<String> published) {
    Map<String, Map<String, Member>> partners = new HashMap<>();
    for (RuleEnds rule : rules) {
      if (rule.rule().allow()) {
        Map<String, Member> found =
            partners.computeIfAbsent(rule.rule().vpc(), _ -> new HashMap<>());
        if (rule.from().isOn(node)) {
          boolean all = node.isHost() || published.isEmpty();
          for (Member member : rule.to().peers().members()) {
            if (all || published.contains(member.id())) {
              found.put(member.id(), member);
            }
          }
        }
        if (rule.to().isOn(node)) {
          rule.from().peers().members().forEach(member -> found.put(member.id(), member));
        }
      }
    }
    return partners;
  }

  /// Whether a rule denies something that a later rule would allow.
  private static boolean takesFrom(RuleEnds one, RuleEnds other) {
    AccessRule rule = one.rule();
    AccessRule later = other.rule();
    return later.allow()
        && later.vpc().equals(rule.vpc())
        && later.priority() < rule.priority()
        && meet(rule.ports(), later.ports())
        && meet(one.from(), other.from())
        && meet(one.to(), other.to());
  }

  private static boolean meet(Ports one, Ports two) {
    return one.any() || two.any() || one.ports().stream().anyMatch(two.ports()::contains);
  }

  private static boolean meet(RuleEnd one, RuleEnd two) {
    return one.ids().stream().anyMatch(two.ids()::contains)
        || !one.peers().outside().and(two.peers().outside()).isEmpty();
  }
}
