package io.gops.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.allocate.Assignments;
import io.gops.allocate.Lock;
import io.gops.deployment.Group;
import io.gops.deployment.SampleFleet;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Fleet;
import io.gops.fleet.Resource;
import io.gops.fleet.Side;
import io.gops.state.State;
import org.junit.jupiter.api.Test;

class CapacityProverTest {
  private static CapacityProof prove(Fleet fleet, Lock lock) {
    Diagnostics diagnostics = new Diagnostics();
    return CapacityProver.prove(fleet, State.EMPTY, lock, diagnostics)
        .orElseThrow(() -> new AssertionError(diagnostics.sorted().toString()));
  }

  @Test
  void eachGroupGetsAHostAndAFailoverInAnotherRack() {
    Fleet fleet = SampleFleet.of(10);
    CapacityProof proof = prove(fleet, Lock.EMPTY);
    assertEquals(20, proof.placements().size());
    for (var entry : proof.placements().entrySet()) {
      Group.Placement placement = entry.getValue().getFirst();
      String failover = placement.failover().orElseThrow();
      assertNotEquals(
          fleet.hosts().get(placement.primary()).rack(), fleet.hosts().get(failover).rack());
    }
  }

  @Test
  void compilingAgainMovesNothing() {
    Fleet fleet = SampleFleet.of(10);
    CapacityProof proof = prove(fleet, Lock.EMPTY);
    Assignments assignments = new Assignments(Lock.EMPTY);
    proof.record(assignments);
    CapacityProof again = prove(fleet, assignments.toLock());
    assertEquals(proof.placements(), again.placements());
    assertEquals(proof.hosts(), again.hosts());
  }

  @Test
  void requestIsTheLiveUse() {
    CapacityProof proof = prove(SampleFleet.of(1), Lock.EMPTY);
    var pod = proof.sizing().pods().get("10001").get(Side.A);
    assertEquals((2L << 30) + 3000 * (8L << 20), pod.request().get(Resource.MEMORY));
    assertTrue(pod.limit().get(Resource.CPU) > pod.request().get(Resource.CPU));
  }
}
