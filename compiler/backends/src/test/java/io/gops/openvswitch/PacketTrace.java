package io.gops.openvswitch;

import io.gops.deployment.Nic;
import io.gops.fleet.Ipv4;
import io.gops.network.Member;
import io.gops.network.Node;
import io.gops.network.Overlay;
import io.gops.network.verify.Service;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Follows packets from switch to switch by what `ofproto/trace` says.
final class PacketTrace {
  /// What the switch says it did, in the lines of a trace (ofproto/trace in ovs-vswitchd(8)).
  private static final Pattern TUNNEL_END = Pattern.compile("set_field:([0-9.]+)->tun_dst");

  private static final Pattern VNI = Pattern.compile("set_field:(0x[0-9a-f]+)->tun_id");
  private static final Pattern TRANSLATED = Pattern.compile("nat\\(dst=([0-9.]+)\\)");
  private static final Pattern PORT =
      Pattern.compile("(?m)-> output port is (\\d+)$|^ +output:(\\d+)$");

  private final Overlay overlay;
  private final Tracer tracer;
  private final UnaryOperator<String> bridges;
  private final Map<Ipv4, Node> byUnderlay = new HashMap<>();
  private final Map<String, Map<Integer, Member>> ports = new HashMap<>();
  private int count;

  /// Asks a switch.
  @FunctionalInterface
  interface Tracer {
    /// @param words of the command after its name
    String trace(String node, String... words) throws Exception;
  }

  /// @param bridges name of the bridge of a node
  PacketTrace(Overlay overlay, Tracer tracer, UnaryOperator<String> bridges) {
    this.overlay = overlay;
    this.tracer = tracer;
    this.bridges = bridges;
    overlay.nodes().values().forEach(node -> byUnderlay.put(node.underlay(), node));
    overlay.vpcs().values().stream()
        .flatMap(vpc -> vpc.members().stream())
        .forEach(
            member ->
                ports
                    .computeIfAbsent(member.host(), _ -> new HashMap<>())
                    .put(member.nic().ofport(), member));
  }

  /// Traces so far.
  int count() {
    return count;
  }

  /// Where a new connection of a server ends: ids of servers, `uplink NODE`, or nothing.
  List<String> connect(Member from, Ipv4 to, Service service) throws Exception {
    String flow =
        "in_port=%d,%s,dl_src=%s,dl_dst=0a:60:00:00:00:01,nw_src=%s,nw_dst=%s,nw_ttl=64"
            .formatted(
                from.nic().ofport(), protocol(service), from.nic().mac(), from.address(), to);
    return follow(from.host(), flow, from.address(), to, service);
  }

  /// Where a new connection from outside ends.
  List<String> enter(String node, Ipv4 from, Ipv4 to, Service service) throws Exception {
    String flow =
        ("in_port=2,%s,dl_src=0a:60:00:00:00:02,dl_dst=0a:60:00:00:00:01,"
                + "nw_src=%s,nw_dst=%s,nw_ttl=64")
            .formatted(protocol(service), from, to);
    return follow(node, flow, from, to, service);
  }

  private static String protocol(Service service) {
    return switch ((int) service.protocol()) {
      case 1 -> "icmp,icmp_type=8";
      case 6 -> "tcp,tcp_src=40000,tcp_dst=" + service.port();
      case 17 -> "udp,udp_src=40000,udp_dst=" + service.port();
      default -> "ip,nw_proto=" + service.protocol();
    };
  }

  private List<String> follow(String node, String flow, Ipv4 from, Ipv4 to, Service service)
      throws Exception {
    count++;
    String text = tracer.trace(node, bridges.apply(node), flow, "--ct-next", "trk,new");
    Ipv4 target = last(TRANSLATED, text).map(Ipv4::parse).orElse(to);
    Optional<Integer> port = last(PORT, text).map(Integer::valueOf);
    // No switch has a port 0: what goes there is dropped.
    if (port.isEmpty() || port.get() == 0) {
      return List.of();
    }
    if (port.get() != 1) {
      return List.of(name(node, port.get()));
    }
    Optional<Node> other = last(TUNNEL_END, text).map(Ipv4::parse).map(byUnderlay::get);
    if (other.isEmpty() || node.equals(other.get().name()) || flow.startsWith("in_port=1,")) {
      return List.of("lost behind " + node);
    }
    Node next = other.get();
    String tunnelled =
        ("in_port=1,tun_id=%s,tun_src=%s,tun_dst=%s,%s,dl_src=0a:60:00:00:00:01,dl_dst=%s,"
                + "nw_src=%s,nw_dst=%s,nw_ttl=63")
            .formatted(
                last(VNI, text).orElseThrow(),
                overlay.node(node).underlay(),
                next.underlay(),
                protocol(service),
                Nic.macOf(target),
                from,
                target);
    return follow(next.name(), tunnelled, from, target, service);
  }

  private static Optional<String> last(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    Optional<String> last = Optional.empty();
    while (matcher.find()) {
      String first = matcher.group(1);
      last = Optional.of(first != null ? first : matcher.group(2));
    }
    return last;
  }

  private String name(String node, int port) {
    if (port == 2) {
      return "uplink " + node;
    }
    Member member = ports.getOrDefault(node, Map.of()).get(port);
    return member != null ? member.id() : "port " + port;
  }
}
