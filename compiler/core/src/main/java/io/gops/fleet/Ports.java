package io.gops.fleet;

import java.util.List;

/// The destination ports of a rule.
///
/// @param any whether every protocol and port is meant; then `ports` is empty
public record Ports(boolean any, List<Match> ports) {
  public static final Ports ANY = new Ports(true, List.of());

  public Ports {
    ports = List.copyOf(ports);
  }

  /// One protocol and port.
  public record Match(Port.Protocol protocol, int number) {}
}
