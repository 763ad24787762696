package io.gops.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.gops.allocate.Lock;
import io.gops.bind.FleetLoader;
import io.gops.capacity.CapacityProof;
import io.gops.capacity.CapacityProver;
import io.gops.capacity.HostFill;
import io.gops.capacity.PoolProblem;
import io.gops.deployment.Group;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Fleet;
import io.gops.state.State;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PlacementCheckTest {
  private static final Path EXAMPLES = Path.of(System.getProperty("gops.root"), "examples");
  private final CapacityProof proof = prove();
  private final PoolProblem question = proof.questions().getFirst();

  private static CapacityProof prove() {
    Diagnostics diagnostics = new Diagnostics();
    Fleet fleet = FleetLoader.load(EXAMPLES.resolve("wuxia"), diagnostics).orElseThrow();
    return CapacityProver.prove(fleet, State.EMPTY, Lock.EMPTY, diagnostics).orElseThrow();
  }

  private List<String> with(String group, Group.Placement changed) {
    SortedMap<String, List<Group.Placement>> placements = new TreeMap<>(proof.placements());
    placements.put(group, List.of(changed));
    return PlacementCheck.violations(question, placements);
  }

  @Test
  void acceptsWhatWasProved() {
    assertEquals(List.of(), PlacementCheck.violations(question, proof.placements()));
  }

  @Test
  void rejectsEveryMoveToAHostThatIsFull() {
    HostFill full = proof.hosts().get("hz-g001");
    for (int zone = 10_002; zone <= 10_012; zone++) {
      String group = Integer.toString(zone);
      Optional<String> failover = proof.placements().get(group).getFirst().failover();
      assertFalse(with(group, new Group.Placement(full.host(), failover)).isEmpty(), group);
    }
  }

  @Test
  void rejectsAFailoverHostThatDoesNotHelp() {
    Group.Placement old = proof.placements().get("10001").getFirst();
    for (Optional<String> failover :
        List.of(
            Optional.<String>empty(),
            Optional.of(old.primary()),
            Optional.of("hz-g002"),
            Optional.of("elsewhere"))) {
      assertFalse(with("10001", new Group.Placement(old.primary(), failover)).isEmpty());
    }
  }

  @Test
  void rejectsAMissingPlacementAndAnUnknownHost() {
    SortedMap<String, List<Group.Placement>> without = new TreeMap<>(proof.placements());
    without.remove("10001");
    assertEquals(1, PlacementCheck.violations(question, without).size());
    assertFalse(with("10001", new Group.Placement("elsewhere", Optional.empty())).isEmpty());
  }
}
