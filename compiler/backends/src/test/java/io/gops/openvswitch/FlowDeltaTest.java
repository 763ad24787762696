package io.gops.openvswitch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.allocate.Assignments;
import io.gops.allocate.Lock;
import io.gops.artifact.Artifact;
import io.gops.deployment.Deployment;
import io.gops.deployment.Group;
import io.gops.deployment.SampleDeployment;
import io.gops.deployment.SampleFleet;
import io.gops.diagnostic.Diagnostics;
import io.gops.network.Overlay;
import io.gops.network.RichFleet;
import io.gops.network.SampleOverlay;
import io.gops.network.flow.NodeTables;
import io.gops.network.pipeline.Pipeline;
import io.gops.state.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FlowDeltaTest {
  /// Flow lines of one node that one server's move may change.
  private static final int MOST = 10;

  private static final int ZONES = 40;

  /// Its own flows, on the hosts that it leaves and comes to; one route everywhere else.
  @Test
  void aServerThatMovesChangesTenFlowsOfAHostAtMost() throws Exception {
    Assignments assignments = new Assignments(Lock.EMPTY);
    Deployment pairs = SampleDeployment.of(SampleFleet.of(ZONES), State.EMPTY, assignments);
    Group pair = pairs.groups().firstEntry().getValue();
    Group single =
        new Group(
            pair.id(),
            pair.zone(),
            pair.role(),
            pair.placements(),
            pair.a(),
            Optional.empty(),
            Optional.empty());
    int alone = mostChanges(with(pairs, single), single, assignments);
    assertTrue(alone <= MOST, () -> alone + " lines for a server alone");
    int both = mostChanges(pairs, pair, assignments);
    assertTrue(both <= 2 * MOST, () -> both + " lines for a pair");
    System.out.printf("a server moved: at most %d flow lines of a host; a pair: %d%n", alone, both);
  }

  /// The most lines that change on one node when a group moves to another host.
  private static int mostChanges(Deployment deployment, Group group, Assignments assignments)
      throws IOException {
    Overlay before = Overlay.of(deployment, assignments, new Diagnostics());
    String from = group.placements().getFirst().primary();
    String to =
        before.nodes().values().stream()
            .filter(node -> node.isHost() && !node.name().equals(from))
            .map(io.gops.network.Node::name)
            .reduce((_, last) -> last)
            .orElseThrow();
    Overlay after =
        Overlay.of(
            moved(deployment, group, to), new Assignments(assignments.toLock()), new Diagnostics());
    SortedMap<String, NodeTables> old = Pipeline.tables(before);
    SortedMap<String, NodeTables> tables = Pipeline.tables(after);
    int most = 0;
    int nodes = 0;
    for (String node : tables.keySet()) {
      int changes = changes(after, tables, old, node).size();
      most = Math.max(most, changes);
      nodes += changes > 0 ? 1 : 0;
    }
    assertTrue(nodes >= 2, "it did not move");
    return most;
  }

  @Test
  void theChangesMakeTheNewTablesOfTheOldOnes() throws Exception {
    SampleOverlay one = SampleOverlay.of(RichFleet.of(3));
    SampleOverlay two = SampleOverlay.of(RichFleet.of(4));
    for (String node : one.tables().keySet()) {
      TreeMap<String, String> flows = new TreeMap<>();
      lines(one, node).forEach(line -> flows.put(identity(line), line));
      for (String change : changes(two.overlay(), two.tables(), one.tables(), node)) {
        String rest = change.substring(change.indexOf(' ') + 1);
        if (change.startsWith("delete_strict ")) {
          assertTrue(flows.remove(rest) != null, change);
        } else {
          assertFalse(rest.equals(flows.put(identity(rest), rest)), change);
        }
      }
      assertEquals(new TreeSet<>(lines(two, node)), new TreeSet<>(flows.values()));
    }
  }

  @Test
  void aCompileThatChangesNothingKeepsTheWayThatTheLastOneFound() throws Exception {
    SampleOverlay sample = SampleOverlay.of(RichFleet.of(3));
    NodeTables node = sample.tables().get("igw-1");
    byte[] flows = flows(node);
    byte[] written = "# from something\n".getBytes(StandardCharsets.US_ASCII);
    assertEquals(FlowDelta.NONE, delta(Optional.empty(), Optional.of(written), node));
    assertEquals(FlowDelta.NONE, delta(Optional.of(flows), Optional.empty(), node));
    assertEquals("# from something\n", delta(Optional.of(flows), Optional.of(written), node));
    byte[] less =
        new String(flows, StandardCharsets.US_ASCII)
            .replaceFirst("(?m)^.*\n", "")
            .getBytes(StandardCharsets.US_ASCII);
    assertTrue(delta(Optional.of(less), Optional.of(written), node).contains("\nadd cookie=0x"));
  }

  private static String delta(Optional<byte[]> before, Optional<byte[]> written, NodeTables node)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FlowDelta.write(before, written, node, out);
    return out.toString(StandardCharsets.US_ASCII);
  }

  private static byte[] flows(NodeTables node) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FlowText.writeFlows(node.flows(), out);
    return out.toByteArray();
  }

  private static List<String> lines(SampleOverlay sample, String node) throws IOException {
    return new String(flows(sample.tables().get(node)), StandardCharsets.US_ASCII).lines().toList();
  }

  private static String identity(String line) {
    return line.substring(line.indexOf(',') + 1, line.indexOf(" actions="));
  }

  /// The lines of a node's delta that change something.
  private static List<String> changes(
      Overlay overlay,
      SortedMap<String, NodeTables> tables,
      SortedMap<String, NodeTables> before,
      String node)
      throws IOException {
    List<String> changes = new ArrayList<>();
    for (Artifact artifact : OpenVswitch.artifacts(overlay, tables, before)) {
      if (artifact.path().endsWith("/" + node + "/flows.delta")) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        artifact.content().writeTo(out);
        out.toString(StandardCharsets.US_ASCII)
            .lines()
            .filter(line -> !line.startsWith("#"))
            .forEach(changes::add);
      }
    }
    return changes;
  }

  private static Deployment moved(Deployment d, Group group, String host) {
    return with(
        d,
        new Group(
            group.id(),
            group.zone(),
            group.role(),
            List.of(new Group.Placement(host, Optional.empty())),
            group.a(),
            group.b(),
            group.loginAddress()));
  }

  private static Deployment with(Deployment d, Group group) {
    SortedMap<String, Group> groups = new TreeMap<>(d.groups());
    groups.put(group.id(), group);
    return new Deployment(
        d.fleet(),
        d.environment(),
        d.cluster(),
        d.pools(),
        d.hosts(),
        d.gateways(),
        d.vpcs(),
        d.services(),
        d.secrets(),
        d.games(),
        d.policies(),
        d.directories(),
        groups,
        d.workloads());
  }
}
