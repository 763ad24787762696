package io.gops.plan.proof;

import io.gops.deployment.Group;
import io.gops.deployment.Workload;
import io.gops.directory.ZoneEntry;
import io.gops.plan.Action;
import io.gops.plan.Check;
import io.gops.plan.Reopening;
import io.gops.plan.Simulation;
import io.gops.plan.Step;
import io.gops.plan.Task;
import io.gops.state.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Wherever a release is aborted, a zone that was open is opened again, as long as all its servers
/// are as they were or as they become: the plan knows what the entry says then, which servers have
/// to be ready, and by what of the journal it tells that nothing was touched or that all is done.
///
/// In between, when servers are stopped or of two versions, a gate stays shut.
final class AbortsLetPlayersIn extends Rule {
  /// Steps of people, of switches and of whole hosts concern every gate that is shut.
  private static final Set<Step.Kind> FOR_ALL =
      Set.of(
          Step.Kind.SMOKE, Step.Kind.MANUAL, Step.Kind.CONFIRM, Step.Kind.NETWORK, Step.Kind.FENCE);

  private final Map<String, Reopening> stated = new HashMap<>();
  private final Map<String, Gate> gates = new HashMap<>();
  private final Map<Integer, List<Gate>> shut = new HashMap<>();
  private final Set<String> everShut = new HashSet<>();

  AbortsLetPlayersIn(Facts facts, Consumer<String> flaws) {
    super(facts, flaws);
  }

  /// A gate that is shut now.
  private static final class Gate {
    final String name;
    final int zone;
    final Set<Reopening.Mark> changes = new HashSet<>();
    final Set<Reopening.Mark> awaited = new HashSet<>();

    Gate(String name, int zone) {
      this.name = name;
      this.zone = zone;
    }
  }

  private static String name(String directory, String key) {
    return directory + "/" + key;
  }

  @Override
  void begin() {
    for (Reopening reopening : facts.plan().reopenings()) {
      String name = name(reopening.directory(), reopening.key());
      if (stated.put(name, reopening) != null) {
        flaw("an abort opens the gate of " + name + " twice");
      }
    }
  }

  @Override
  void step(Step step, Simulation now) {
    if (FOR_ALL.contains(step.kind())) {
      shut.values()
          .forEach(
              its -> its.forEach(gate -> gate.awaited.add(new Reopening.Mark(step.id(), "-"))));
    }
  }

  @Override
  void after(Step step, Task task, Simulation now) {
    if (task.action() instanceof Action.PutEntry entry) {
      entry(step, entry, now);
      return;
    }
    boolean lasts =
        Facts.changedSet(task.action()).isPresent()
            || task.action() instanceof Action.MoveHome
            || task.action() instanceof Action.SetLogins;
    if (lasts && !shut.isEmpty()) {
      Facts.groupOf(task.action())
          .flatMap(facts::group)
          .map(group -> shut.get(group.zone().id()))
          .ifPresent(
              its ->
                  its.forEach(
                      gate -> gate.changes.add(new Reopening.Mark(step.id(), task.unit()))));
    }
  }

  private void entry(Step step, Action.PutEntry entry, Simulation now) {
    Optional<ZoneEntry.Status> open = Optional.of(ZoneEntry.Status.OPEN);
    boolean wasOpen = DirectoryTellsTheTruth.status(entry.from()).equals(open);
    boolean isOpen = DirectoryTellsTheTruth.status(entry.to()).equals(open);
    String name = name(entry.directory(), entry.key());
    Optional<Integer> zone = facts.zone(entry.key());
    if (wasOpen && !isOpen && zone.isPresent()) {
      Gate gate = new Gate(name, zone.get());
      everShut.add(name);
      gates.put(name, gate);
      shut.computeIfAbsent(gate.zone, _ -> new ArrayList<>()).add(gate);
      way(step, gate, Reopening.Stage.UNTOUCHED, entry.from(), now);
    }
    Gate gate = gates.get(name);
    if (isOpen && gate != null) {
      gates.remove(name);
      shut.getOrDefault(gate.zone, new ArrayList<>()).remove(gate);
      way(step, gate, Reopening.Stage.DONE, entry.to(), now)
          .filter(way -> !allOf(gate).equals(Set.copyOf(way.marks())))
          .ifPresent(_ -> flaw(step, "would be anticipated by an abort: " + name));
      untouched(gate);
    }
  }

  private static Set<Reopening.Mark> allOf(Gate gate) {
    Set<Reopening.Mark> all = new HashSet<>(gate.changes);
    all.addAll(gate.awaited);
    return all;
  }

  /// The way that holds at this point of the plan says what is so.
  private Optional<Reopening.Way> way(
      Step step, Gate gate, Reopening.Stage stage, String entry, Simulation now) {
    Optional<Reopening.Way> way = stated(gate, stage);
    if (way.isEmpty()) {
      flaw(step, "leaves players out when the release is aborted: " + gate.name);
    } else if (!way.get().entry().equals(entry) || !way.get().ready().equals(ready(gate, now))) {
      flaw(step, "lets an abort open " + gate.name + " to other servers than those that run");
    }
    return way;
  }

  private Optional<Reopening.Way> stated(Gate gate, Reopening.Stage stage) {
    List<Reopening.Way> its =
        Optional.ofNullable(stated.get(gate.name)).map(Reopening::ways).orElse(List.of()).stream()
            .filter(way -> way.state() == stage)
            .toList();
    return its.size() == 1 ? Optional.of(its.getFirst()) : Optional.empty();
  }

  /// Every server of the zone that takes logins, as it is now.
  private List<Check.Pods> ready(Gate gate, Simulation now) {
    List<Check.Pods> pods = new ArrayList<>();
    for (Group group : facts.groupsOf(gate.zone)) {
      Optional<State.GroupState> state = now.group(group.id());
      for (Workload workload : group.workloads()) {
        Action.SetRef set =
            new Action.SetRef(
                group.id(), workload.side(), workload.game().namespace(), workload.name());
        if (state.isPresent() && Facts.takesLogins(set, now) && Facts.replicas(set, now) > 0) {
          String version = Facts.side(set, now).map(State.SideState::version).orElse("");
          pods.add(
              new Check.Pods(
                  set, Facts.replicas(set, now), Facts.images(workload, version), false));
        }
      }
    }
    return pods;
  }

  /// No abort takes servers for untouched of which one has changed.
  private void untouched(Gate gate) {
    stated(gate, Reopening.Stage.UNTOUCHED)
        .filter(way -> !gate.changes.equals(Set.copyOf(way.marks())))
        .ifPresent(_ -> flaw("an abort may take changed servers for untouched: " + gate.name));
  }

  @Override
  void end(Simulation now) {
    for (Gate gate : gates.values()) {
      untouched(gate);
      if (stated(gate, Reopening.Stage.DONE).isPresent()) {
        flaw("an abort opens " + gate.name + ", which the plan leaves closed");
      }
    }
    stated.keySet().stream()
        .filter(name -> !everShut.contains(name))
        .forEach(name -> flaw("an abort opens " + name + ", which nobody has closed"));
  }
}
