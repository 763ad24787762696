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
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;

/// Follows a packet from node to node: out of a port, through the tunnel, into a port.
public final class Journey {
  private static final int TUNNEL_PORT = 1;
  private static final int UPLINK_PORT = 2;
  private static final long GATEWAY_MAC = 0x0a60_0000_0001L;

  private final Function<String, NodeTables> tables;
  private final Map<String, Walk> walks = new HashMap<>();
  private final Map<Long, Node> byUnderlay = new HashMap<>();
  private final Map<String, Long> underlays = new HashMap<>();
  private final Map<String, Map<Integer, Member>> ports = new HashMap<>();

  public Journey(Overlay overlay, SortedMap<String, NodeTables> tables) {
    this(overlay, name -> Objects.requireNonNull(tables.get(name), name));
  }

  /// @param tables asked for the nodes that packets pass, once for each
  public Journey(Overlay overlay, Function<String, NodeTables> tables) {
    this.tables = tables;
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
    return walks.computeIfAbsent(node, name -> new Walk(tables.apply(name)));
  }

  /// One node on the way of a packet, with the tables that it met there.
  public record Hop(String node, List<Met> met) {
    public Hop {
      met = List.copyOf(met);
    }
  }

  /// One way that a packet may take, from the first node to its end.
  public record Way(List<Hop> hops, End end) {
    public Way {
      hops = List.copyOf(hops);
    }
  }

  /// The ways of the first packet of a connection that a server starts: one, or one for each choice
  /// of a gateway node.
  public List<Way> trace(Member from, Ipv4 to, Service service) {
    return trace(from.host(), packet(from, to, service));
  }

  /// The ways of the first packet of a connection that enters a gateway node from outside.
  public List<Way> trace(String node, Ipv4 from, Ipv4 to, Service service) {
    return trace(node, ip(from, to, service).set(Field.IN_PORT, UPLINK_PORT));
  }

  private List<Way> trace(String node, Packet packet) {
    List<Way> ways = new ArrayList<>();
    trace(node, packet, List.of(), ways);
    return ways;
  }

  private void trace(String node, Packet packet, List<Hop> before, List<Way> ways) {
    for (Walk.End end : walk(node).trace(packet, Tracking.FIRST)) {
      List<Hop> hops = new ArrayList<>(before);
      hops.add(new Hop(node, end.passage()));
      Optional<Node> next = next(node, end, before.size());
      if (next.isPresent()) {
        trace(next.get().name(), arrive(end.packet(), node), hops, ways);
      } else {
        ways.add(new Way(hops, end(node, end)));
      }
    }
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
      Optional<Node> next = next(node, end, hops);
      if (next.isPresent()) {
        send(next.get().name(), arrive(end.packet(), node), tracking, ends, hops + 1);
      } else {
        ends.add(end(node, end));
      }
    }
  }

  /// The node at the other end of the tunnel. A packet crosses the underlay once: no node sends
  /// into the tunnel what came out of it.
  private Optional<Node> next(String node, Walk.End end, int hops) {
    return end.port() == TUNNEL_PORT && hops == 0
        ? Optional.ofNullable(byUnderlay.get(end.packet().get(Field.TUN_DST)))
            .filter(other -> !other.name().equals(node))
        : Optional.empty();
  }

  private End end(String node, Walk.End end) {
    if (end.isDrop()) {
      return new End.Dropped(node, end.last());
    }
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
