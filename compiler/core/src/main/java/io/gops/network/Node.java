package io.gops.network;

import io.gops.fleet.Ipv4;
import java.util.Optional;

/// A machine that carries tables: a host or a machine of a gateway.
///
/// @param underlay address of its tunnel end
/// @param gateway name of the gateway it belongs to; absent for hosts
public record Node(String name, Ipv4 underlay, Optional<String> gateway) {
  public boolean isHost() {
    return gateway.isEmpty();
  }
}
