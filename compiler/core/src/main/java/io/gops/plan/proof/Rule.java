package io.gops.plan.proof;

import io.gops.plan.Simulation;
import io.gops.plan.Step;
import io.gops.plan.Task;
import java.util.function.Consumer;

/// One thing that has to be true of every plan.
///
/// The plan is walked once, and every rule sees every task before and after its action has been
/// carried out on a model. A rule knows the plan and what it was made from, never how it was made.
abstract class Rule {
  final Facts facts;
  private final Consumer<String> flaws;

  Rule(Facts facts, Consumer<String> flaws) {
    this.facts = facts;
    this.flaws = flaws;
  }

  /// Says what is wrong.
  final void flaw(String text) {
    flaws.accept(text);
  }

  final void flaw(Step step, String text) {
    flaws.accept(step.id() + " " + text);
  }

  /// Before the first step.
  void begin() {}

  /// Before the first task of a step.
  void step(Step step, Simulation now) {}

  /// Before the action of a task.
  void before(Step step, Task task, Simulation now) {}

  /// After the action of a task.
  void after(Step step, Task task, Simulation now) {}

  /// After the last step.
  void end(Simulation now) {}
}
