package io.gops.network.verify;

import io.gops.fleet.Ipv4;
import io.gops.network.Member;
import io.gops.network.Node;
import io.gops.network.Overlay;
import io.gops.network.flow.Declaration;
import io.gops.network.flow.Field;
import io.gops.network.flow.Flow;
import io.gops.network.flow.Match;
import io.gops.network.flow.NodeTables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// Follows a packet from node to node: out of a port, through the tunnel, into a port.
public final class Journey {
  private static final int TUNNEL_PORT = 1;
  private static final int UPLINK_PORT = 2;
  private static final long GATEWAY_MAC = 0x0a60_0000_0001L;

  private final Map<String, Walk> walks = new HashMap<>();
  private final Map<Long, Node> byUnderlay = new HashMap<>();
  private final Map<String, Long> underlays = new HashMap<>();
  private final Map<String, Map<Integer, Member>> ports = new HashMap<>();

  public Journey(Overlay overlay, SortedMap<String, NodeTables> tables) {
    tables.forEach((name, node) -> walks.put(name, new Walk(node)));
    for (Node node : overlay.nodes().values()) {
      byUnderlay.put(node.underlay().value(), node);
      underlays.put(node.name(), node.underlay().value());
    }
    for (var vpc : overlay.vpcs().values()) {
      for (Member member : vpc.members()) {
        ports
            .computeIfAbsent(member.host(), _ -> new HashMap<>())
            .put(member.nic().ofport(), member);
      }
    }
  }

  /// Where a packet ended.
  public sealed interface End {
    /// The flow that decided last.
    Optional<Flow> last();

    /// Dropped on a node.
    record Dropped(String node, Optional<Flow> last) implements End {}

    /// Delivered to a server.
    ///
    /// @param destination the address in the packet
    record Delivered(Member member, Ipv4 destination, Optional<Flow> last) implements End {}

    /// Sent out of the overlay by a gateway node.
    record Left(String node, Ipv4 source, Ipv4 destination, Optional<Flow> last) implements End {}

    /// Sent to a port or a tunnel end that does not exist.
    record Lost(String node, Optional<Flow> last) implements End {}
  }

  Walk walk(String node) {
    Walk walk = walks.get(node);
    if (walk == null) {
      throw new IllegalArgumentException("no node " + node);
    }
    return walk;
  }

  /// The first packet of a connection that a server starts.
  public List<End> connect(Member from, Ipv4 to, Service service) {
    return send(from.host(), packet(from, to, service), Tracking.FIRST);
  }

  /// A packet that enters a gateway node from outside.
  List<End> enter(String node, Ipv4 from, Ipv4 to, Service service, Tracking tracking) {
    return send(node, ip(from, to, service).set(Field.IN_PORT, UPLINK_PORT), tracking);
  }

  /// The first packet of a connection that comes from outside.
  public List<End> enter(String node, Ipv4 from, Ipv4 to, Service service) {
    return enter(node, from, to, service, Tracking.FIRST);
  }

  /// A packet as a server sends it.
  static Packet packet(Member from, Ipv4 to, Service service) {
    return ip(from.address(), to, service)
        .set(Field.IN_PORT, from.nic().ofport())
        .set(Field.ETH_SRC, from.mac())
        .set(Field.ETH_DST, GATEWAY_MAC);
  }

  /// An IP packet without a port.
  static Packet ip(Ipv4 from, Ipv4 to, Service service) {
    return new Packet()
        .set(Field.ETH_TYPE, Match.IP_TYPE)
        .set(Field.IP_PROTO, service.protocol())
        .set(Field.IP_SRC, from.value())
        .set(Field.IP_DST, to.value())
        .set(Field.PORT_DST, service.port());
  }

  /// All ends of a packet, with the same state of the connection on each node that it passes.
  List<End> send(String node, Packet packet, Tracking tracking) {
    List<End> ends = new ArrayList<>();
    send(node, packet, tracking, ends, 0);
    return ends;
  }

  private void send(String node, Packet packet, Tracking tracking, List<End> ends, int hops) {
    for (Walk.End end : walk(node).run(packet, tracking)) {
      if (end.isDrop()) {
        ends.add(new End.Dropped(node, end.last()));
      } else if (end.port() == TUNNEL_PORT) {
        Node next = byUnderlay.get(end.packet().get(Field.TUN_DST));
        // A packet crosses the underlay once: no node sends into the tunnel what came out of it.
        if (next == null || next.name().equals(node) || hops > 0) {
          ends.add(new End.Lost(node, end.last()));
        } else {
          send(next.name(), arrive(end.packet(), node), tracking, ends, hops + 1);
        }
      } else {
        ends.add(leave(node, end));
      }
    }
  }

  private End leave(String node, Walk.End end) {
    Packet packet = end.packet();
    Ipv4 destination = new Ipv4(packet.get(Field.IP_DST));
    Member member = ports.getOrDefault(node, Map.of()).get(end.port());
    if (member != null) {
      return new End.Delivered(member, destination, end.last());
    }
    return end.port() == UPLINK_PORT
        ? new End.Left(node, new Ipv4(packet.get(Field.IP_SRC)), destination, end.last())
        : new End.Lost(node, end.last());
  }

  /// What the other node receives: the frame, the VNI and the sender's tunnel end.
  private Packet arrive(Packet sent, String from) {
    long underlay = underlays.getOrDefault(from, 0L);
    Packet packet = new Packet().set(Field.IN_PORT, TUNNEL_PORT).set(Field.TUN_SRC, underlay);
    for (Field field :
        List.of(
            Field.TUN_ID,
            Field.TUN_DST,
            Field.ETH_TYPE,
            Field.IP_PROTO,
            Field.ETH_SRC,
            Field.ETH_DST,
            Field.IP_SRC,
            Field.IP_DST,
            Field.PORT_DST)) {
      packet.set(field, sent.get(field));
    }
    return packet;
  }

  /// The declaration that decided, for messages.
  static String decidedBy(End end) {
    return end.last().map(Flow::declaration).map(Declaration::path).orElse("no flow");
  }
}
