package io.gops.openvswitch;

import io.gops.artifact.Artifact;
import io.gops.deployment.Nic;
import io.gops.fleet.Ipv4;
import io.gops.network.Member;
import io.gops.network.Node;
import io.gops.network.SampleOverlay;
import io.gops.network.flow.NodeTables;
import io.gops.network.verify.Service;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A fleet's files in real switches, one for each node, and packets traced from one to the next.
final class TracedFleet implements AutoCloseable {
  /// What the switch says it did, in the lines of a trace (ofproto/trace in ovs-vswitchd(8)).
  private static final Pattern TUNNEL_END = Pattern.compile("set_field:([0-9.]+)->tun_dst");

  private static final Pattern VNI = Pattern.compile("set_field:(0x[0-9a-f]+)->tun_id");
  private static final Pattern TRANSLATED = Pattern.compile("nat\\(dst=([0-9.]+)\\)");
  private static final Pattern PORT =
      Pattern.compile("(?m)-> output port is (\\d+)$|^ +output:(\\d+)$");

  private final SampleOverlay sample;
  private final Path directory;
  private final SortedMap<String, NodeTables> tables;
  private final Map<String, PrivateSwitch> switches = new HashMap<>();
  private int traces;

  TracedFleet(SampleOverlay sample, SortedMap<String, NodeTables> tables, Path directory)
      throws Exception {
    this.sample = sample;
    this.tables = tables;
    this.directory = directory;
    write();
    for (Node node : sample.overlay().nodes().values()) {
      PrivateSwitch it = PrivateSwitch.start(directory.resolve("run").resolve(node.name()));
      switches.put(node.name(), it);
      it.run("sh", file(node.name(), "ovs.sh"));
      for (String line : Files.readAllLines(Path.of(file(node.name(), "ports.txt")))) {
        String[] words = line.split(" ", -1);
        it.run("sh", file(node.name(), "attach.sh"), "p" + words[1], words[0]);
      }
      it.run("sh", file(node.name(), "apply.sh"));
    }
  }

  private void write() throws Exception {
    for (Artifact artifact : OpenVswitch.artifacts(sample.overlay(), tables)) {
      Path file = directory.resolve(artifact.path());
      Files.createDirectories(file.getParent());
      try (OutputStream out = Files.newOutputStream(file)) {
        artifact.content().writeTo(out);
      }
    }
  }

  String file(String node, String name) {
    return directory
        .resolve(sample.overlay().environment())
        .resolve(sample.overlay().cluster())
        .resolve("openvswitch")
        .resolve(node)
        .resolve(name)
        .toString();
  }

  PrivateSwitch on(String node) {
    PrivateSwitch found = switches.get(node);
    if (found == null) {
      throw new IllegalArgumentException(node);
    }
    return found;
  }

  int traces() {
    return traces;
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
    traces++;
    String text = on(node).call("ofproto/trace", "br-int", flow, "--ct-next", "trk,new");
    Ipv4 target = last(TRANSLATED, text).map(Ipv4::parse).orElse(to);
    Optional<Integer> port = last(PORT, text).map(Integer::valueOf);
    if (port.isEmpty()) {
      return List.of();
    }
    if (port.get() != 1) {
      return List.of(name(node, port.get()));
    }
    Node next = byUnderlay(Ipv4.parse(last(TUNNEL_END, text).orElseThrow()));
    String tunnelled =
        ("in_port=1,tun_id=%s,tun_src=%s,tun_dst=%s,%s,dl_src=0a:60:00:00:00:01,dl_dst=%s,"
                + "nw_src=%s,nw_dst=%s,nw_ttl=63")
            .formatted(
                last(VNI, text).orElseThrow(),
                sample.overlay().node(node).underlay(),
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
    return sample.overlay().vpcs().values().stream()
        .flatMap(vpc -> vpc.members().stream())
        .filter(m -> m.host().equals(node) && m.nic().ofport() == port)
        .map(Member::id)
        .findFirst()
        .orElse("port " + port);
  }

  private Node byUnderlay(Ipv4 address) {
    return sample.overlay().nodes().values().stream()
        .filter(n -> n.underlay().equals(address))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no node has " + address));
  }

  @Override
  public void close() throws Exception {
    for (PrivateSwitch it : switches.values()) {
      it.close();
    }
  }
}
