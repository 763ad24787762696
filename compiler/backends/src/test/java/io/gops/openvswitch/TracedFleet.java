package io.gops.openvswitch;

import io.gops.artifact.Artifact;
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
import java.util.SortedMap;

/// A fleet's files in real switches, one for each node, and packets traced from one to the next.
final class TracedFleet implements AutoCloseable {
  private final SampleOverlay sample;
  private final Path directory;
  private final SortedMap<String, NodeTables> tables;
  private final Map<String, PrivateSwitch> switches = new HashMap<>();
  private final PacketTrace trace;

  TracedFleet(SampleOverlay sample, SortedMap<String, NodeTables> tables, Path directory)
      throws Exception {
    this.sample = sample;
    this.trace =
        new PacketTrace(
            sample.overlay(),
            (node, words) -> on(node).call("ofproto/trace", words),
            _ -> "br-int");
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
    return trace.count();
  }

  /// As [PacketTrace#connect].
  List<String> connect(Member from, Ipv4 to, Service service) throws Exception {
    return trace.connect(from, to, service);
  }

  /// As [PacketTrace#enter].
  List<String> enter(String node, Ipv4 from, Ipv4 to, Service service) throws Exception {
    return trace.enter(node, from, to, service);
  }

  @Override
  public void close() throws Exception {
    for (PrivateSwitch it : switches.values()) {
      it.close();
    }
  }
}
