package io.gops.rehearsal;

import io.gops.directory.ZoneEntry;
import io.gops.plan.Action;
import io.gops.plan.Plan;
import io.gops.plan.Reopening;
import io.gops.plan.Simulation;
import io.gops.plan.Step;
import io.gops.plan.Task;
import io.gops.plan.Undo;
import io.gops.state.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/// Does to the model what `rollout.sh` does to a cluster: the same order, the same journal, the
/// same reasons to stop. What is said of its verbs there holds here.
final class ModelRunner {
  private final Plan plan;
  private final ModelCluster cluster;
  private final Mishaps mishaps;
  private final Set<Mark> done = new HashSet<>();
  private final Set<Mark> begun = new HashSet<>();
  private final Set<String> approved = new HashSet<>();
  private final Map<Mark, List<Long>> found = new HashMap<>();
  private final Map<Mark, Integer> acts = new HashMap<>();

  ModelRunner(Plan plan, ModelCluster cluster, Mishaps mishaps) {
    this.plan = plan;
    this.cluster = cluster;
    this.mishaps = mishaps;
  }

  /// A line of the journal; a step itself has the unit `-`.
  private record Mark(String step, String unit) {
    static Mark of(Step step) {
      return new Mark(step.id(), "-");
    }

    static Mark of(Step step, Task task) {
      return new Mark(step.id(), task.unit());
    }
  }

  /// Why a verb ended before its goal.
  enum Stop {
    PRECONDITION,
    CHANGED,
    TIMEOUT,
    APPROVAL,
    NO_RETURN,
    KILLED
  }

  /// Somebody agrees to the step that waits for it.
  void approve(String step) {
    approved.add(step);
  }

  /// The step at which the plan stands.
  Optional<Step> next() {
    return plan.steps().stream().filter(step -> !done.contains(Mark.of(step))).findFirst();
  }

  /// Carries out what is not done.
  ///
  /// @return empty when everything is done
  Optional<Stop> run() {
    for (Step step : plan.steps()) {
      if (!done.contains(Mark.of(step))) {
        begun.add(Mark.of(step));
        mishaps.begin(step.tasks().size());
        Optional<Stop> stop = run(step);
        if (stop.isPresent()) {
          return stop;
        }
        done.add(Mark.of(step));
      }
    }
    return Optional.empty();
  }

  private Optional<Stop> run(Step step) {
    return switch (step.kind()) {
      case APPROVE, ANNOUNCE, CONFIRM, MANUAL, SMOKE ->
          approved.contains(step.id()) ? Optional.empty() : Optional.of(Stop.APPROVAL);
      case KICK ->
          mishaps.strikes(Mishap.CHECK_FLAPS, 0) && !approved.contains(step.id())
              ? Optional.of(Stop.APPROVAL)
              : Optional.empty();
      case SOAK -> soak(step);
      case DRAIN -> Optional.empty();
      case PREPARE,
          START,
          LOGINS,
          DIRECTORY,
          STOP,
          RETIRE,
          UPDATE,
          REPLACE,
          RELOAD,
          FENCE,
          MOVE,
          ARRIVE,
          NETWORK,
          RELOCATE,
          DISMISS,
          HOST,
          GATE ->
          forth(step);
    };
  }

  /// What the wave has done has to stay true.
  private Optional<Stop> soak(Step soak) {
    for (Step step : plan.steps()) {
      if (step.wave() == soak.wave()) {
        for (Task task : step.tasks()) {
          Optional<Action.SetRef> set = setOf(task.action());
          if (set.isPresent() && !cluster.isSettled(ModelCluster.SideKey.of(set.get()))) {
            return Optional.of(Stop.TIMEOUT);
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Action.SetRef> setOf(Action action) {
    return switch (action) {
      case Action.PatchTemplate patch -> Optional.of(patch.set());
      case Action.Scale scale -> Optional.of(scale.set());
      case Action.SetLogins _,
          Action.PutEntry _,
          Action.MoveHome _,
          Action.Fence _,
          Action.Dismiss _,
          Action.Cordon _,
          Action.ProgramSwitch _,
          Action.Drain _,
          Action.Kick _,
          Action.Reload _,
          Action.Announce _,
          Action.ByHand _ ->
          Optional.empty();
    };
  }

  private Optional<Stop> forth(Step step) {
    List<Task> open = new ArrayList<>();
    for (int i = 0; i < step.tasks().size(); i++) {
      Task task = step.tasks().get(i);
      if (done.contains(Mark.of(step, task))) {
        continue;
      }
      if (mishaps.strikes(Mishap.HOST_LOST, i)) {
        cluster.lose(hostOf(task.action()));
      }
      if (!cluster.isStored(task.action())) {
        Optional<Stop> stop = begin(step, task, i);
        if (stop.isPresent()) {
          return stop;
        }
      }
      open.add(task);
    }
    boolean late = false;
    for (int i = 0; i < open.size(); i++) {
      Task task = open.get(i);
      boolean slow = mishaps.strikes(Mishap.TOO_SLOW, i);
      if (!slow) {
        cluster.settle(task.action());
      }
      if (slow || mishaps.strikes(Mishap.CHECK_FLAPS, i) || !isVerified(step, task)) {
        late = true;
      } else {
        done.add(Mark.of(step, task));
      }
    }
    return late ? Optional.of(Stop.TIMEOUT) : Optional.empty();
  }

  private Optional<Stop> begin(Step step, Task task, int number) {
    if (!task.before().stream().allMatch(check -> cluster.holds(check, null))) {
      return Optional.of(Stop.PRECONDITION);
    }
    if (begun.add(Mark.of(step, task))) {
      setOf(task.action())
          .map(ModelCluster.SideKey::of)
          .ifPresent(key -> found.put(Mark.of(step, task), cluster.ids(key)));
    }
    if (mishaps.strikes(Mishap.KILLED_BEFORE, number)) {
      return Optional.of(Stop.KILLED);
    }
    if (cluster.store(task.action()).isPresent()) {
      return Optional.of(Stop.CHANGED);
    }
    if (!mayBeRepeated(task.action())) {
      acts.merge(Mark.of(step, task), 1, Integer::sum);
    }
    return mishaps.strikes(Mishap.KILLED_AFTER, number)
        ? Optional.of(Stop.KILLED)
        : Optional.empty();
  }

  /// A switch gets all its flows again, and a reload command has to be one that does no harm twice.
  private static boolean mayBeRepeated(Action action) {
    return switch (action) {
      case Action.ProgramSwitch _, Action.Reload _ -> true;
      case Action.PatchTemplate _,
          Action.Scale _,
          Action.SetLogins _,
          Action.PutEntry _,
          Action.MoveHome _,
          Action.Fence _,
          Action.Dismiss _,
          Action.Cordon _,
          Action.Drain _,
          Action.Kick _,
          Action.Announce _,
          Action.ByHand _ ->
          false;
    };
  }

  private boolean isVerified(Step step, Task task) {
    List<Long> before = found.get(Mark.of(step, task));
    return task.after().stream().allMatch(check -> cluster.holds(check, before));
  }

  private String hostOf(Action action) {
    return switch (action) {
      case Action.PatchTemplate patch -> cluster.hostOf(patch.set().group());
      case Action.Scale scale -> cluster.hostOf(scale.set().group());
      case Action.SetLogins logins -> cluster.hostOf(logins.group());
      case Action.Reload reload -> cluster.hostOf(reload.set().group());
      case Action.MoveHome move -> move.to();
      case Action.ProgramSwitch(String host) -> host;
      case Action.Dismiss dismiss -> cluster.hostOf(dismiss.set().group());
      case Action.Fence _,
          Action.Cordon _,
          Action.PutEntry _,
          Action.Drain _,
          Action.Kick _,
          Action.Announce _,
          Action.ByHand _ ->
          "";
    };
  }

  /// Takes steps back in reverse order, down to after a step.
  ///
  /// @param keep the last step that stays; none to take everything back
  Optional<Stop> rollback(Optional<String> keep) {
    for (Step step : plan.steps().reversed()) {
      if (keep.isPresent() && keep.get().equals(step.id())) {
        return Optional.empty();
      }
      boolean happened = done.contains(Mark.of(step)) || begun.contains(Mark.of(step));
      Optional<Stop> stop = happened ? takeBack(step) : Optional.empty();
      if (stop.isPresent()) {
        return stop;
      }
    }
    return Optional.empty();
  }

  private Optional<Stop> takeBack(Step step) {
    boolean acts =
        switch (step.kind()) {
          case APPROVE, SOAK, DRAIN, KICK, NETWORK, RELOAD -> false;
          case ANNOUNCE, CONFIRM, SMOKE -> false;
          case MANUAL, GATE, RELOCATE, DISMISS, HOST -> true;
          case FENCE, MOVE, PREPARE, START, LOGINS, DIRECTORY, STOP, RETIRE, UPDATE, ARRIVE -> true;
          case REPLACE -> true;
        };
    mishaps.begin(step.tasks().size());
    done.remove(Mark.of(step));
    boolean late = false;
    for (int i = step.tasks().size() - 1; acts && i >= 0; i--) {
      Task task = step.tasks().get(i);
      Mark mark = Mark.of(step, task);
      if (task.undo() instanceof Undo.PointOfNoReturn) {
        return Optional.of(Stop.NO_RETURN);
      }
      if (task.undo() instanceof Undo.Back back && (done.remove(mark) || begun.contains(mark))) {
        begun.add(mark); // what is half taken back is half done
        if (mishaps.strikes(Mishap.KILLED_BEFORE, i)) {
          return Optional.of(Stop.KILLED);
        }
        Optional<Stop> stop = store(back, mark);
        if (stop.isPresent()) {
          return stop;
        }
        if (mishaps.strikes(Mishap.KILLED_AFTER, i)) {
          return Optional.of(Stop.KILLED);
        }
        back.actions().forEach(cluster::settle);
        if (back.after().stream().allMatch(check -> cluster.holds(check, null))) {
          forget(mark);
        } else {
          late = true;
        }
      }
    }
    if (late) {
      return Optional.of(Stop.TIMEOUT);
    }
    step.tasks().forEach(task -> forget(Mark.of(step, task)));
    forget(Mark.of(step));
    return Optional.empty();
  }

  private Optional<Stop> store(Undo.Back back, Mark mark) {
    boolean isBack =
        back.actions().getLast() instanceof Action.Scale scale && cluster.isStored(scale);
    for (Action action : isBack ? List.<Action>of() : back.actions()) {
      if (!cluster.isStored(action) && cluster.store(action).isPresent()) {
        return Optional.of(Stop.CHANGED);
      }
    }
    acts.remove(mark);
    return Optional.empty();
  }

  private void forget(Mark mark) {
    done.remove(mark);
    begun.remove(mark);
    acts.remove(mark);
  }

  /// Stops for good, if what was begun can be found out.
  ///
  /// @return the groups as the state file has them then; empty when logins were on their way
  Optional<SortedMap<String, State.GroupState>> abort() {
    for (Step step : plan.steps()) {
      for (Task task : step.tasks()) {
        Mark mark = Mark.of(step, task);
        if (begun.contains(mark) && !done.contains(mark)) {
          if (task.action() instanceof Action.SetLogins) {
            return Optional.empty();
          }
          if (cluster.isStored(task.action())) {
            done.add(mark);
          }
        }
      }
    }
    openGates();
    return Optional.of(state());
  }

  /// Opens each gate that the plan has shut, where servers are ready that are as they were or as
  /// they become.
  private void openGates() {
    for (Reopening gate : plan.reopenings()) {
      Optional<String> now = cluster.entry(gate.key());
      if (now.flatMap(ZoneEntry::statusOf).filter(s -> s != ZoneEntry.Status.OPEN).isPresent()) {
        gate.ways().stream()
            .filter(this::holds)
            .filter(way -> way.ready().stream().allMatch(check -> cluster.holds(check, null)))
            .findFirst()
            .ifPresent(
                way ->
                    cluster.store(
                        new Action.PutEntry(gate.directory(), gate.key(), now.get(), way.entry())));
      }
    }
  }

  /// Whether the journal says that this way is open.
  private boolean holds(Reopening.Way way) {
    return way.marks().stream()
        .map(mark -> new Mark(mark.step(), mark.unit()))
        .allMatch(
            mark ->
                switch (way.state()) {
                  case DONE -> done.contains(mark);
                  case UNTOUCHED -> !done.contains(mark) && !begun.contains(mark);
                });
  }

  /// The groups as the tasks lead to that the journal calls done.
  SortedMap<String, State.GroupState> state() {
    Simulation simulation = new Simulation(plan.from());
    for (Step step : plan.steps()) {
      for (Task task : step.tasks()) {
        if (done.contains(Mark.of(step, task))) {
          simulation.apply(task.action());
        }
      }
    }
    return simulation.groups();
  }

  /// A task whose action was carried out more than once without having been taken back.
  Optional<String> doneTwice() {
    return acts.entrySet().stream()
        .filter(entry -> entry.getValue() > 1)
        .map(entry -> entry.getKey().step() + " " + entry.getKey().unit())
        .sorted()
        .findFirst();
  }
}
