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
import io.gops.plan.UseReplay;
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
  private final String stateFile;
  private final Target target;
  private final Diagnostics diagnostics;
  private final Assignments assignments;

  Proofs(
      Fleet fleet,
      Lock lock,
      State state,
      String stateFile,
      Target target,
      Diagnostics diagnostics) {
    this.fleet = fleet;
    this.lock = lock;
    this.state = state;
    this.stateFile = stateFile;
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
    plans.forEach(plan -> holds(plan, capacity));
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
            state,
            stateFile));
  }

  /// Whether there is nothing to go on from, or nobody to go on for.
  private boolean mustStop() {
    Asker.here().mustWait();
    return diagnostics.hasErrors();
  }

  /// The scheduler admits the pods of every step.
  private void admitted(Plan plan, Deployment deployment, CapacityProof capacity) {
    RequestReplay.shortage(plan, deployment, capacity.pods())
        .ifPresent(found -> report(plan, found, Optional.empty(), Optional.empty()));
  }

  /// Hosts hold at every step, wherever the plan is stopped and whichever host is lost then.
  private void holds(Plan plan, CapacityProof capacity) {
    UseReplay.shortage(plan, capacity)
        .ifPresent(
            at -> {
              UseReplay.Shortage found = at.shortage();
              report(
                  plan,
                  new RequestReplay.Shortage(
                      at.step(), found.host(), found.resource(), found.used(), found.usable()),
                  Optional.of(found.lost().isPresent() ? "loss" : "use"),
                  found.lost());
            });
  }

  private void report(
      Plan plan, RequestReplay.Shortage found, Optional<String> saying, Optional<String> lost) {
    Object[] words = {
      plan.release(),
      found.step(),
      found.host(),
      found.resource().word(),
      RoundedAmount.print(found.resource(), found.asked() - found.offered()),
      RoundedAmount.print(found.resource(), found.asked()),
      RoundedAmount.print(found.resource(), found.offered()),
      lost.orElse("")
    };
    Diagnostic.Builder problem = Diagnostic.of(Code.GOPS3013, words);
    diagnostics.report(
        saying
            .map(suffix -> problem.saying(suffix, words))
            .orElse(problem)
            .at(plan.cause())
            .hint("hint"));
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
