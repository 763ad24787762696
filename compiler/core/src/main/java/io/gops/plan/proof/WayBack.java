package io.gops.plan.proof;

import io.gops.deployment.Workload;
import io.gops.fleet.Release;
import io.gops.inplace.UpdateOrder;
import io.gops.plan.Action;
import io.gops.plan.Check;
import io.gops.plan.Simulation;
import io.gops.plan.Step;
import io.gops.plan.Task;
import io.gops.plan.Undo;
import io.gops.state.State;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Every step can be taken back, unless its pods are gone: its undo reverses its own action and
/// verifies that everything is as the step found it. All steps together lead back to the beginning,
/// or to the last point of no return.
///
/// Pods come back by the rule by which OpenKruise chooses them. Reversing what was typed does not
/// roll them back; the old template with partition 0 does, from wherever the way forward stopped.
final class WayBack extends Rule {
  private final ChecksHold checks;
  private final Set<Integer> numbers = new HashSet<>();

  WayBack(Facts facts, Consumer<String> flaws) {
    super(facts, flaws);
    this.checks = new ChecksHold(facts, flaws);
  }

  @Override
  void before(Step step, Task task, Simulation now) {
    switch (task.undo()) {
      case Undo.PointOfNoReturn _ -> {
        if (!isFinal(task.action()) && !(task.action() instanceof Action.ByHand)) {
          flaw(step, "calls a point of no return what can be taken back: " + task.unit());
        }
      }
      case Undo.Nothing _ -> {
        if (!reverse(task.action(), now).isEmpty() || isFinal(task.action())) {
          flaw(step, "does not say how " + task.unit() + " is taken back");
        }
      }
      case Undo.ByHand _ -> {
        if (!(task.action() instanceof Action.ByHand)) {
          flaw(step, "leaves it to people to take back " + task.unit());
        }
      }
      case Undo.Back back -> back(step, task, back, now);
    }
  }

  /// Pods of a fenced node are gone, and what has moved from it has no host to go back to.
  private boolean isFinal(Action action) {
    return action instanceof Action.Fence
        || (action instanceof Action.MoveHome && !facts.standsStill());
  }

  /// What takes an action back; nothing when it changes nothing that lasts.
  private List<Action> reverse(Action action, Simulation now) {
    return switch (action) {
      case Action.PatchTemplate p ->
          List.of(
              new Action.PatchTemplate(
                  p.set(),
                  p.toVersion(),
                  p.fromVersion(),
                  p.toTemplate(),
                  p.fromTemplate(),
                  p.patch().reverse()));
      case Action.Scale s -> reverse(s, now);
      case Action.Dismiss d ->
          List.of(new Action.Dismiss(d.set(), d.staying(), d.count(), !d.leaving()));
      case Action.SetLogins logins -> List.of(reverse(logins), drain(logins));
      case Action.PutEntry entry -> List.of(reverse(entry));
      // The sidecars are as before by then; the engine has to load what they have.
      case Action.Reload reload -> List.of(reload);
      case Action.MoveHome move -> facts.standsStill() ? List.of(reverse(move, now)) : List.of();
      case Action.Cordon(String node, boolean shut) -> List.of(new Action.Cordon(node, !shut));
      case Action.ProgramSwitch(String host) ->
          facts.standsStill() ? List.of(new Action.ProgramSwitch(host)) : List.of();
      case Action.Fence _, Action.Drain _, Action.Kick _, Action.Announce _, Action.ByHand _ ->
          List.of();
    };
  }

  /// Servers that are more than before may have players when they are stopped again.
  private List<Action> reverse(Action.Scale scale, Simulation now) {
    Action.Scale back = new Action.Scale(scale.set(), scale.to(), scale.from());
    if (!(facts.release() instanceof Release.Scale release) || scale.to() < scale.from()) {
      return List.of(back);
    }
    List<String> staying =
        facts.group(scale.set().group()).stream()
            .flatMap(group -> facts.hosts(group, now).stream())
            .limit(scale.from())
            .toList();
    Optional<Action.CountPlayers> probe =
        facts.workload(scale.set()).flatMap(Action.CountPlayers::of);
    return List.of(
        new Action.Dismiss(scale.set(), staying, scale.to() - scale.from(), true),
        new Action.Drain(scale.set(), probe, release.drain().kickAfter().toSeconds(), staying),
        back);
  }

  /// A group whose hosts were never written down is again where the deployment has it.
  private static Action reverse(Action.MoveHome move, Simulation now) {
    List<String> found = now.group(move.group()).map(State.GroupState::hosts).orElse(List.of());
    return new Action.MoveHome(
        move.group(), move.label(), move.to(), move.from(), move.after(), found);
  }

  private static Action reverse(Action.SetLogins logins) {
    return new Action.SetLogins(
        logins.group(),
        logins.to(),
        logins.from(),
        logins
            .openflowGroup()
            .map(group -> new Action.OpenflowGroup(group.to(), group.from(), group.carriers())),
        logins.entries().stream().map(WayBack::reverse).toList());
  }

  private static Action.PutEntry reverse(Action.PutEntry entry) {
    return new Action.PutEntry(entry.directory(), entry.key(), entry.to(), entry.from());
  }

  /// Players who are on the new side leave it as they would leave the old one.
  private Action drain(Action.SetLogins logins) {
    Optional<Workload> fresh =
        facts.group(logins.group()).stream()
            .flatMap(group -> group.workloads().stream())
            .filter(workload -> workload.side() == logins.to())
            .findFirst();
    long deadline =
        facts.release() instanceof Release.AbSwitch ab ? ab.drain().kickAfter().toSeconds() : 0;
    Action.SetRef set =
        fresh
            .map(w -> new Action.SetRef(w.group(), w.side(), w.game().namespace(), w.name()))
            .orElseGet(() -> new Action.SetRef(logins.group(), logins.to(), "", ""));
    return new Action.Drain(set, fresh.flatMap(Action.CountPlayers::of), deadline);
  }

  private void back(Step step, Task task, Undo.Back back, Simulation now) {
    List<Action> wanted = reverse(task.action(), now);
    if (wanted.isEmpty() || !back.actions().equals(wanted)) {
      flaw("undo of " + step.id() + " does not take back " + task.unit());
      return;
    }
    boolean asFound =
        back.after().stream().allMatch(check -> isAsFound(check, wanted.getFirst(), now));
    // Loading a switch is itself the look.
    boolean isLooked = task.action() instanceof Action.ProgramSwitch || !back.after().isEmpty();
    if (!isLooked || !asFound) {
      flaw("undo of " + step.id() + " does not verify that " + task.unit() + " is as before");
    }
    if (task.action() instanceof Action.PatchTemplate patch) {
      podsComeBack(step, patch, back, now);
    }
  }

  private boolean isAsFound(Check check, Action undone, Simulation now) {
    return check instanceof Check.Entry(String directory, String key, String value)
        ? undone instanceof Action.PutEntry entry
            && entry.directory().equals(directory)
            && entry.key().equals(key)
            && entry.to().equals(value)
        : checks.holds(check, undone, now, true);
  }

  /// Looked at once for each number of pods, because nothing else decides it.
  private void podsComeBack(Step step, Action.PatchTemplate patch, Undo.Back back, Simulation now) {
    int replicas = Facts.replicas(patch.set(), now);
    boolean seen =
        back.after().stream()
            .anyMatch(check -> check instanceof Check.Pods p && p.set().equals(patch.set()));
    boolean all =
        !numbers.add(replicas) || UpdateOrder.restores(replicas, Action.PatchTemplate.PARTITION);
    if (!seen || !all) {
      flaw("undo of " + step.id() + " may leave pods of " + patch.set().name() + " as they are");
    }
  }

  /// Takes every step back, from the end.
  @Override
  void end(Simulation now) {
    for (Step step : facts.plan().steps().reversed()) {
      for (Task task : step.tasks().reversed()) {
        switch (task.undo()) {
          case Undo.PointOfNoReturn _ -> {
            return;
          }
          case Undo.Nothing _, Undo.ByHand _ -> {}
          case Undo.Back back ->
              back.actions()
                  .forEach(
                      action ->
                          now.apply(action)
                              .ifPresent(
                                  refusal ->
                                      flaw("undo of " + step.id() + " is refused: " + refusal)));
        }
      }
    }
    if (!now.groups().equals(facts.plan().from().groups())) {
      flaw("taking every step back does not lead to the beginning of the plan");
    }
  }
}
