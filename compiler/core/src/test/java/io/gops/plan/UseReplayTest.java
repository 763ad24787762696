package io.gops.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.allocate.Assignments;
import io.gops.allocate.Lock;
import io.gops.bind.FleetLoader;
import io.gops.capacity.CapacityProof;
import io.gops.capacity.CapacityProver;
import io.gops.capacity.Fill;
import io.gops.deployment.Deployment;
import io.gops.deployment.Lowering;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Fleet;
import io.gops.state.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Hosts hold at every step of the plans of the examples, and when one of them is lost at that
/// moment.
class UseReplayTest {
  private record Proved(Plan plan, CapacityProof proof) {}

  private static List<Proved> plans(String example) {
    Diagnostics diagnostics = new Diagnostics();
    List<Proved> plans = new ArrayList<>();
    Path file = Path.of(System.getProperty("gops.root"), "examples").resolve(example);
    for (Fleet fleet : FleetLoader.loadAll(file, diagnostics).values()) {
      CapacityProof proof =
          CapacityProver.prove(fleet, State.EMPTY, Lock.EMPTY, diagnostics).orElseThrow();
      Deployment deployment =
          Lowering.lower(
              fleet, State.EMPTY, proof.sizing(), new Assignments(Lock.EMPTY), diagnostics);
      Planner planner =
          new Planner(
              deployment, State.EMPTY, new SamplePods(), SamplePods.steering(), diagnostics);
      fleet
          .releases()
          .values()
          .forEach(r -> planner.plan(r).ifPresent(plan -> plans.add(new Proved(plan, proof))));
    }
    assertFalse(plans.isEmpty());
    return plans;
  }

  @ParameterizedTest
  @ValueSource(strings = {"wuxia", "web2048/web2048.gops"})
  void everyStepFits(String example) {
    for (Proved proved : plans(example)) {
      for (UseReplay.Instant instant : UseReplay.of(proved.plan(), proved.proof())) {
        assertEquals(Optional.empty(), instant.shortage(), instant.step());
      }
      assertEquals(Optional.empty(), UseReplay.shortage(proved.plan(), proved.proof()));
    }
  }

  /// The replay and the capacity proof come to the same figure by different ways.
  @Test
  void noStepIsFullerThanTheWorstInstant() {
    for (Proved proved : plans("wuxia")) {
      Fill fullest =
          UseReplay.of(proved.plan(), proved.proof()).stream()
              .flatMap(instant -> instant.fills().values().stream())
              .reduce(Fill.EMPTY, Fill::max);
      assertTrue(fullest.compareTo(proved.proof().worstInstant()) <= 0, fullest.toString());
      assertTrue(fullest.permille() > 500, fullest.toString());
    }
  }

  /// Zones that are not finished before others begin pile up until a host is full.
  @Test
  void movesThatAreNotFinishedAreFound() {
    Proved ab =
        plans("wuxia").stream()
            .filter(p -> p.plan().template() == Plan.Template.AB_SWITCH)
            .findFirst()
            .orElseThrow();
    Plan p = ab.plan();
    List<Step> open =
        p.steps().stream()
            .filter(s -> s.kind() != Step.Kind.STOP && s.kind() != Step.Kind.RETIRE)
            .toList();
    Plan broken = p.withSteps(open);
    UseReplay.Shortage found =
        UseReplay.of(broken, ab.proof()).stream()
            .flatMap(instant -> instant.shortage().stream())
            .findFirst()
            .orElseThrow();
    assertTrue(found.used() > found.usable(), found.toString());
    UseReplay.AtStep first = UseReplay.shortage(broken, ab.proof()).orElseThrow();
    assertEquals(found, first.shortage());
  }
}
