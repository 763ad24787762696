package io.gops.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.allocate.Assignments;
import io.gops.allocate.Lock;
import io.gops.bind.FleetLoader;
import io.gops.capacity.CapacityProof;
import io.gops.capacity.CapacityProver;
import io.gops.deployment.Deployment;
import io.gops.deployment.Lowering;
import io.gops.deployment.Sizing;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Amounts;
import io.gops.fleet.Fleet;
import io.gops.fleet.Resource;
import io.gops.state.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The flagship example: five pairs on a host, one of them moving.
class RequestReplayTest {
  private final Diagnostics diagnostics = new Diagnostics();
  private final Fleet fleet =
      FleetLoader.load(Path.of(System.getProperty("gops.root"), "examples", "wuxia"), diagnostics)
          .orElseThrow();
  private final CapacityProof proof =
      CapacityProver.prove(fleet, State.EMPTY, Lock.EMPTY, diagnostics).orElseThrow();
  private final Deployment deployment =
      Lowering.lower(fleet, State.EMPTY, proof.sizing(), new Assignments(Lock.EMPTY), diagnostics);

  private List<Plan> plans() {
    Planner planner =
        new Planner(deployment, State.EMPTY, new SamplePods(), SamplePods.steering(), diagnostics);
    List<Plan> plans = new ArrayList<>();
    fleet.releases().values().forEach(release -> planner.plan(release).ifPresent(plans::add));
    assertFalse(plans.isEmpty());
    return plans;
  }

  @Test
  void everyStepOfEveryPlanIsAdmitted() {
    for (Plan plan : plans()) {
      assertEquals(
          Optional.empty(), RequestReplay.shortage(plan, deployment, proof.pods()), plan.release());
    }
  }

  /// Sides that are not stopped after their wave pile up until a host is full.
  @Test
  void sidesThatAreNotStoppedAreFound() {
    Plan plan =
        plans().stream()
            .filter(p -> p.template() == Plan.Template.AB_SWITCH)
            .findFirst()
            .orElseThrow();
    List<Step> kept = plan.steps().stream().filter(s -> s.kind() != Step.Kind.STOP).toList();
    RequestReplay.Shortage found =
        RequestReplay.shortage(plan.withSteps(kept), deployment, proof.pods()).orElseThrow();
    assertTrue(found.step().endsWith(".start"), found.toString());
    assertTrue(found.asked() > found.offered(), found.toString());
  }

  @Test
  void podsThatAskForMoreThanWasProvedAreFound() {
    SortedMap<String, SortedMap<String, Sizing.PodSize>> larger = new TreeMap<>();
    proof
        .pods()
        .forEach(
            (group, versions) -> {
              SortedMap<String, Sizing.PodSize> sizes = new TreeMap<>();
              versions.forEach((version, size) -> sizes.put(version, twice(size)));
              larger.put(group, sizes);
            });
    assertTrue(
        plans().stream()
            .anyMatch(plan -> RequestReplay.shortage(plan, deployment, larger).isPresent()));
  }

  private static Sizing.PodSize twice(Sizing.PodSize size) {
    return new Sizing.PodSize(size.request().times(2), size.limit());
  }

  /// The eviction order and the memory limit rest on this.
  @Test
  void requestsCoverTheLiveUseAndLimitsTheMost() {
    proof
        .pods()
        .values()
        .forEach(
            versions ->
                versions
                    .values()
                    .forEach(
                        size -> {
                          for (Resource resource : List.of(Resource.CPU, Resource.MEMORY)) {
                            Amounts limit = size.limit();
                            assertTrue(limit.get(resource) >= size.request().get(resource));
                          }
                        }));
  }
}
