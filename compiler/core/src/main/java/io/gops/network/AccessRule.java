package io.gops.network;

import io.gops.fleet.Port;
import io.gops.fleet.Ports;
import io.gops.network.flow.Declaration;

/// One rule of a policy, resolved.
///
/// @param id in the connections' marks; stable, so that a connection can be traced and revoked
/// @param priority its own inside its VPC, higher than that of every later rule: two conjunctive
///     rules of one priority that match the same packet give an unpredictable verdict
///     (ovs-fields(7))
/// @param text `allow internet -> clx.engine:client`
public record AccessRule(
    long id,
    String vpc,
    int priority,
    boolean allow,
    Peers from,
    Peers to,
    Ports ports,
    String text,
    Declaration declaration) {
  /// Whether the rule speaks of this destination port.
  public boolean hasPort(Port.Protocol protocol, int number) {
    return ports.any() || ports.ports().contains(new Ports.Match(protocol, number));
  }
}
