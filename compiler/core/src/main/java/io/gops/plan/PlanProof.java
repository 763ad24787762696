package io.gops.plan;

import io.gops.fleet.Side;
import io.gops.state.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Checks a finished plan without knowing how it was made: its steps lead from *from* to exactly
/// *to*, each can be taken back, and no step may find players without a server.
public final class PlanProof {
  private final Plan plan;
  private final Simulation simulation;
  private final List<String> flaws = new ArrayList<>();
  private final Map<String, State.GroupState> before = new HashMap<>();

  /// Sets whose players have left or may be disconnected.
  private final Set<Action.SetRef> emptied = new HashSet<>();

  private PlanProof(Plan plan) {
    this.plan = plan;
    this.simulation = new Simulation(plan.from());
  }

  /// What is wrong with the plan; empty for a sound one.
  public static List<String> flaws(Plan plan) {
    PlanProof proof = new PlanProof(plan);
    proof.waves();
    proof.forward();
    if (proof.flaws.isEmpty()) {
      proof.backward();
    }
    return proof.flaws;
  }

  private void waves() {
    Set<Integer> seen = new HashSet<>();
    for (Wave wave : plan.waves()) {
      for (int zone : wave.zones()) {
        if (!seen.add(zone)) {
          flaws.add("zone " + zone + " is in two waves");
        }
      }
    }
  }

  private void forward() {
    Set<String> done = new HashSet<>();
    for (Step step : plan.steps()) {
      if (!done.containsAll(step.needs())) {
        flaws.add(step.id() + " runs before a step that it needs");
      }
      if (!done.add(step.id())) {
        flaws.add("two steps are called " + step.id());
      }
      step(step);
    }
    if (!simulation.groups().equals(plan.to().groups())) {
      flaws.add("the steps do not lead to the end of the plan");
    }
  }

  private void step(Step step) {
    Set<String> units = new HashSet<>();
    Map<String, Side> touched = new HashMap<>();
    for (Task task : step.tasks()) {
      if (!units.add(task.unit())) {
        flaws.add(step.id() + " has two tasks for " + task.unit());
      }
      changedSet(task.action())
          .ifPresent(
              set -> {
                Side other = touched.putIfAbsent(set.group(), set.side());
                boolean both = other != null && other != set.side();
                if (both && plan.template() == Plan.Template.AB_SWITCH) {
                  flaws.add(step.id() + " changes both sides of " + set.group());
                }
              });
      if (changesState(task.action()) && task.after().isEmpty()) {
        flaws.add(step.id() + " does not verify " + task.unit());
      }
      safety(step, task);
      group(task.action())
          .flatMap(simulation::group)
          .ifPresent(now -> before.put(step.id() + " " + task.unit(), now));
      simulation
          .apply(task.action())
          .ifPresent(refusal -> flaws.add(step.id() + " is refused: " + refusal));
    }
  }

  private static boolean changesState(Action action) {
    return switch (action) {
      case Action.PatchTemplate _,
          Action.Scale _,
          Action.SetLogins _,
          Action.PutEntry _,
          Action.MoveHome _,
          Action.Fence _,
          Action.Reload _ ->
          true;
      case Action.ProgramSwitch _,
          Action.Drain _,
          Action.Kick _,
          Action.Announce _,
          Action.ByHand _ ->
          false;
    };
  }

  /// The group whose state an action changes.
  private static Optional<String> group(Action action) {
    return switch (action) {
      case Action.PatchTemplate patch -> Optional.of(patch.set().group());
      case Action.Scale scale -> Optional.of(scale.set().group());
      case Action.SetLogins logins -> Optional.of(logins.group());
      case Action.MoveHome move -> Optional.of(move.group());
      case Action.PutEntry _,
          Action.Fence _,
          Action.ProgramSwitch _,
          Action.Drain _,
          Action.Kick _,
          Action.Reload _,
          Action.Announce _,
          Action.ByHand _ ->
          Optional.empty();
    };
  }

  private static Optional<Action.SetRef> changedSet(Action action) {
    return switch (action) {
      case Action.PatchTemplate patch -> Optional.of(patch.set());
      case Action.Scale scale -> Optional.of(scale.set());
      case Action.SetLogins _,
          Action.PutEntry _,
          Action.MoveHome _,
          Action.Fence _,
          Action.ProgramSwitch _,
          Action.Drain _,
          Action.Kick _,
          Action.Reload _,
          Action.Announce _,
          Action.ByHand _ ->
          Optional.empty();
    };
  }

  /// Logins go only to servers that run and were seen ready; a side that takes logins never stops
  /// and its pods are never recreated.
  private void safety(Step step, Task task) {
    switch (task.action()) {
      case Action.Scale scale -> {
        if (scale.to() == 0
            && live(scale.set())
            && replicas(scale.set()) > 0
            && !emptied.contains(scale.set())) {
          flaws.add(step.id() + " stops " + scale.set().name() + " while it takes logins");
        }
      }
      case Action.SetLogins logins -> {
        State.GroupState group = simulation.groups().get(logins.group());
        State.SideState target = group == null ? null : group.sides().get(logins.to());
        if (target == null || target.replicas() == 0) {
          flaws.add(step.id() + " sends logins of " + logins.group() + " to a stopped side");
        }
        if (task.before().stream().noneMatch(check -> check instanceof Check.Pods)) {
          flaws.add(step.id() + " sends logins of " + logins.group() + " to unverified pods");
        }
      }
      case Action.PatchTemplate patch -> {
        boolean inPlace =
            patch.patch().changes().stream()
                .allMatch(c -> c.path().matches(".*/spec/containers/[0-9]+/image"));
        boolean hasPlayers =
            live(patch.set()) && replicas(patch.set()) > 0 && !emptied.contains(patch.set());
        if (hasPlayers && (!inPlace || step.kind() == Step.Kind.REPLACE)) {
          flaws.add(step.id() + " replaces servers of " + patch.set().name() + " with players");
        }
        if (live(patch.set())
            && replicas(patch.set()) > 0
            && plan.template() == Plan.Template.AB_SWITCH) {
          flaws.add(step.id() + " changes " + patch.set().name() + " while it takes logins");
        }
      }
      case Action.MoveHome move -> {
        if (!simulation.fenced().contains(move.from())) {
          flaws.add(step.id() + " moves " + move.group() + " before its host is fenced");
        }
      }
      case Action.Kick kick -> emptied.add(kick.set());
      case Action.PutEntry _,
          Action.Fence _,
          Action.ProgramSwitch _,
          Action.Drain _,
          Action.Reload _,
          Action.Announce _,
          Action.ByHand _ -> {}
    }
  }

  private boolean live(Action.SetRef set) {
    State.GroupState group = simulation.groups().get(set.group());
    return group != null && group.live() == set.side();
  }

  private int replicas(Action.SetRef set) {
    State.GroupState group = simulation.groups().get(set.group());
    State.SideState side = group == null ? null : group.sides().get(set.side());
    return side == null ? 0 : side.replicas();
  }

  /// Takes every task back in reverse order, up to a point of no return.
  private void backward() {
    for (Step step : plan.steps().reversed()) {
      for (Task task : step.tasks().reversed()) {
        switch (task.undo()) {
          case Undo.PointOfNoReturn _ -> {
            return;
          }
          case Undo.ByHand _ -> {}
          case Undo.Nothing _ -> {
            if (changesState(task.action())) {
              flaws.add(step.id() + " does not say how " + task.unit() + " is taken back");
            }
          }
          case Undo.Back back -> takeBack(step, task, back);
        }
      }
    }
    if (!simulation.groups().equals(plan.from().groups())) {
      flaws.add("taking every step back does not lead to the beginning of the plan");
    }
  }

  private void takeBack(Step step, Task task, Undo.Back back) {
    for (Action action : back.actions()) {
      simulation
          .apply(action)
          .ifPresent(refusal -> flaws.add("undo of " + step.id() + " is refused: " + refusal));
    }
    State.GroupState wanted = before.get(step.id() + " " + task.unit());
    Optional<State.GroupState> now = group(task.action()).flatMap(simulation::group);
    if (wanted != null && !now.equals(Optional.of(wanted))) {
      flaws.add("undo of " + step.id() + " for " + task.unit() + " does not restore it");
    }
  }
}
