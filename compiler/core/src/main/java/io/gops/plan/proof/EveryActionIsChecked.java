package io.gops.plan.proof;

import io.gops.deployment.Group;
import io.gops.deployment.Workload;
import io.gops.fleet.Side;
import io.gops.plan.Action;
import io.gops.plan.Check;
import io.gops.plan.Plan;
import io.gops.plan.Simulation;
import io.gops.plan.Step;
import io.gops.plan.Task;
import io.gops.state.State;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// What an action expects is looked up before it, and what it brings about after it: on the stored
/// object and on the pods, not on one of them alone.
final class EveryActionIsChecked extends Rule {
  EveryActionIsChecked(Facts facts, Consumer<String> flaws) {
    super(facts, flaws);
  }

  @Override
  void before(Step step, Task task, Simulation now) {
    switch (task.action()) {
      case Action.PatchTemplate patch -> {
        expects(step, task, new Check.Stored(patch.set(), patch.patch())::equals);
        verifies(step, task, new Check.Stored(patch.set(), patch.patch().reverse())::equals);
        verifies(step, task, isPods(patch.set()));
        if (facts.plan().template() == Plan.Template.HOT_RELOAD) {
          // A pod that is not ready would hold up the update, and a new one would have no players.
          boolean same = Facts.replicas(patch.set(), now) > 0;
          expects(step, task, isPods(patch.set()));
          verifies(step, task, c -> c instanceof Check.Pods pods && pods.same() == same);
        }
      }
      case Action.Scale scale -> {
        // Pods that are meant to be there are counted; to start some, the old number is enough.
        expectsNumber(step, task, scale);
        boolean emergency = facts.plan().template() == Plan.Template.REPLACE_HOST;
        verifies(
            step,
            task,
            emergency ? new Check.Replicas(scale.set(), scale.to())::equals : isPods(scale.set()));
        if (scale.to() > 0 && scale.to() < scale.from()) {
          theRightOnesGo(step, task, scale, now);
        }
      }
      case Action.Dismiss dismiss -> {
        expects(step, task, isPods(dismiss.set()));
        verifies(step, task, Check.Dismissed.by(dismiss)::equals);
      }
      case Action.SetLogins logins -> {
        expects(step, task, check -> check instanceof Check.Pods pods && leadsTo(pods, logins));
        verifies(step, task, new Check.LoginsAt(logins.group(), logins.to())::equals);
      }
      case Action.PutEntry entry ->
          verifies(step, task, new Check.Entry(entry.directory(), entry.key(), entry.to())::equals);
      case Action.MoveHome move -> arrives(step, task, move, now);
      case Action.Cordon(String node, boolean shut) ->
          verifies(step, task, new Check.Cordoned(node, shut)::equals);
      case Action.Fence(String node) -> verifies(step, task, new Check.Fenced(node)::equals);
      case Action.Reload reload ->
          verifies(
              step,
              task,
              new Check.Confirmed(reload.set(), reload.container(), reload.command())::equals);
      // Nothing that could be looked up, or what the runner does is itself the look.
      case Action.ProgramSwitch _,
          Action.Drain _,
          Action.Kick _,
          Action.Announce _,
          Action.ByHand _ -> {}
    }
  }

  private void expectsNumber(Step step, Task task, Action.Scale scale) {
    expects(step, task, new Check.Replicas(scale.set(), scale.from())::equals);
    boolean stops = scale.to() == 0 && facts.plan().template() == Plan.Template.AB_SWITCH;
    if (stops) {
      Side other = scale.set().side().other();
      expects(step, task, new Check.LoginsAt(scale.set().group(), other)::equals);
    }
  }

  /// Which servers stop is decided by who was told to go, and seen by where the others are.
  private void theRightOnesGo(Step step, Task task, Action.Scale scale, Simulation now) {
    Optional<Action.Dismiss> told = now.dismissed(scale.set());
    told.map(Check.Dismissed::by).ifPresent(check -> expects(step, task, check::equals));
    for (String host : told.map(Action.Dismiss::staying).orElse(List.of())) {
      verifies(step, task, new Check.RunsOn(scale.set(), host)::equals);
    }
  }

  /// Pods that come up at another home are there, ready, and on that host. A group whose host is
  /// not lost has stopped beforehand, on both sides.
  private void arrives(Step step, Task task, Action.MoveHome move, Simulation now) {
    if (facts.standsStill()) {
      for (Workload workload : facts.group(move.group()).map(Group::workloads).orElse(List.of())) {
        expects(
            step,
            task,
            c ->
                c instanceof Check.Replicas(Action.SetRef set, int count)
                    && isOf(set, move.group(), workload.side())
                    && count == 0);
      }
    } else {
      expects(step, task, new Check.Fenced(move.from())::equals);
    }
    verifies(step, task, new Check.Home(move.to(), move.label(), "primary")::equals);
    Optional<State.GroupState> group = now.group(move.group());
    for (Side side : group.map(g -> List.copyOf(g.sides().keySet())).orElse(List.of())) {
      if (Facts.side(move.group(), side, now).filter(s -> s.replicas() > 0).isPresent()) {
        verifies(step, task, c -> c instanceof Check.Pods p && isOf(p.set(), move.group(), side));
        verifies(
            step,
            task,
            c ->
                c instanceof Check.RunsOn(Action.SetRef set, String host)
                    && isOf(set, move.group(), side)
                    && host.equals(move.to()));
      }
    }
  }

  private static boolean isOf(Action.SetRef set, String group, Side side) {
    return set.group().equals(group) && set.side() == side;
  }

  private static boolean leadsTo(Check.Pods pods, Action.SetLogins logins) {
    return isOf(pods.set(), logins.group(), logins.to());
  }

  private static Predicate<Check> isPods(Action.SetRef set) {
    return check -> check instanceof Check.Pods pods && pods.set().equals(set);
  }

  private void expects(Step step, Task task, Predicate<Check> wanted) {
    if (task.before().stream().noneMatch(wanted)) {
      flaw(step, "does not look at " + task.unit() + " beforehand");
    }
  }

  private void verifies(Step step, Task task, Predicate<Check> wanted) {
    if (task.after().stream().noneMatch(wanted)) {
      flaw(step, "does not verify " + task.unit());
    }
  }

  /// Every set that is named is one of the deployment.
  @Override
  void after(Step step, Task task, Simulation now) {
    Optional<Action.SetRef> set = Facts.changedSet(task.action());
    if (set.isPresent() && facts.workload(set.get()).isEmpty()) {
      flaw(step, "names a set that does not exist: " + set.get().name());
    }
    Optional<Group> group = Facts.groupOf(task.action()).flatMap(facts::group);
    if (group.isEmpty() && Facts.groupOf(task.action()).isPresent()) {
      flaw(step, "names a group that does not exist");
    }
  }
}
