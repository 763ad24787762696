package io.gops.network.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.network.LimitedFleet;
import io.gops.network.RichFleet;
import io.gops.network.SampleOverlay;
import io.gops.network.flow.Action;
import io.gops.network.flow.Flow;
import io.gops.network.flow.FlowMeter;
import io.gops.network.flow.NodeTables;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Limits become meters that exactly the right flows pass.
class LimitProofTest {
  private final SampleOverlay sample = SampleOverlay.of(LimitedFleet.of(RichFleet.of(3)));

  private List<Finding> findings(NodeTables node) {
    SortedMap<String, NodeTables> one = new TreeMap<>();
    one.put(node.node().name(), node);
    return Verification.of(sample.deployment(), sample.overlay(), one).findings();
  }

  @Test
  void everyLimitIsInForce() {
    assertEquals(
        List.of(),
        Verification.of(sample.deployment(), sample.overlay(), sample.tables()).findings());
    NodeTables host = sample.tables().get("hz-g001");
    assertEquals(
        List.of(900_000L, 1_000_000L),
        host.meters().stream().map(FlowMeter::kbps).distinct().sorted().toList());
    assertEquals(2, sample.tables().get("igw-1").meters().size());
  }

  @Test
  void aMeterThatAFlowDoesNotPassIsNoticed() {
    for (String name : List.of("hz-g001", "igw-1", "bgw-1")) {
      NodeTables node = sample.tables().get(name);
      int metered = 0;
      for (int i = 0; i < node.flows().size(); i++) {
        Flow flow = node.flows().get(i);
        List<Action> rest =
            flow.actions().stream().filter(a -> !(a instanceof Action.Meter)).toList();
        if (rest.size() < flow.actions().size()) {
          metered++;
          List<Flow> flows = new ArrayList<>(node.flows());
          flows.set(
              i,
              new Flow(
                  flow.table(),
                  flow.priority(),
                  flow.match(),
                  rest,
                  flow.kind(),
                  flow.declaration()));
          assertFalse(findings(node.withFlows(flows)).isEmpty(), flow::toString);
        }
      }
      assertTrue(metered > 1, name);
    }
  }

  @Test
  void anUnknownAnUnusedAndAnAlteredMeterAreNoticed() {
    NodeTables node = sample.tables().get("hz-g001");
    List<FlowMeter> fewer = new ArrayList<>(node.meters());
    FlowMeter taken = fewer.removeFirst();
    assertTrue(
        findings(new NodeTables(node.node(), node.flows(), node.groups(), fewer)).stream()
            .anyMatch(f -> f.what().contains("meter " + taken.id() + " does not exist")));
    List<FlowMeter> more = new ArrayList<>(node.meters());
    more.add(new FlowMeter(77, 5, taken.declaration()));
    assertTrue(
        findings(new NodeTables(node.node(), node.flows(), node.groups(), more)).stream()
            .anyMatch(f -> f.what().startsWith("no flow passes the meter")));
    List<FlowMeter> altered = new ArrayList<>(node.meters());
    altered.set(0, new FlowMeter(taken.id(), taken.kbps() - 1, taken.declaration()));
    assertFalse(
        findings(new NodeTables(node.node(), node.flows(), node.groups(), altered)).isEmpty());
  }
}
