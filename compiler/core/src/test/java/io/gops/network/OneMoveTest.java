package io.gops.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.allocate.Assignments;
import io.gops.allocate.Lock;
import io.gops.deployment.Deployment;
import io.gops.deployment.Group;
import io.gops.deployment.SampleDeployment;
import io.gops.deployment.SampleFleet;
import io.gops.diagnostic.Diagnostics;
import io.gops.network.flow.Flow;
import io.gops.network.flow.NodeTables;
import io.gops.network.pipeline.Pipeline;
import io.gops.state.State;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Moving a pair to another host changes its own flows and nobody else's.
class OneMoveTest {
  /// Flow lines of one node that one server's move may change.
  private static final int MOST = 10;

  @Test
  void changesFewFlowsOfAnyNode() {
    Assignments assignments = new Assignments(Lock.EMPTY);
    Deployment before = SampleDeployment.of(SampleFleet.of(10), State.EMPTY, assignments);
    Deployment after = moved(before, "10003");
    SortedMap<String, NodeTables> old = tables(before, assignments);
    SortedMap<String, NodeTables> now = tables(after, assignments);
    assertEquals(old.keySet(), now.keySet());
    int servers = before.group("10003").workloads().size();
    old.forEach(
        (name, node) -> {
          Set<Flow> flows = new HashSet<>(now.get(name).flows());
          Set<Flow> changed = new HashSet<>(flows);
          changed.removeAll(new HashSet<>(node.flows()));
          Set<Flow> gone = new HashSet<>(node.flows());
          gone.removeAll(flows);
          // A line that takes the place of another is one line.
          int lines = Math.max(changed.size(), gone.size());
          assertTrue(lines <= MOST * servers, () -> name + ": " + lines + " lines");
        });
  }

  private static SortedMap<String, NodeTables> tables(
      Deployment deployment, Assignments assignments) {
    return Pipeline.tables(Overlay.of(deployment, assignments, new Diagnostics()));
  }

  private static Deployment moved(Deployment d, String id) {
    SortedMap<String, Group> groups = new TreeMap<>(d.groups());
    Group group = d.group(id);
    String from = group.placements().getFirst().primary();
    String to = d.hosts().keySet().stream().filter(h -> !h.equals(from)).findFirst().orElseThrow();
    groups.put(
        id,
        new Group(
            group.id(),
            group.zone(),
            group.role(),
            List.of(new Group.Placement(to, Optional.empty())),
            group.a(),
            group.b(),
            group.loginAddress()));
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
