package io.gops.plan.proof;

import io.gops.plan.Players;
import io.gops.plan.Step;
import io.gops.plan.Task;
import java.time.Duration;
import java.util.List;

/// A step with something else in it.
final class StepCopy {
  private final Step step;
  private int wave;
  private Step.Kind kind;
  private List<Task> tasks;
  private Duration hold;
  private Duration timeout;
  private Players players;
  private List<String> needs;

  private StepCopy(Step step) {
    this.step = step;
    this.wave = step.wave();
    this.kind = step.kind();
    this.tasks = step.tasks();
    this.hold = step.hold();
    this.timeout = step.timeout();
    this.players = step.players();
    this.needs = step.needs();
  }

  static StepCopy of(Step step) {
    return new StepCopy(step);
  }

  StepCopy wave(int other) {
    wave = other;
    return this;
  }

  StepCopy kind(Step.Kind other) {
    kind = other;
    return this;
  }

  StepCopy tasks(List<Task> others) {
    tasks = others;
    return this;
  }

  StepCopy hold(Duration other) {
    hold = other;
    return this;
  }

  StepCopy timeout(Duration other) {
    timeout = other;
    return this;
  }

  StepCopy players(Players others) {
    players = others;
    return this;
  }

  StepCopy needs(List<String> others) {
    needs = others;
    return this;
  }

  Step done() {
    return new Step(
        step.id(),
        wave,
        kind,
        step.title(),
        tasks,
        hold,
        timeout,
        step.approver(),
        step.cause(),
        players,
        step.duration(),
        needs);
  }
}
