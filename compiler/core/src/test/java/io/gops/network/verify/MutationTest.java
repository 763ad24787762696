package io.gops.network.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.network.RichFleet;
import io.gops.network.SampleOverlay;
import io.gops.network.flow.Action;
import io.gops.network.flow.Field;
import io.gops.network.flow.Flow;
import io.gops.network.flow.Match;
import io.gops.network.flow.NodeTables;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The verifier is worth what it notices: each flow of a host and of a gateway is deleted in turn.
class MutationTest {
  private final SampleOverlay sample = SampleOverlay.of(RichFleet.of(3));

  @Test
  void noticesEachDeletedFlowOfAHost() {
    assertEquals(List.of(), survivors("hz-g001"));
  }

  @Test
  void noticesEachDeletedFlowOfGateways() {
    assertEquals(List.of(), survivors("igw-1"));
    // Nothing starts behind a gateway that translates, so some generic flows have no work there.
    assertEquals(
        List.of(
            "CONNTRACK_STATE builtin/new-uplink",
            "DEPART builtin/new-departure",
            "COMMIT builtin/commit"),
        survivors("bgw-1"));
  }

  @Test
  void noticesTrafficOfOneVpcThatIsClassifiedAsAnother() {
    long other = sample.overlay().vpc("racing").vni();
    NodeTables node = sample.tables().get("hz-g001");
    for (int i = 0; i < node.flows().size(); i++) {
      Flow flow = node.flows().get(i);
      List<Action> changed =
          flow.actions().stream()
              .map(
                  a ->
                      a instanceof Action.SetField set && set.field() == Field.VPC
                          ? (Action) new Action.SetField(Field.VPC, other)
                          : a)
              .toList();
      if (!changed.equals(flow.actions())) {
        Flow mutant =
            new Flow(
                flow.table(),
                flow.priority(),
                flow.match(),
                changed,
                flow.kind(),
                flow.declaration());
        List<Flow> flows = new ArrayList<>(node.flows());
        flows.set(i, mutant);
        assertEquals(false, findings(node, flows).isEmpty(), () -> "unnoticed: " + mutant);
      }
    }
  }

  /// Flows whose deletion changes nothing that the verifier looks at.
  private List<String> survivors(String name) {
    NodeTables node = sample.tables().get(name);
    List<String> survivors = new ArrayList<>();
    for (int i = 0; i < node.flows().size(); i++) {
      Flow flow = node.flows().get(i);
      List<Flow> flows = new ArrayList<>(node.flows());
      flows.remove(i);
      if (findings(node, flows).isEmpty() && !isExplained(flow)) {
        survivors.add(flow.table() + " " + flow.declaration().path());
      }
    }
    return survivors;
  }

  /// What no proof speaks of: ARP, invalid and related packets, and rules that drop what is dropped
  /// without them.
  private static boolean isExplained(Flow flow) {
    boolean drop = flow.actions().isEmpty();
    return switch (flow.table()) {
      case CLASSIFY, ANTI_SPOOF -> flow.match().demands(Field.ETH_TYPE, Match.ARP_TYPE) || drop;
      case ARP_PROXY -> true;
      case CONNTRACK_STATE -> drop || flow.declaration().path().equals("builtin/related");
      case ROUTE -> drop;
      // The sample opens this port to servers of the VPC only, so from outside it is denied anyway.
      case STEER -> flow.match().demands(Field.PORT_DST, 3000);
      // On the host, the sample's last rule allows what this one does.
      case ACL_INGRESS -> flow.match().demands(Field.PORT_DST, 5353) || drop;
      case CONNTRACK, ACL_EGRESS, ARRIVE, DEPART, COMMIT, GATEWAY, OUTPUT ->
          drop && flow.priority() == 0;
    };
  }

  private List<Finding> findings(NodeTables node, List<Flow> flows) {
    SortedMap<String, NodeTables> one = new TreeMap<>();
    one.put(node.node().name(), node.withFlows(flows));
    return Verification.of(sample.deployment(), sample.overlay(), one).findings();
  }
}
