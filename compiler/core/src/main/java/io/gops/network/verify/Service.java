package io.gops.network.verify;

import io.gops.fleet.Port;
import io.gops.network.flow.Match;

/// What a connection asks for: an IP protocol and, if it has ports, the destination port.
///
/// @param protocol number of the IP protocol
/// @param port 0 for protocols without ports
public record Service(long protocol, int port) implements Comparable<Service> {
  /// Echo request and whatever else carries no port.
  public static final Service ICMP = new Service(Match.ICMP, 0);

  /// SCTP stands for every protocol that no rule can name.
  public static final Service OTHER = new Service(132, 0);

  public static Service of(Port.Protocol protocol, int port) {
    return new Service(protocol == Port.Protocol.TCP ? Match.TCP : Match.UDP, port);
  }

  @Override
  public int compareTo(Service other) {
    int order = Long.compare(protocol, other.protocol);
    return order != 0 ? order : Integer.compare(port, other.port);
  }

  @Override
  public String toString() {
    return switch ((int) protocol) {
      case (int) Match.TCP -> "tcp/" + port;
      case (int) Match.UDP -> "udp/" + port;
      case (int) Match.ICMP -> "icmp";
      default -> "protocol " + protocol;
    };
  }
}
