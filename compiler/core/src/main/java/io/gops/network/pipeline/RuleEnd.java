package io.gops.network.pipeline;

import io.gops.fleet.Cidr;
import io.gops.network.Member;
import io.gops.network.Node;
import io.gops.network.Peers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One end of a rule, prepared once for all nodes: each asks for its own part of it.
final class RuleEnd {
  private final Peers peers;
  private final List<Cidr> prefixes;
  private final Set<String> ids = new HashSet<>();
  private final Map<String, List<Cidr>> byHost = new HashMap<>();

  /// @param cidr of the VPC, which stands for its members when all are meant
  RuleEnd(Peers peers, Cidr cidr) {
    this.peers = peers;
    this.prefixes = peers.prefixes(cidr);
    for (Member member : peers.members()) {
      ids.add(member.id());
      byHost.computeIfAbsent(member.host(), _ -> new ArrayList<>()).add(member.prefix());
    }
    byHost.replaceAll((_, own) -> peers.whole() ? List.of(cidr) : own.stream().sorted().toList());
  }

  Peers peers() {
    return peers;
  }

  /// Ids of its members.
  Set<String> ids() {
    return ids;
  }

  /// The prefixes of all of it, as a flow matches them.
  List<Cidr> prefixes() {
    return prefixes;
  }

  /// The prefixes of those that are on a node: its members, or what lies behind its gateway.
  List<Cidr> prefixesOn(Node node) {
    return peers.outside().isEmpty()
        ? byHost.getOrDefault(node.name(), List.of())
        : node.gateway().equals(peers.gateway()) ? prefixes : List.of();
  }

  /// Whether somebody of it is on a node or behind it.
  boolean isOn(Node node) {
    return node.isHost()
        ? byHost.containsKey(node.name())
        : !peers.outside().isEmpty() && node.gateway().equals(peers.gateway());
  }
}
