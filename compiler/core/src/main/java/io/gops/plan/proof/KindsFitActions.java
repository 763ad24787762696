package io.gops.plan.proof;

import io.gops.plan.Action;
import io.gops.plan.Simulation;
import io.gops.plan.Step;
import io.gops.plan.Task;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/// A step does what its kind says: the runner decides by the kind what it waits for, and the
/// runbook what a person is told.
final class KindsFitActions extends Rule {
  KindsFitActions(Facts facts, Consumer<String> flaws) {
    super(facts, flaws);
  }

  @Override
  void step(Step step, Simulation now) {
    boolean onlyWaits = step.kind() == Step.Kind.SOAK || step.kind() == Step.Kind.APPROVE;
    if (onlyWaits != step.tasks().isEmpty()) {
      flaw(step, onlyWaits ? "does something while it waits" : "does nothing");
    }
    boolean mayWait = step.kind() == Step.Kind.SOAK || step.kind() == Step.Kind.ANNOUNCE;
    boolean mustWait = step.kind() == Step.Kind.SOAK;
    if (step.hold().isZero() ? mustWait : !mayWait) {
      flaw(step, "waits " + step.hold());
    }
    if (!onlyWaits && !isForPeople(step) && !step.timeout().isPositive()) {
      flaw(step, "has no time for what it does");
    }
  }

  /// People take the time that they need.
  private static boolean isForPeople(Step step) {
    return step.tasks().stream()
        .allMatch(
            t -> t.action() instanceof Action.Announce || t.action() instanceof Action.ByHand);
  }

  @Override
  void before(Step step, Task task, Simulation now) {
    if (!kinds(task.action()).contains(step.kind())) {
      flaw(step, "is no " + step.kind() + " for " + task.unit());
    }
  }

  private Set<Step.Kind> kinds(Action action) {
    return switch (action) {
      case Action.PatchTemplate _ ->
          EnumSet.of(Step.Kind.PREPARE, Step.Kind.RETIRE, Step.Kind.UPDATE, Step.Kind.REPLACE);
      case Action.Scale scale ->
          scale.to() > scale.from() ? EnumSet.of(Step.Kind.START) : EnumSet.of(Step.Kind.STOP);
      case Action.SetLogins _ -> EnumSet.of(Step.Kind.LOGINS);
      case Action.PutEntry _ -> EnumSet.of(Step.Kind.DIRECTORY, Step.Kind.GATE);
      case Action.MoveHome _ ->
          EnumSet.of(facts.standsStill() ? Step.Kind.RELOCATE : Step.Kind.MOVE);
      case Action.Dismiss _ -> EnumSet.of(Step.Kind.DISMISS);
      case Action.Cordon _ -> EnumSet.of(Step.Kind.HOST);
      case Action.Fence _ -> EnumSet.of(Step.Kind.FENCE);
      case Action.ProgramSwitch _ -> EnumSet.of(Step.Kind.NETWORK);
      case Action.Drain _ -> EnumSet.of(Step.Kind.DRAIN);
      case Action.Kick _ -> EnumSet.of(Step.Kind.KICK);
      case Action.Reload _ -> EnumSet.of(Step.Kind.RELOAD);
      case Action.Announce _ -> EnumSet.of(Step.Kind.ANNOUNCE);
      case Action.ByHand _ -> EnumSet.of(Step.Kind.CONFIRM, Step.Kind.MANUAL, Step.Kind.SMOKE);
    };
  }
}
