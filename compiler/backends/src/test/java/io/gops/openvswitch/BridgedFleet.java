package io.gops.openvswitch;

import io.gops.network.Member;
import io.gops.network.Node;
import io.gops.network.Overlay;
import io.gops.network.flow.NodeTables;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// A whole fleet in one switch: each node is a bridge of it, so one connection traces them all.
final class BridgedFleet implements AutoCloseable {
  private final Path directory;
  private final PrivateSwitch it;
  private final SortedMap<String, String> bridges = new TreeMap<>();
  private final PacketTrace trace;

  /// @param tables by node name
  BridgedFleet(Overlay overlay, SortedMap<String, NodeTables> tables, Path directory)
      throws Exception {
    this.directory = Files.createDirectories(directory);
    this.it = PrivateSwitch.start(directory.resolve("switch"));
    this.trace =
        new PacketTrace(overlay, (_, words) -> it.call("ofproto/trace", words), this::bridge);
    for (Node node : overlay.nodes().values()) {
      bridges.put(node.name(), "b" + bridges.size());
      addBridge(overlay, node);
      load(Objects.requireNonNull(tables.get(node.name()), node.name()));
    }
  }

  PacketTrace trace() {
    return trace;
  }

  private String bridge(String node) {
    return Objects.requireNonNull(bridges.get(node), node);
  }

  private void addBridge(Overlay overlay, Node node) throws Exception {
    String bridge = bridge(node.name());
    List<String> command = new ArrayList<>(List.of("ovs-vsctl", "add-br", bridge));
    command.addAll(
        List.of(
            "--",
            "set",
            "bridge",
            bridge,
            "datapath_type=dummy",
            "fail_mode=secure",
            "protocols=OpenFlow13,OpenFlow14,OpenFlow15",
            "--",
            "add-port",
            bridge,
            bridge + "t",
            "--",
            "set",
            "interface",
            bridge + "t",
            "type=vxlan",
            "ofport_request=1",
            "options:remote_ip=flow",
            "options:key=flow",
            "options:local_ip=" + node.underlay()));
    if (!node.isHost()) {
      addPort(command, bridge, 2);
    }
    overlay.vpcs().values().stream()
        .flatMap(vpc -> vpc.members().stream())
        .filter(member -> member.host().equals(node.name()))
        .map((Member member) -> member.nic().ofport())
        .forEach(port -> addPort(command, bridge, port));
    it.run(command.toArray(String[]::new));
  }

  private static void addPort(List<String> command, String bridge, int port) {
    String name = bridge + "p" + port;
    command.addAll(
        List.of(
            "--",
            "add-port",
            bridge,
            name,
            "--",
            "set",
            "interface",
            name,
            "type=dummy",
            "ofport_request=" + port));
  }

  private void load(NodeTables node) throws Exception {
    Path groups = directory.resolve("groups");
    try (OutputStream out = Files.newOutputStream(groups)) {
      FlowText.writeGroups(node.groups(), out);
    }
    Path flows = directory.resolve("flows");
    try (OutputStream out = Files.newOutputStream(flows)) {
      FlowText.writeFlows(node.flows(), out);
    }
    String bridge = bridge(node.node().name());
    it.run("ovs-ofctl", "-OOpenFlow15", "add-groups", bridge, groups.toString());
    it.run("ovs-ofctl", "-OOpenFlow15", "--bundle", "add-flows", bridge, flows.toString());
  }

  /// Changes the flows of a node.
  ///
  /// @return whether the switch took them
  boolean change(NodeTables before, NodeTables after) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FlowDelta.write(before, after, out);
    Path delta = directory.resolve("delta");
    Files.writeString(delta, out.toString(StandardCharsets.US_ASCII));
    String bridge = bridge(before.node().name());
    return it.tryRun("ovs-ofctl", "-OOpenFlow15", "--bundle", "add-flows", bridge, delta.toString())
            .code()
        == 0;
  }

  @Override
  public void close() throws Exception {
    it.close();
  }
}
