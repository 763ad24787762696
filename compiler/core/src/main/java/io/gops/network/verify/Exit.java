package io.gops.network.verify;

import io.gops.fleet.Ipv4;
import io.gops.network.flow.Field;

/// How a packet leaves a node, as far as it matters to who receives it.
///
/// It is compared for every packet that is followed, hence numbers, and methods of its own in place
/// of those that a record gets.
///
/// @param end address of the tunnel end that it goes to, 0 for none
/// @param vni that it takes into the tunnel
/// @param source its source address, where a gateway lets it out
/// @param destination its destination address
/// @param isForgotten whether conntrack does not know by which rule it may pass
record Exit(int port, long end, long vni, long source, long destination, boolean isForgotten) {
  private static final int TUNNEL_PORT = 1;
  private static final int UPLINK_PORT = 2;

  /// To a server of the node.
  static Exit port(int port, Ipv4 destination) {
    return new Exit(port, 0, 0, 0, destination.value(), false);
  }

  /// To another node.
  static Exit tunnel(Ipv4 end, long vni, Ipv4 destination) {
    return new Exit(TUNNEL_PORT, end.value(), vni, 0, destination.value(), false);
  }

  /// Out of the overlay.
  static Exit uplink(Ipv4 source, Ipv4 destination) {
    return new Exit(UPLINK_PORT, 0, 0, source.value(), destination.value(), false);
  }

  /// How a packet left at the end of a walk.
  static Exit of(Walk.End end, boolean isForgotten) {
    Packet packet = end.packet();
    boolean tunnel = end.port() == TUNNEL_PORT;
    return new Exit(
        end.port(),
        tunnel ? packet.get(Field.TUN_DST) : 0,
        tunnel ? packet.get(Field.TUN_ID) : 0,
        end.port() == UPLINK_PORT ? packet.get(Field.IP_SRC) : 0,
        packet.get(Field.IP_DST),
        isForgotten);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Exit exit
        && port == exit.port
        && end == exit.end
        && vni == exit.vni
        && source == exit.source
        && destination == exit.destination
        && isForgotten == exit.isForgotten;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(((end * 31 + vni) * 31 + source) * 31 + destination) * 31 + port;
  }

  /// For messages.
  @Override
  public String toString() {
    Ipv4 to = new Ipv4(destination);
    String way =
        switch (port) {
          case TUNNEL_PORT -> "tunnel " + new Ipv4(end) + " vni " + vni + " " + to;
          case UPLINK_PORT -> "uplink " + new Ipv4(source) + " -> " + to;
          default -> "port " + port + " " + to;
        };
    return isForgotten ? way + " without being remembered" : way;
  }
}
