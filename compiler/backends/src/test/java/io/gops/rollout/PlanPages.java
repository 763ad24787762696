package io.gops.rollout;

import io.gops.allocate.Assignments;
import io.gops.allocate.Lock;
import io.gops.bind.FleetLoader;
import io.gops.capacity.CapacityProof;
import io.gops.capacity.CapacityProver;
import io.gops.deployment.Deployment;
import io.gops.deployment.Lowering;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Fleet;
import io.gops.fleet.Release;
import io.gops.plan.Plan;
import io.gops.plan.Planner;
import io.gops.plan.SamplePods;
import io.gops.state.State;
import java.nio.file.Path;
import java.util.Optional;

/// Pages of the A/B release of the flagship example.
final class PlanPages {
  private PlanPages() {}

  /// @param goal what the page says that the plan is for
  static String abSwitch(String goal) {
    Diagnostics diagnostics = new Diagnostics();
    Fleet fleet =
        FleetLoader.load(Path.of(System.getProperty("gops.root"), "examples", "wuxia"), diagnostics)
            .orElseThrow();
    CapacityProof proof =
        CapacityProver.prove(fleet, State.EMPTY, Lock.EMPTY, diagnostics).orElseThrow();
    Deployment deployment =
        Lowering.lower(
            fleet, State.EMPTY, proof.sizing(), new Assignments(Lock.EMPTY), diagnostics);
    Release release =
        fleet.releases().values().stream()
            .filter(Release.AbSwitch.class::isInstance)
            .findFirst()
            .orElseThrow();
    Plan p =
        new Planner(deployment, State.EMPTY, new SamplePods(), SamplePods.steering(), diagnostics)
            .plan(release)
            .orElseThrow();
    Plan named =
        new Plan(
            p.fleet(),
            p.environment(),
            p.cluster(),
            p.release(),
            p.template(),
            goal,
            p.window(),
            p.cause(),
            p.from(),
            p.to(),
            p.switches(),
            p.directories(),
            p.waves(),
            p.pairs(),
            p.steps(),
            p.players(),
            p.duration(),
            p.notes());
    return PlanPage.html(named, "0123abcd", Optional.of(release), deployment, proof);
  }
}
