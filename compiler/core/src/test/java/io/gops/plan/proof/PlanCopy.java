package io.gops.plan.proof;

import io.gops.plan.Action;
import io.gops.plan.Estimate;
import io.gops.plan.Plan;
import io.gops.plan.Players;
import io.gops.plan.Step;
import io.gops.plan.Task;
import io.gops.plan.Wave;
import io.gops.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// A plan with something else in it.
final class PlanCopy {
  private final Original original;
  private State from;
  private State to;
  private List<Step> steps;
  private List<Wave> waves;
  private List<Plan.PairedSets> pairs;
  private SortedSet<String> switches;
  private Players players;
  private Estimate duration;

  PlanCopy(Original original) {
    Plan plan = original.plan();
    this.original = original;
    this.from = plan.from();
    this.to = plan.to();
    this.steps = plan.steps();
    this.waves = plan.waves();
    this.pairs = plan.pairs();
    this.switches = plan.switches();
    this.players = plan.players();
    this.duration = plan.duration();
  }

  PlanCopy from(State other) {
    from = other;
    return this;
  }

  PlanCopy to(State other) {
    to = other;
    return this;
  }

  PlanCopy waves(List<Wave> others) {
    waves = others;
    return this;
  }

  PlanCopy pairs(List<Plan.PairedSets> others) {
    pairs = others;
    return this;
  }

  PlanCopy switches(SortedSet<String> others) {
    switches = others;
    return this;
  }

  PlanCopy players(Players others) {
    players = others;
    return this;
  }

  /// Steps of which each needs the one before it, with their own sums.
  PlanCopy steps(List<Step> others) {
    List<Step> chained = new ArrayList<>();
    for (Step step : others) {
      List<String> needs = chained.isEmpty() ? List.of() : List.of(chained.getLast().id());
      chained.add(StepCopy.of(step).needs(needs).done());
    }
    return unchained(chained);
  }

  /// Steps as they are, with their own sums.
  PlanCopy unchained(List<Step> others) {
    steps = others;
    switches = switchesOf(others);
    players = others.stream().map(Step::players).reduce(Players.NONE, Players::plus);
    duration = others.stream().map(Step::duration).reduce(Estimate.NONE, Estimate::plus);
    return this;
  }

  private static SortedSet<String> switchesOf(List<Step> steps) {
    TreeSet<String> switches = new TreeSet<>();
    for (Step step : steps) {
      for (Task task : step.tasks()) {
        if (task.action() instanceof Action.SetLogins logins) {
          logins.openflowGroup().ifPresent(group -> switches.addAll(group.carriers()));
        } else if (task.action() instanceof Action.ProgramSwitch(String host)) {
          switches.add(host);
        }
      }
    }
    return switches;
  }

  Plan done() {
    Plan plan = original.plan();
    Plan other =
        new Plan(
            plan.fleet(),
            plan.environment(),
            plan.cluster(),
            plan.release(),
            plan.template(),
            plan.goal(),
            plan.window(),
            plan.cause(),
            from,
            to,
            switches,
            plan.directories(),
            waves,
            pairs,
            steps,
            players,
            duration,
            plan.notes());
    return original.reopened().apply(other);
  }
}
