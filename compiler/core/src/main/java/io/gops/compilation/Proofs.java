package io.gops.compilation;

import io.gops.allocate.Assignments;
import io.gops.allocate.Lock;
import io.gops.capacity.CapacityProof;
import io.gops.capacity.CapacityProver;
import io.gops.capacity.RoundedAmount;
import io.gops.deployment.Deployment;
import io.gops.deployment.Lowering;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Fleet;
import io.gops.fleet.Release;
import io.gops.network.NetworkModeChecks;
import io.gops.network.Overlay;
import io.gops.network.pipeline.FlowTables;
import io.gops.network.verify.NetworkExpectations;
import io.gops.network.verify.Verification;
import io.gops.plan.Plan;
import io.gops.plan.Planner;
import io.gops.plan.RequestReplay;
import io.gops.plan.WaveTime;
import io.gops.state.State;
import io.gops.work.Asker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The phases behind the source, for one environment: capacity, addresses, network, plans.
final class Proofs {
  private final Fleet fleet;
  private final Lock lock;
  private final State state;
  private final Target target;
  private final Diagnostics diagnostics;
  private final Assignments assignments;

  Proofs(Fleet fleet, Lock lock, State state, Target target, Diagnostics diagnostics) {
    this.fleet = fleet;
    this.lock = lock;
    this.state = state;
    this.target = target;
    this.diagnostics = diagnostics;
    this.assignments = new Assignments(lock);
  }

  /// Everything, or nothing when a proof failed.
  Optional<Compiled> run() {
    target.checkGames(fleet.games().values(), diagnostics);
    Diagnostics network = new Diagnostics();
    NetworkModeChecks.run(fleet, network);
    diagnostics.reportAll(network.sorted());
    if (network.hasErrors()) {
      return Optional.empty();
    }
    return CapacityProver.prove(fleet, state, lock, diagnostics).flatMap(this::network);
  }

  private Optional<Compiled> network(CapacityProof capacity) {
    capacity.record(assignments);
    Deployment deployment =
        Lowering.lower(fleet, state, capacity.sizing(), assignments, diagnostics);
    if (mustStop()) {
      return Optional.empty();
    }
    Overlay overlay = Overlay.of(deployment, assignments, diagnostics);
    if (mustStop()) {
      return Optional.empty();
    }
    FlowTables tables = new FlowTables(overlay);
    Verification verification = Verification.of(deployment, overlay, tables);
    verification.demand();
    NetworkExpectations.check(deployment, overlay, fleet.expectations(), diagnostics);
    if (mustStop()) {
      return Optional.empty();
    }
    List<Plan> plans = plans(deployment, overlay, capacity);
    plans.forEach(plan -> admitted(plan, deployment, capacity));
    if (mustStop()) {
      return Optional.empty();
    }
    return Optional.of(
        new Compiled(
            fleet,
            deployment,
            capacity,
            overlay,
            tables,
            verification,
            plans,
            lock,
            assignments.toLock(),
            state));
  }

  /// Whether there is nothing to go on from, or nobody to go on for.
  private boolean mustStop() {
    Asker.here().mustWait();
    return diagnostics.hasErrors();
  }

  /// The scheduler admits the pods of every step.
  private void admitted(Plan plan, Deployment deployment, CapacityProof capacity) {
    RequestReplay.shortage(plan, deployment, capacity.pods())
        .ifPresent(
            found ->
                diagnostics.report(
                    Diagnostic.of(
                            Code.GOPS3013,
                            plan.release(),
                            found.step(),
                            found.host(),
                            found.resource().word(),
                            RoundedAmount.print(found.resource(), found.asked() - found.offered()),
                            RoundedAmount.print(found.resource(), found.asked()),
                            RoundedAmount.print(found.resource(), found.offered()))
                        .at(plan.cause())
                        .hint("hint")));
  }

  private List<Plan> plans(Deployment deployment, Overlay overlay, CapacityProof capacity) {
    Planner planner =
        new Planner(
            deployment,
            state,
            target.podTemplates(deployment),
            target.loginSteering(overlay),
            capacity.pods(),
            diagnostics);
    planner.checkDeployedVersions(fleet.releases().values());
    List<Plan> plans = new ArrayList<>();
    if (diagnostics.hasErrors()) {
      return plans;
    }
    for (Release release : fleet.releases().values()) {
      planner
          .plan(release)
          .ifPresent(
              plan -> {
                release.window().ifPresent(window -> WaveTime.check(plan, window, diagnostics));
                plans.add(plan);
              });
    }
    return plans;
  }
}
