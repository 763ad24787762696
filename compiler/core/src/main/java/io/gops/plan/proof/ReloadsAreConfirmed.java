package io.gops.plan.proof;

import io.gops.deployment.Workload;
import io.gops.fleet.HotUpdate;
import io.gops.fleet.Reload;
import io.gops.plan.Action;
import io.gops.plan.Plan;
import io.gops.plan.Simulation;
import io.gops.plan.Step;
import io.gops.plan.Task;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Each update of scripts in running pods is followed at once, before anybody calls it good or
/// tells clients, by a reload that the engine confirms, where the runner has to ask for it. With
/// the other ways to reload the sidecar asks before it counts as ready, and readiness is checked.
final class ReloadsAreConfirmed extends Rule {
  private final Set<Action.Reload> pending = new HashSet<>();

  ReloadsAreConfirmed(Facts facts, Consumer<String> flaws) {
    super(facts, flaws);
  }

  @Override
  void step(Step step, Simulation now) {
    if (step.kind() != Step.Kind.RELOAD) {
      all(step.id() + " comes");
    }
  }

  @Override
  void end(Simulation now) {
    all("the plan ends");
  }

  private void all(String when) {
    pending.stream()
        .map(reload -> reload.set().name())
        .sorted()
        .forEach(set -> flaw(when + " before the scripts of " + set + " are loaded"));
    pending.clear();
  }

  @Override
  void before(Step step, Task task, Simulation now) {
    if (facts.plan().template() != Plan.Template.HOT_RELOAD) {
      return;
    }
    if (task.action() instanceof Action.PatchTemplate patch
        && Facts.replicas(patch.set(), now) > 0) {
      facts.workload(patch.set()).ifPresent(workload -> updated(patch, workload));
    }
    if (task.action() instanceof Action.Reload reload && !pending.remove(reload)) {
      flaw(step, "loads scripts of " + reload.set().name() + " that were not updated");
    }
  }

  private void updated(Action.PatchTemplate patch, Workload workload) {
    for (HotUpdate update : workload.role().hotUpdates()) {
      List<String> command =
          switch (update.reload()) {
            case Reload.Exec exec -> exec.command();
            case Reload.Inotify inotify -> inotify.confirm();
            case Reload.Http _, Reload.Signal _ -> List.of();
          };
      if (!command.isEmpty()) {
        pending.add(new Action.Reload(patch.set(), update.reload().container(), command));
      }
    }
  }
}
