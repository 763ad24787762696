package io.gops.fleet;

import io.gops.source.Origins;

/// A named port.
///
/// @param number 1 to 65535
public record Port(String name, int number, Protocol protocol, Origins origins) {
  /// Transport protocol.
  public enum Protocol {
    TCP,
    UDP;

    /// Lower case, as the language and flow tables write it.
    public String word() {
      return this == TCP ? "tcp" : "udp";
    }
  }
}
