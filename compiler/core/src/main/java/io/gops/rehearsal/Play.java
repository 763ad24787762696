package io.gops.rehearsal;

import io.gops.deployment.Group;
import io.gops.fleet.Side;
import io.gops.plan.Action;
import io.gops.plan.Plan;
import io.gops.plan.Step;
import io.gops.plan.Wave;
import io.gops.state.State;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One play: a runner, a cluster that fails now and then, and an operator who does one of the
/// things that the runbook allows.
final class Play {
  /// Calls of the runner after which the operator leaves the rest to the next day.
  private static final int PATIENCE = 40;

  private final Plan plan;
  private final SplittableRandom random;
  private final ModelCluster cluster;
  private final ModelRunner runner;

  private Play(Plan plan, Function<String, List<Group.Placement>> homes, long seed) {
    this.plan = plan;
    this.random = new SplittableRandom(seed);
    this.cluster = new ModelCluster(plan, homes);
    this.runner = new ModelRunner(plan, cluster, new Mishaps(random, plan.steps().size()));
  }

  /// Plays a plan once; the same seed gives the same play.
  static Ending of(Plan plan, Function<String, List<Group.Placement>> homes, long seed) {
    Play play = new Play(plan, homes, seed);
    return play.judged(play.ended());
  }

  /// The groups as the operator believes that they are, and whether steps were taken back last.
  private record Left(SortedMap<String, State.GroupState> groups, boolean rolledBack) {}

  private Left ended() {
    boolean rolledBack = false;
    for (int call = 0; call < PATIENCE; call++) {
      Optional<ModelRunner.Stop> stop = runner.run();
      rolledBack = false;
      if (stop.isEmpty()) {
        break;
      }
      int choice = random.nextInt(100);
      if (stop.get() == ModelRunner.Stop.APPROVAL && choice < 80) {
        runner.next().map(Step::id).ifPresent(runner::approve);
      } else if (choice < 60) {
        cluster.repair();
      } else if (choice < 85) {
        rolledBack = rollback(choice < 70 ? Optional.empty() : lastStepOfSomeWave());
        if (rolledBack) {
          break;
        }
      } else if (choice < 95) {
        Optional<SortedMap<String, State.GroupState>> state = runner.abort();
        if (state.isPresent()) {
          return new Left(state.get(), false);
        }
      }
    }
    return new Left(runner.abort().orElseGet(runner::state), rolledBack);
  }

  /// Takes steps back, and tries again after a repair when that does not work at once.
  private boolean rollback(Optional<String> keep) {
    for (int call = 0; call < PATIENCE; call++) {
      Optional<ModelRunner.Stop> stop = runner.rollback(keep);
      if (stop.isEmpty()) {
        return true;
      }
      if (stop.get() == ModelRunner.Stop.NO_RETURN || random.nextInt(10) == 0) {
        return false;
      }
      cluster.repair();
    }
    return false;
  }

  private Optional<String> lastStepOfSomeWave() {
    int now = runner.next().map(Step::wave).orElse(0);
    int wave = now <= 1 ? 0 : 1 + random.nextInt(now - 1);
    return plan.steps().stream()
        .takeWhile(step -> !runner.next().equals(Optional.of(step)))
        .filter(step -> step.wave() == wave)
        .reduce((_, later) -> later)
        .map(Step::id);
  }

  private Ending judged(Left left) {
    Optional<String> twice = runner.doneTwice();
    if (twice.isPresent()) {
      return Ending.broken("done twice: " + twice.get());
    }
    cluster.repair();
    SortedMap<String, State.GroupState> groups = cluster.groups();
    for (Map.Entry<String, State.GroupState> group : groups.entrySet()) {
      if (!group.getValue().equals(left.groups().get(group.getKey()))) {
        return Ending.broken("the state does not say what is there of " + group.getKey());
      }
    }
    if (!cluster.hasLostHosts() && !cluster.unsettled().isEmpty()) {
      return Ending.broken("pods of " + cluster.unsettled().firstKey() + " are not as stored");
    }
    return place(groups, left.rolledBack());
  }

  private Ending place(SortedMap<String, State.GroupState> groups, boolean rolledBack) {
    if (groups.equals(plan.to().groups())) {
      return Ending.of(Ending.Kind.DONE);
    }
    if (groups.equals(plan.from().groups())) {
      return Ending.of(Ending.Kind.AS_BEFORE);
    }
    Map<Integer, Integer> waves = wavesOfZones();
    int lastDone = 0;
    int firstOpen = Integer.MAX_VALUE;
    int lastTouched = 0;
    for (Map.Entry<String, State.GroupState> group : groups.entrySet()) {
      int wave = waves.getOrDefault(zone(group.getKey()), 0);
      if (isUnsafe(group.getValue(), group.getKey())) {
        return Ending.broken("logins of " + group.getKey() + " lead to a side that is stopped");
      }
      boolean isDone = group.getValue().equals(plan.to().groups().get(group.getKey()));
      boolean isUntouched = group.getValue().equals(plan.from().groups().get(group.getKey()));
      lastDone = isDone ? Math.max(lastDone, wave) : lastDone;
      firstOpen = isDone ? firstOpen : Math.min(firstOpen, wave);
      lastTouched = isUntouched ? lastTouched : Math.max(lastTouched, wave);
    }
    if (lastTouched > firstOpen) {
      return Ending.broken("wave " + lastTouched + " began before wave " + firstOpen + " was done");
    }
    return rolledBack && lastTouched < firstOpen
        ? Ending.at(Ending.Kind.ROLLED_BACK, lastDone)
        : Ending.at(Ending.Kind.PAUSED, firstOpen);
  }

  private boolean isUnsafe(State.GroupState group, String id) {
    State.GroupState before = plan.from().groups().get(id);
    State.SideState live = group.sides().get(group.live());
    boolean ran = before != null && runs(before.sides().get(before.live()));
    return ran && !runs(live) && !standsStill(id, group.live());
  }

  /// Whether the plan stops the side that takes logins on purpose, after it has let players leave.
  private boolean standsStill(String group, Side live) {
    return plan.template() != Plan.Template.AB_SWITCH
        && plan.steps().stream()
            .flatMap(step -> step.tasks().stream())
            .anyMatch(
                task ->
                    task.action() instanceof Action.Kick kick
                        && kick.set().group().equals(group)
                        && kick.set().side() == live);
  }

  private static boolean runs(State.@Nullable SideState side) {
    return side != null && side.replicas() > 0;
  }

  private Map<Integer, Integer> wavesOfZones() {
    Map<Integer, Integer> waves = new HashMap<>();
    for (Wave wave : plan.waves()) {
      wave.zones().forEach(zone -> waves.put(zone, wave.number()));
    }
    return waves;
  }

  /// A group is called after its zone, and its role where there are several.
  private static int zone(String group) {
    int end = group.indexOf('-');
    return Integer.parseInt(end < 0 ? group : group.substring(0, end));
  }
}
