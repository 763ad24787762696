package io.gops.fleet;

import java.util.List;
import java.util.stream.Collectors;

/// The destination ports of a rule.
///
/// @param any whether every protocol and port is meant; then `ports` is empty
public record Ports(boolean any, List<Match> ports) {
  public static final Ports ANY = new Ports(true, List.of());

  public Ports {
    ports = List.copyOf(ports);
  }

  /// As they stand behind the destination of a rule: `:tcp/80,udp/53`; nothing for all.
  public String text() {
    return any
        ? ""
        : ports.stream()
            .map(port -> port.protocol().word() + "/" + port.number())
            .collect(Collectors.joining(",", ":", ""));
  }

  /// One protocol and port.
  public record Match(Port.Protocol protocol, int number) {}
}
