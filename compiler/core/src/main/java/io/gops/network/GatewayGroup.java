package io.gops.network;

import io.gops.fleet.Gateway;
import io.gops.network.flow.Declaration;
import java.util.List;

/// A gateway with the numbers of its select group.
///
/// @param groupId OpenFlow group that picks one of its nodes
public record GatewayGroup(
    Gateway gateway, long groupId, List<Choice> choices, Declaration declaration) {
  public GatewayGroup {
    choices = List.copyOf(choices);
  }

  /// One machine of the gateway.
  ///
  /// @param bucketId stays when other machines come and go
  public record Choice(Node node, long bucketId) {}

  public String name() {
    return gateway.name();
  }
}
