package io.gops.fleet;

import java.util.Optional;

/// A set of addresses that rules speak of.
public sealed interface Endpoint {
  /// As the source writes it, without a port.
  String text();

  /// Everything behind the VPC's internet gateway.
  record Internet(String text) implements Endpoint {}

  /// Servers of a game.
  ///
  /// @param role absent for all roles
  /// @param side absent for both sides
  record Servers(String text, String game, Optional<String> role, Optional<Side> side)
      implements Endpoint {}

  /// Servers of a `zones` declaration.
  record ZoneServers(String text, String set, Optional<String> role, Optional<Side> side)
      implements Endpoint {}

  /// An external service.
  record Service(String text, String service) implements Endpoint {}

  /// Every member of a VPC.
  record WholeVpc(String text, String vpc) implements Endpoint {}
}
