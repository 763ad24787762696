package io.gops.network;

import io.gops.fleet.Gateway;
import io.gops.network.flow.Declaration;
import java.util.List;
import java.util.Optional;

/// A gateway with the numbers of its groups.
///
/// @param groupId OpenFlow group that picks one of its nodes
/// @param failover when it has several nodes
public record GatewayGroup(
    Gateway gateway,
    long groupId,
    List<Choice> choices,
    Optional<Failover> failover,
    Declaration declaration) {
  public GatewayGroup {
    choices = List.copyOf(choices);
  }

  /// One machine of the gateway.
  ///
  /// @param bucketId stays when other machines come and go
  /// @param watch port over which each host asks the machine whether it lives; absent when the
  ///     gateway has no other
  public record Choice(Node node, long bucketId, Optional<Integer> watch) {}

  /// The groups behind [#groupId]: it takes the first while some node is known to live. When none
  /// is, the fault is rather with the asking, and the second picks as if nobody had asked.
  ///
  /// @param live OpenFlow group of the nodes that live
  /// @param all OpenFlow group of all nodes
  public record Failover(long live, long all) {}

  public String name() {
    return gateway.name();
  }
}
