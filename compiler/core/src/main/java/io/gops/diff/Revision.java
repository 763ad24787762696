package io.gops.diff;

import io.gops.allocate.Assignments;
import io.gops.capacity.CapacityProof;
import io.gops.capacity.CapacityProver;
import io.gops.compilation.Target;
import io.gops.deployment.Deployment;
import io.gops.deployment.Lowering;
import io.gops.deployment.Sizing;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Release;
import io.gops.network.Overlay;
import io.gops.plan.Plan;
import io.gops.plan.Planner;
import io.gops.plan.PodTemplates;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One environment of a fleet at one time, with as much of its models as a comparison asks for.
final class Revision {
  private final Inputs inputs;
  private final Target target;
  private final Diagnostics diagnostics;
  private final Optional<CapacityProof> capacity;
  private final Assignments assignments;
  private final Deployment deployment;
  private final PodTemplates templates;
  private @Nullable SortedMap<String, Plan> plans;

  private Revision(
      Inputs inputs, Target target, Optional<CapacityProof> capacity, Diagnostics diagnostics) {
    this.inputs = inputs;
    this.target = target;
    this.diagnostics = diagnostics;
    this.capacity = capacity;
    this.assignments = new Assignments(inputs.lock());
    capacity.ifPresent(proof -> proof.record(assignments));
    Sizing sizing = capacity.map(CapacityProof::sizing).orElse(inputs.question().sizing());
    this.deployment =
        Lowering.lower(inputs.fleet(), inputs.state(), sizing, assignments, diagnostics);
    this.templates = target.podTemplates(deployment);
  }

  /// With the placements of the lock, which a compile has proved.
  static Revision placedByLock(Inputs inputs, Target target, Diagnostics diagnostics) {
    return new Revision(inputs, target, Optional.empty(), diagnostics);
  }

  /// With placements that are proved now; what does not hold is reported.
  static Revision proved(Inputs inputs, Target target, Diagnostics diagnostics) {
    Optional<CapacityProof> proof =
        CapacityProver.prove(inputs.fleet(), inputs.state(), inputs.lock(), diagnostics);
    return new Revision(inputs, target, proof, diagnostics);
  }

  Inputs inputs() {
    return inputs;
  }

  Deployment deployment() {
    return deployment;
  }

  PodTemplates templates() {
    return templates;
  }

  /// Why its hosts hold, when that was asked.
  Optional<CapacityProof> capacity() {
    return capacity;
  }

  /// The plans of the releases that change something, by name. What cannot be planned is reported.
  SortedMap<String, Plan> plans() {
    SortedMap<String, Plan> known = plans;
    if (known == null) {
      known = plan();
      plans = known;
    }
    return known;
  }

  private SortedMap<String, Plan> plan() {
    SortedMap<String, Plan> made = new TreeMap<>();
    if (diagnostics.hasErrors()) {
      return made;
    }
    Overlay overlay = Overlay.of(deployment, assignments, diagnostics);
    if (diagnostics.hasErrors()) {
      return made;
    }
    Planner planner =
        new Planner(
            deployment,
            inputs.state(),
            templates,
            target.loginSteering(overlay),
            inputs.question().pods(),
            diagnostics);
    for (Release release : inputs.fleet().releases().values()) {
      if (!diagnostics.hasErrors()) {
        planner.plan(release).ifPresent(plan -> made.put(plan.release(), plan));
      }
    }
    return made;
  }
}
