package io.gops.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.allocate.Assignments;
import io.gops.allocate.Lock;
import io.gops.fleet.Fleet;
import io.gops.fleet.Side;
import io.gops.state.State;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LoweringTest {
  @Test
  void aNewPairRunsItsInitialSideOnly() {
    Deployment deployment = SampleDeployment.of(3);
    Workload a = deployment.workloads().get("clx-10001-a");
    Workload b = deployment.workloads().get("clx-10001-b");
    assertTrue(a.live());
    assertEquals(1, a.replicas());
    assertFalse(b.live());
    assertEquals(0, b.replicas());
    assertEquals(1, b.wanted());
  }

  @Test
  void theStateDecidesWhatRuns() {
    State.SideState stopped = new State.SideState("1.8.3", 0, "");
    State.SideState running = new State.SideState("1.8.4", 1, "");
    State state =
        new State(
            new TreeMap<>(
                Map.of(
                    "10001",
                    new State.GroupState(
                        Side.B, new TreeMap<>(Map.of(Side.A, stopped, Side.B, running))))),
            new TreeMap<>());
    Deployment deployment =
        SampleDeployment.of(SampleFleet.of(1), state, new Assignments(Lock.EMPTY));
    assertEquals("1.8.4", deployment.groups().get("10001").live().version());
    assertEquals(0, deployment.workloads().get("clx-10001-a").replicas());
  }

  @Test
  void addingZonesRenumbersNothing() {
    Assignments first = new Assignments(Lock.EMPTY);
    Deployment before = SampleDeployment.of(SampleFleet.of(20), State.EMPTY, first);
    Deployment after =
        SampleDeployment.of(SampleFleet.of(40), State.EMPTY, new Assignments(first.toLock()));
    before
        .workloads()
        .forEach(
            (name, workload) -> assertEquals(workload.nics(), after.workloads().get(name).nics()));
  }

  @Test
  void addressesAreUniqueInAVpcAndRepeatBetweenVpcs() {
    Fleet fleet = SampleFleet.of(200);
    Deployment deployment = SampleDeployment.of(fleet, State.EMPTY, new Assignments(Lock.EMPTY));
    Map<String, Long> byVpc =
        deployment.workloads().values().stream()
            .flatMap(w -> w.nics().stream())
            .map(nic -> nic.vpc() + " " + nic.address())
            .distinct()
            .collect(Collectors.groupingBy(t -> t.split(" ", 2)[0], Collectors.counting()));
    assertEquals(Map.of("wuxia", 400L, "racing", 400L), byVpc);
    assertNotEquals(
        deployment.workloads().get("clx-10001-a").nics().getFirst().ofport(),
        deployment.workloads().get("clx-10001-b").nics().getFirst().ofport());
  }
}
