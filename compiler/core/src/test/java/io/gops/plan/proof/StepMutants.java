package io.gops.plan.proof;

import static io.gops.plan.proof.ListEdits.moved;
import static io.gops.plan.proof.ListEdits.replaced;
import static io.gops.plan.proof.ListEdits.without;

import io.gops.plan.Plan;
import io.gops.plan.Players;
import io.gops.plan.Step;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// Every way to break one step of a plan.
final class StepMutants {
  private final Original original;
  private final Plan plan;
  private final Mutant.Sink sink;

  StepMutants(Original original, Mutant.Sink sink) {
    this.original = original;
    this.plan = original.plan();
    this.sink = sink;
  }

  void of(int at) {
    Step step = plan.steps().get(at);
    elsewhere(at, step);
    needs(at, step, List.of("nothing"));
    if (at > 0) {
      needs(at, step, List.of());
    }
    for (Step.Kind kind : Step.Kind.values()) {
      if (kind != step.kind() && !isAlike(kind, step.kind())) {
        changed(at, Fault.KIND, step.id() + " " + kind, other -> other.kind(kind));
      }
    }
    for (int wave : new int[] {step.wave() - 1, step.wave() + 1}) {
      if (wave >= 0) {
        changed(at, Fault.WAVE, step.id() + " " + wave, other -> other.wave(wave));
      }
    }
    if (step.timeout().isPositive()) {
      changed(at, Fault.TIME, step.id(), other -> other.timeout(Duration.ZERO));
    }
    if (step.hold().isPositive()) {
      changed(at, Fault.TIME, step.id(), other -> other.hold(step.hold().dividedBy(2)));
    }
    Players more = step.players().plus(new Players(1, 1, 1));
    changed(at, Fault.FIGURE_WRONG, step.id(), other -> other.players(more));
  }

  private Plan with(List<Step> steps) {
    return original.copy().steps(steps).done();
  }

  private void elsewhere(int at, Step step) {
    List<Step> steps = plan.steps();
    sink.add(Fault.STEP_REMOVED, step.id(), () -> with(without(steps, at)));
    if (at + 1 < steps.size()) {
      boolean same = areApart(step.kind(), steps.get(at + 1).kind());
      sink.add(
          new Mutant(Fault.STEPS_SWAPPED, step.id(), same, () -> with(moved(steps, at, at + 1))));
      sink.add(Fault.STEP_LAST, step.id(), () -> with(moved(steps, at, steps.size() - 1)));
    }
    if (at > 1) {
      sink.add(Fault.STEP_FIRST, step.id(), () -> with(moved(steps, at, 0)));
    }
  }

  private void needs(int at, Step step, List<String> needs) {
    Step other = StepCopy.of(step).needs(needs).done();
    sink.add(
        Fault.NEEDS,
        step.id(),
        () -> original.copy().unchained(replaced(plan.steps(), at, other)).done());
  }

  private void changed(int at, Fault fault, String where, Consumer<StepCopy> change) {
    sink.add(
        fault,
        where,
        () -> {
          StepCopy other = StepCopy.of(plan.steps().get(at));
          change.accept(other);
          return with(replaced(plan.steps(), at, other.done()));
        });
  }

  /// Kinds of steps that have nothing to do with each other: a zone is closed in the directory
  /// beside what is done to its lost host and to switches.
  private static boolean areApart(Step.Kind one, Step.Kind other) {
    List<Step.Kind> apart = List.of(Step.Kind.FENCE, Step.Kind.NETWORK);
    return (one == Step.Kind.DIRECTORY && apart.contains(other))
        || (other == Step.Kind.DIRECTORY && apart.contains(one));
  }

  /// Kinds between which the runner makes no difference.
  private static boolean isAlike(Step.Kind one, Step.Kind other) {
    List<Step.Kind> patches =
        List.of(Step.Kind.PREPARE, Step.Kind.RETIRE, Step.Kind.UPDATE, Step.Kind.REPLACE);
    List<Step.Kind> entries = List.of(Step.Kind.DIRECTORY, Step.Kind.GATE);
    return (patches.contains(one) && patches.contains(other))
        || (entries.contains(one) && entries.contains(other));
  }
}
