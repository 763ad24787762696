package io.gops.network.pipeline;

import io.gops.fleet.Ports;
import io.gops.network.AccessRule;
import io.gops.network.Member;
import io.gops.network.Node;
import io.gops.network.Overlay;
import io.gops.network.Peers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which rules decide anything, and who may talk with whom by them, whatever the port.
final class Partners {
  private final List<AccessRule> rules = new ArrayList<>();
  private final Map<Long, Set<String>> from = new HashMap<>();
  private final Map<Long, Set<String>> to = new HashMap<>();

  Partners(Overlay overlay) {
    for (AccessRule rule : overlay.rules()) {
      from.put(rule.id(), ids(rule.from()));
      to.put(rule.id(), ids(rule.to()));
    }
    for (AccessRule rule : overlay.rules()) {
      if (rule.allow() || overlay.rules().stream().anyMatch(later -> takesFrom(rule, later))) {
        rules.add(rule);
      }
    }
  }

  /// All rules but those that deny what nothing allows: the miss rule drops that as well, and
  /// clauses for it would be most of the flows of a large fleet.
  List<AccessRule> rules() {
    return rules;
  }

  /// Ids of the members that somebody on the node, or behind it, may start to talk to or be talked
  /// to by.
  ///
  /// @param members those on the node
  /// @param published those that a public address of the node leads to: nobody else is reached from
  ///     the internet through it
  Set<String> of(Node node, List<Member> members, Set<String> published) {
    Set<String> partners = new HashSet<>();
    for (AccessRule rule : rules) {
      if (rule.allow()) {
        if (isOn(rule.from(), from(rule), node, members)) {
          partners.addAll(entered(node, to(rule), published));
        }
        if (isOn(rule.to(), to(rule), node, members)) {
          partners.addAll(from(rule));
        }
      }
    }
    return partners;
  }

  private static Set<String> entered(Node node, Set<String> to, Set<String> published) {
    if (node.isHost() || published.isEmpty()) {
      return to;
    }
    Set<String> reached = new HashSet<>(to);
    reached.retainAll(published);
    return reached;
  }

  private static boolean isOn(Peers peers, Set<String> ids, Node node, List<Member> members) {
    return node.isHost()
        ? members.stream().anyMatch(m -> ids.contains(m.id()))
        : !peers.outside().isEmpty() && node.gateway().equals(peers.gateway());
  }

  /// Whether a rule denies something that a later rule would allow.
  private boolean takesFrom(AccessRule rule, AccessRule later) {
    return later.allow()
        && later.vpc().equals(rule.vpc())
        && later.priority() < rule.priority()
        && meet(rule.ports(), later.ports())
        && meet(rule.from(), from(rule), later.from(), from(later))
        && meet(rule.to(), to(rule), later.to(), to(later));
  }

  private static boolean meet(Ports one, Ports two) {
    return one.any() || two.any() || one.ports().stream().anyMatch(two.ports()::contains);
  }

  private static boolean meet(Peers one, Set<String> ids, Peers two, Set<String> otherIds) {
    return ids.stream().anyMatch(otherIds::contains) || !one.outside().and(two.outside()).isEmpty();
  }

  private Set<String> from(AccessRule rule) {
    return from.getOrDefault(rule.id(), Set.of());
  }

  private Set<String> to(AccessRule rule) {
    return to.getOrDefault(rule.id(), Set.of());
  }

  private static Set<String> ids(Peers peers) {
    Set<String> ids = new HashSet<>();
    peers.members().forEach(member -> ids.add(member.id()));
    return ids;
  }
}
