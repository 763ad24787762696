package io.gops.plan.proof;

import io.gops.plan.Action;
import io.gops.plan.Simulation;
import io.gops.plan.Step;
import io.gops.plan.Task;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Every step has a name of its own and needs the one before it, so that no step is carried out
/// alone before its time. The tasks of a step have names of their own, too, and none does what
/// another one does.
final class StepsInOrder extends Rule {
  private final Set<String> steps = new HashSet<>();
  private final Set<String> units = new HashSet<>();
  private final Set<Action> actions = new HashSet<>();
  private List<String> needed = List.of();

  StepsInOrder(Facts facts, Consumer<String> flaws) {
    super(facts, flaws);
  }

  @Override
  void step(Step step, Simulation now) {
    if (!step.needs().equals(needed)) {
      flaw(step, "needs " + step.needs() + " and not " + needed);
    }
    if (!steps.add(step.id())) {
      flaw("two steps are called " + step.id());
    }
    needed = List.of(step.id());
    units.clear();
    actions.clear();
  }

  @Override
  void before(Step step, Task task, Simulation now) {
    if (!units.add(task.unit())) {
      flaw(step, "has two tasks for " + task.unit());
    }
    if (!actions.add(task.action())) {
      flaw(step, "does the same twice: " + task.unit());
    }
  }
}
