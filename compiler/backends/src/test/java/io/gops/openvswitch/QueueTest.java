package io.gops.openvswitch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.artifact.Artifact;
import io.gops.compilation.Compilation;
import io.gops.compilation.Compiled;
import io.gops.compilation.FleetFolder;
import io.gops.network.flow.Action;
import io.gops.network.flow.Flow;
import io.gops.network.flow.NodeTables;
import io.gops.network.verify.Finding;
import io.gops.network.verify.Verification;
import io.gops.rollout.KruiseGameTarget;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Queues of an uplink: what each server sends waits in the right one, and a switch has their rows.
class QueueTest {
  private static final String BOTH =
      ", queue game { at_least = 6Gbps }, queue bulk { at_least = 500Mbps, at_most = 3Gbps }";

  private static final String FLEET =
      """
      cluster hz {
        kubernetes = "1.34", kruise = "1.9", kruise_game = "1.0.0"
        UPLINK
      }
      site hz {
        pool std {
          hosts 1..2 { name = "hz-${n}", underlay = 10.1.0.11..10.1.0.12, cpu = 16cores, memory = 64Gi }
        }
      }
      vpc blue { cidr = 10.64.0.0/24 }
      game chess {
        container engine { port client { number = 7001 } }
        profile { base { cpu = 100mcores, memory = 256Mi } }
        version "1" { engine = "registry.example.com/chess:1@sha256:1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f" }
      }
      zones live    { game = chess, ids = 1..4, run = "1", pool = hz.std, vpc = blue, limit { queue = game } }
      zones archive { game = chess, ids = 5..8, run = "1", pool = hz.std, vpc = blue, limit { server = 40Mbps, queue = bulk } }
      zones plain   { game = chess, ids = 9..12, run = "1", pool = hz.std, vpc = blue }
      policy inside { vpc = blue, allow chess -> chess:client }
      """;

  @TempDir Path directory;

  private Compiled compiled(String name, String uplink) throws Exception {
    Path source = directory.resolve(name + ".gops");
    String text = FLEET.replace("UPLINK", uplink);
    Files.writeString(
        source,
        uplink.isEmpty()
            ? text.replace("limit { queue = game }", "players = 1").replace(", queue = bulk", "")
            : text);
    Compilation compilation =
        new Compilation(FleetFolder.of(source), Optional.empty(), new KruiseGameTarget());
    assertTrue(
        !compilation.compiled().isEmpty(), () -> compilation.diagnostics().sorted().toString());
    return compilation.compiled().firstEntry().getValue();
  }

  private static String uplink(String queues) {
    return "uplink { interface = \"eth1\", rate = 10Gbps " + queues + " }";
  }

  private static List<Finding> findings(Compiled compiled, NodeTables node) {
    SortedMap<String, NodeTables> one = new TreeMap<>();
    one.put(node.node().name(), node);
    return Verification.of(compiled.deployment(), compiled.overlay(), one).findings();
  }

  @Test
  void whatAServerSendsWaitsInTheQueueOfItsZones() throws Exception {
    Compiled compiled = compiled("one", uplink(BOTH));
    int queued = 0;
    for (NodeTables node : compiled.tables().all().values()) {
      assertEquals(2, node.queues().size());
      assertEquals(List.of(), findings(compiled, node));
      for (int i = 0; i < node.flows().size(); i++) {
        Flow flow = node.flows().get(i);
        List<Action> rest =
            flow.actions().stream().filter(a -> !(a instanceof Action.SetQueue)).toList();
        if (rest.size() < flow.actions().size()) {
          queued++;
          assertTrue(reported(compiled, node, i, rest, "instead of"), "a queue is gone");
          List<Action> other = new ArrayList<>(rest);
          other.addFirst(new Action.SetQueue(4_711));
          assertTrue(reported(compiled, node, i, other, "queue 4711 does not exist"));
        }
      }
    }
    assertEquals(8, queued, "the servers of two of the three kinds of zones");
  }

  @Test
  void aQueueThatNobodyNamedIsNoticed() throws Exception {
    Compiled compiled = compiled("one", uplink(BOTH));
    NodeTables node = compiled.tables().all().firstEntry().getValue();
    long known = node.queues().getFirst().id();
    int last = node.flows().size() - 1;
    List<Action> actions = new ArrayList<>(node.flows().get(last).actions());
    actions.addFirst(new Action.SetQueue(known));
    assertTrue(reported(compiled, node, last, actions, "instead of []"));
  }

  private static boolean reported(
      Compiled compiled, NodeTables node, int at, List<Action> actions, String words) {
    List<Flow> flows = new ArrayList<>(node.flows());
    Flow flow = flows.get(at);
    flows.set(
        at,
        new Flow(
            flow.table(), flow.priority(), flow.match(), actions, flow.kind(), flow.declaration()));
    return findings(compiled, node.withFlows(flows)).stream()
        .anyMatch(finding -> finding.what().contains(words));
  }

  @Test
  @Tag("ovs")
  void aSwitchHasTheQueuesAndTheFlows() throws Exception {
    try (PrivateSwitch it = PrivateSwitch.start(directory.resolve("switch"))) {
      String both = write("both", compiled("one", uplink(BOTH)));
      PrivateSwitch.Result refused = it.tryRun("sh", both + "ovs.sh");
      assertEquals(1, refused.code(), refused.output());
      assertTrue(refused.output().contains("eth1 is no port of Open vSwitch"), refused.output());
      it.run(
          "ovs-vsctl",
          "add-br",
          "br-phy",
          "--",
          "set",
          "bridge",
          "br-phy",
          "datapath_type=dummy",
          "--",
          "add-port",
          "br-phy",
          "eth1",
          "--",
          "set",
          "interface",
          "eth1",
          "type=dummy");
      it.run("sh", both + "apply.sh");
      assertEquals(
          "", it.run("ovs-ofctl", "-OOpenFlow15", "diff-flows", "br-int", both + "flows.txt"));
      assertTrue(
          it.run("ovs-ofctl", "-OOpenFlow15", "dump-flows", "br-int", "table=0")
              .contains("set_queue:"));
      assertEquals(
          List.of("3000000000", "10000000000").stream().sorted().toList(), shares(it, "max-rate"));
      assertEquals(List.of("500000000", "6000000000"), shares(it, "min-rate"));
      String before = rows(it);
      it.run("sh", both + "ovs.sh");
      assertEquals(before, rows(it), "run again, it changes nothing");

      String more = write("more", compiled("two", uplink(BOTH.replace("6Gbps", "7Gbps"))));
      it.run("sh", more + "apply.sh");
      assertEquals(List.of("500000000", "7000000000"), shares(it, "min-rate"));

      String none = write("none", compiled("three", ""));
      it.run("sh", none + "apply.sh");
      assertEquals(List.of(), shares(it, "min-rate"));
      assertEquals("[]", it.run("ovs-vsctl", "get", "port", "eth1", "qos").strip());
    }
  }

  private static List<String> shares(PrivateSwitch it, String name) throws Exception {
    return it.run("ovs-vsctl", "--bare", "--columns=other_config", "list", "queue")
        .lines()
        .flatMap(line -> List.of(line.split(" ", -1)).stream())
        .filter(word -> word.startsWith(name + "="))
        .map(word -> word.substring(name.length() + 1))
        .sorted()
        .toList();
  }

  private static String rows(PrivateSwitch it) throws Exception {
    return it.run("ovs-vsctl", "list", "qos") + it.run("ovs-vsctl", "list", "queue");
  }

  /// The files of a host; returns its folder.
  private String write(String name, Compiled compiled) throws Exception {
    for (Artifact artifact : OpenVswitch.artifacts(compiled.overlay(), compiled.tables().all())) {
      Path file = directory.resolve(name).resolve(artifact.path());
      Files.createDirectories(file.getParent());
      try (OutputStream out = Files.newOutputStream(file)) {
        artifact.content().writeTo(out);
      }
    }
    return directory.resolve(name).resolve("default/hz/openvswitch/hz-1") + "/";
  }
}
