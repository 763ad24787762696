package io.gops.plan.proof;

import io.gops.deployment.Workload;
import io.gops.fleet.Release;
import io.gops.plan.Action;
import io.gops.plan.DrainCurve;
import io.gops.plan.Simulation;
import io.gops.plan.Step;
import io.gops.plan.Task;
import io.gops.state.State;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Before a side stops, its players have had the time that the release gives them since logins
/// moved, and somebody has counted that those left are within the budget.
///
/// The sides that a lost host stops have none: they take no logins, and their host is gone. Nor has
/// the standby of a zone that stands still.
final class PlayersLeaveFirst extends Rule {
  /// Sets by their group, whose logins may move again.
  private final Map<String, Set<Action.SetRef>> drained = new HashMap<>();
  private final Map<String, Set<Action.SetRef>> counted = new HashMap<>();

  PlayersLeaveFirst(Facts facts, Consumer<String> flaws) {
    super(facts, flaws);
  }

  @Override
  void begin() {
    drain()
        .filter(_ -> !(facts.release() instanceof Release.Scale) || anyStops())
        .filter(
            drain ->
                new DrainCurve(drain).atMost(drain.kickAfter()).compareTo(drain.kickBudget()) > 0)
        .ifPresent(_ -> flaw("more players are disconnected than the budget allows"));
  }

  /// A release that only starts servers sends nobody away.
  private boolean anyStops() {
    return facts.plan().steps().stream()
        .flatMap(step -> step.tasks().stream())
        .anyMatch(task -> task.action() instanceof Action.Kick);
  }

  private Optional<Release.Drain> drain() {
    return drain(facts.release());
  }

  /// How players leave in a release, if they have to.
  static Optional<Release.Drain> drain(Release release) {
    return switch (release) {
      case Release.AbSwitch ab -> Optional.of(ab.drain());
      case Release.CanaryWaves canaries -> Optional.of(canaries.drain());
      case Release.DrainHost host -> Optional.of(host.drain());
      case Release.MergeZones merge -> Optional.of(merge.drain());
      case Release.Scale scale -> Optional.of(scale.drain());
      case Release.HotReload _, Release.OpenZones _, Release.ReplaceHost _ -> Optional.empty();
    };
  }

  @Override
  void before(Step step, Task task, Simulation now) {
    Action action = task.action();
    if (action instanceof Action.SetLogins logins) {
      drained.remove(logins.group());
      counted.remove(logins.group());
    } else if (action instanceof Action.Drain drain) {
      drain(step, drain, now);
    } else if (action instanceof Action.Kick kick) {
      kick(step, kick, now);
    } else if (action instanceof Action.Scale scale) {
      boolean stops = scale.to() < scale.from();
      boolean isCounted = isIn(counted, scale.set());
      if (stops && drain().isPresent() && !isCounted && mayHavePlayers(scale.set())) {
        flaw(step, "stops " + scale.set().name() + " before its players have left");
      }
    } else if (action instanceof Action.PatchTemplate patch) {
      boolean ends = step.kind() == Step.Kind.REPLACE && Facts.replicas(patch.set(), now) > 0;
      if (ends && !isIn(counted, patch.set())) {
        flaw(step, "replaces servers of " + patch.set().name() + " before players have left");
      }
    }
  }

  /// Whether players can be on a set when the plan begins to change it.
  private boolean mayHavePlayers(Action.SetRef set) {
    State.GroupState from = facts.plan().from().groups().get(set.group());
    if (!facts.standsStill() || from == null || from.live() == set.side()) {
      return true;
    }
    return facts
        .group(set.group())
        .flatMap(group -> group.zone().body().pair())
        .filter(pair -> from.isUnderWay(pair.standby()))
        .isPresent();
  }

  private static boolean isIn(Map<String, Set<Action.SetRef>> sets, Action.SetRef set) {
    return sets.getOrDefault(set.group(), Set.of()).contains(set);
  }

  private static void add(Map<String, Set<Action.SetRef>> sets, Action.SetRef set) {
    sets.computeIfAbsent(set.group(), _ -> new HashSet<>()).add(set);
  }

  private void drain(Step step, Action.Drain action, Simulation now) {
    boolean moves = facts.release() instanceof Release.AbSwitch;
    if (moves && Facts.takesLogins(action.set(), now)) {
      flaw(step, "waits for players to leave " + action.set().name() + ", which takes logins");
    }
    drain()
        .ifPresent(
            drain -> {
              boolean asWritten =
                  action.deadlineSeconds() == drain.kickAfter().toSeconds()
                      && step.timeout().equals(drain.kickAfter());
              if (!asWritten) {
                flaw(step, "gives players another time than the release");
              }
            });
    probed(step, action.set(), action.probe());
    add(drained, action.set());
  }

  private void kick(Step step, Action.Kick action, Simulation now) {
    if (!isIn(drained, action.set())) {
      flaw(step, "disconnects players of " + action.set().name() + " who could not leave");
    }
    long players = facts.leaving(action.set(), action.staying(), now);
    drain()
        .ifPresent(
            drain -> {
              if (action.allowed() != drain.kickBudget().ofFloor(players)) {
                flaw(
                    step,
                    "allows another number of kicks than the budget of " + action.set().name());
              }
            });
    probed(step, action.set(), action.probe());
    add(counted, action.set());
  }

  private void probed(Step step, Action.SetRef set, Optional<Action.CountPlayers> probe) {
    Optional<Workload> workload = facts.workload(set);
    if (workload.isEmpty() || !probe.equals(Action.CountPlayers.of(workload.get()))) {
      flaw(step, "counts players of " + set.name() + " in another way than the game says");
    }
  }
}
