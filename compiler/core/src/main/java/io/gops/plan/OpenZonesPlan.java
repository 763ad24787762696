package io.gops.plan;

import io.gops.deployment.Group;
import io.gops.deployment.Workload;
import io.gops.fleet.Release;
import io.gops.state.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Steps of an `open_zones`: the objects of new zones are there without servers; servers start,
/// somebody tries them, and the gate opens.
final class OpenZonesPlan {
  private static final Duration START_TIMEOUT = Duration.ofMinutes(10);

  private final Scope scope;
  private final Release.OpenZones release;
  private final Gate gate;

  OpenZonesPlan(Scope scope, Release.OpenZones release) {
    this.scope = scope;
    this.release = release;
    this.gate = new Gate(scope);
  }

  /// The zones of the release whose servers nothing has started yet.
  SortedMap<Integer, List<Group>> unopened() {
    SortedMap<Integer, List<Group>> zones = new TreeMap<>();
    scope
        .allZones(release.zoneSets())
        .forEach(
            (id, groups) -> {
              if (groups.stream().anyMatch(group -> !started(group).isEmpty())) {
                zones.put(id, groups);
              }
            });
    return zones;
  }

  /// The sides of a group that are to run and do not.
  private List<Workload> started(Group group) {
    State.GroupState now = scope.now(group);
    return group.workloads().stream()
        .filter(workload -> group.isWarm() || workload.side() == now.live())
        .filter(workload -> Scope.side(now, workload.side()).replicas() == 0)
        .toList();
  }

  /// The steps.
  void addSteps(Steps steps, SortedMap<Integer, List<Group>> zones) {
    List<Workload> sets =
        zones.values().stream()
            .flatMap(List::stream)
            .flatMap(group -> started(group).stream())
            .toList();
    String some = zones.size() == 1 ? "1 zone" : zones.size() + " zones";
    Preparation.add(
        steps,
        "which have zones " + PlanWords.zones(List.copyOf(zones.keySet())) + " without servers");
    start(steps, sets, some);
    gate.addOpening(steps, 0, some, zones.values(), release.practice(), Gate::closed, Gate::opened);
    steps.soak(0, "Watch the new zones", release.soak());
  }

  private void start(Steps steps, List<Workload> sets, String some) {
    List<Task> tasks = new ArrayList<>();
    sets.forEach(workload -> tasks.add(start(workload)));
    steps.add(
        0,
        Step.Kind.START,
        "start",
        "Start the servers of " + some,
        tasks,
        START_TIMEOUT,
        Players.NONE,
        new Estimate(Duration.ofMinutes(1), START_TIMEOUT));
  }

  private Task start(Workload workload) {
    Action.SetRef set = Scope.ref(workload);
    String version = Scope.side(scope.now(workload.group()), workload.side()).version();
    int wanted = workload.zone().body().firstServers(workload.role());
    SortedMap<String, String> images = scope.images(workload, version);
    return new Task(
        workload.name(),
        new Action.Scale(set, 0, wanted),
        List.of(new Check.Replicas(set, 0)),
        List.of(new Check.Pods(set, wanted, images, false)),
        new Undo.Back(
            List.of(new Action.Scale(set, wanted, 0)),
            List.of(new Check.Pods(set, 0, images, false))));
  }

  /// What the operator should know beforehand.
  List<String> notes(SortedMap<Integer, List<Group>> zones) {
    return zones.values().stream()
        .map(groups -> groups.getFirst().zone().body().game())
        .distinct()
        .sorted()
        .filter(game -> !gate.stands(game))
        .map(game -> game + " has no directory: whoever knows the address of a zone can log in")
        .toList();
  }
}
