package io.gops.plan;

import io.gops.deployment.Group;
import io.gops.deployment.Workload;
import io.gops.directory.ZoneEntry;
import io.gops.plan.Reopening.Mark;
import io.gops.plan.Reopening.Stage;
import io.gops.plan.Reopening.Way;
import io.gops.state.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Finds the gates that a plan shuts, and what an abort has to know to open each of them.
final class Reopenings {
  private final Scope scope;
  private final Plan plan;
  private final Map<Integer, List<Group>> zones = new HashMap<>();
  private final Map<String, Gate> gates = new HashMap<>();
  private final Map<Integer, List<Gate>> shut = new HashMap<>();
  private final SortedMap<String, Reopening> found = new TreeMap<>();

  private Reopenings(Scope scope, Plan plan) {
    this.scope = scope;
    this.plan = plan;
    for (String id : plan.from().groups().keySet()) {
      Group group = scope.deployment().groups().get(id);
      if (group != null) {
        zones.computeIfAbsent(group.zone().id(), _ -> new ArrayList<>()).add(group);
      }
    }
  }

  /// One entry that is open when the plan closes it.
  private static final class Gate {
    final Action.PutEntry closing;
    final int zone;

    /// What changes servers of the zone while its gate is shut.
    final List<Mark> changes = new ArrayList<>();

    /// What else has to be done before somebody may be let in.
    final List<Mark> needed = new ArrayList<>();

    Gate(Action.PutEntry closing, int zone) {
      this.closing = closing;
      this.zone = zone;
    }
  }

  /// The gates of a plan, in the order of their keys.
  static List<Reopening> of(Plan plan, Scope scope) {
    Reopenings reopenings = new Reopenings(scope, plan);
    plan.steps().forEach(reopenings::step);
    reopenings.shut.values().stream()
        .flatMap(List::stream)
        .forEach(gate -> reopenings.add(gate, Optional.empty()));
    return List.copyOf(reopenings.found.values());
  }

  private void step(Step step) {
    if (isNeeded(step.kind())) {
      shut.values().forEach(its -> its.forEach(gate -> gate.needed.add(Mark.of(step))));
    }
    for (Task task : step.tasks()) {
      if (task.action() instanceof Action.PutEntry entry) {
        entry(entry);
      }
      group(task.action())
          .map(id -> scope.deployment().groups().get(id))
          .map(group -> shut.get(group.zone().id()))
          .ifPresent(its -> its.forEach(gate -> gate.changes.add(Mark.of(step, task))));
    }
  }

  /// Whether a step counts for every gate that is shut then, although it changes no server.
  private static boolean isNeeded(Step.Kind kind) {
    return switch (kind) {
      case SMOKE, MANUAL, CONFIRM, NETWORK, FENCE -> true;
      case PREPARE, START, LOGINS, DIRECTORY, DRAIN, KICK, STOP, RETIRE, UPDATE, REPLACE -> false;
      case RELOAD, SOAK, APPROVE, ANNOUNCE, GATE, RELOCATE, DISMISS, HOST, MOVE, ARRIVE -> false;
    };
  }

  private static Optional<String> group(Action action) {
    return switch (action) {
      case Action.PatchTemplate patch -> Optional.of(patch.set().group());
      case Action.Scale scale -> Optional.of(scale.set().group());
      case Action.MoveHome move -> Optional.of(move.group());
      case Action.SetLogins logins -> Optional.of(logins.group());
      case Action.PutEntry _,
          Action.Fence _,
          Action.Cordon _,
          Action.Dismiss _,
          Action.ProgramSwitch _,
          Action.Drain _,
          Action.Kick _,
          Action.Reload _,
          Action.Announce _,
          Action.ByHand _ ->
          Optional.empty();
    };
  }

  private void entry(Action.PutEntry entry) {
    boolean wasOpen = ZoneEntry.statusOf(entry.from()).equals(Optional.of(ZoneEntry.Status.OPEN));
    boolean isOpen = ZoneEntry.statusOf(entry.to()).equals(Optional.of(ZoneEntry.Status.OPEN));
    String name = entry.directory() + "/" + entry.key();
    Optional<Integer> zone = ZoneEntry.zoneOf(entry.to());
    if (wasOpen && !isOpen && zone.isPresent()) {
      Gate gate = new Gate(entry, zone.get());
      gates.put(name, gate);
      shut.computeIfAbsent(gate.zone, _ -> new ArrayList<>()).add(gate);
    }
    Gate gate = gates.get(name);
    if (isOpen && gate != null) {
      gates.remove(name);
      shut.getOrDefault(gate.zone, new ArrayList<>()).remove(gate);
      add(gate, Optional.of(entry));
    }
  }

  private void add(Gate gate, Optional<Action.PutEntry> opening) {
    List<Way> ways = new ArrayList<>();
    ways.add(new Way(gate.closing.from(), Stage.UNTOUCHED, gate.changes, ready(gate, plan.from())));
    if (opening.isPresent()) {
      List<Mark> all = new ArrayList<>(gate.changes);
      all.addAll(gate.needed);
      ways.add(new Way(opening.get().to(), Stage.DONE, all, ready(gate, plan.to())));
    }
    found.put(
        gate.closing.directory() + "/" + gate.closing.key(),
        new Reopening(gate.closing.directory(), gate.closing.key(), ways));
  }

  /// The servers of the zone that take logins.
  private List<Check.Pods> ready(Gate gate, State state) {
    List<Check.Pods> pods = new ArrayList<>();
    for (Group group : zones.getOrDefault(gate.zone, List.of())) {
      State.GroupState its = state.groups().get(group.id());
      for (Workload workload : group.workloads()) {
        State.SideState side = its == null ? null : its.sides().get(workload.side());
        if (its != null && side != null && its.live() == workload.side() && side.replicas() > 0) {
          pods.add(pods(workload, side));
        }
      }
    }
    return pods;
  }

  private Check.Pods pods(Workload workload, State.SideState side) {
    boolean isWritten = workload.game().versions().containsKey(side.version());
    return new Check.Pods(
        Scope.ref(workload),
        side.replicas(),
        isWritten ? scope.images(workload, side.version()) : new TreeMap<>(),
        false);
  }
}
