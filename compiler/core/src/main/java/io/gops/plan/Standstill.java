package io.gops.plan;

import io.gops.deployment.Group;
import io.gops.deployment.Workload;
import io.gops.directory.ZoneEntry;
import io.gops.fleet.Side;
import io.gops.state.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// Stops the servers of groups that players have left, and starts the same ones again.
final class Standstill {
  private static final Duration START_TIMEOUT = Duration.ofMinutes(10);

  private final Scope scope;

  Standstill(Scope scope) {
    this.scope = scope;
  }

  /// Those of the zones that players can enter now. Others are closed already, and stay so.
  List<List<Group>> open(Collection<List<Group>> zones) {
    return zones.stream()
        .filter(groups -> ZoneEntry.entrance(groups).filter(this::runs).isPresent())
        .toList();
  }

  private boolean runs(Group entrance) {
    State.GroupState now = scope.now(entrance);
    return Scope.side(now, now.live()).replicas() > 0;
  }

  /// Adds the step that stops every server of the groups.
  void addStop(Steps steps, List<Group> groups) {
    Duration timeout =
        stopTime(groups.stream().flatMap(group -> group.workloads().stream()).toList());
    List<Task> tasks = new ArrayList<>();
    running(groups, (workload, side) -> tasks.add(scale(workload, side, side.replicas(), 0)));
    steps.add(
        0,
        Step.Kind.STOP,
        "stop",
        "Stop the servers of " + tasks.size() + " sets that players have left",
        tasks,
        timeout,
        Players.NONE,
        new Estimate(Duration.ofSeconds(30), timeout));
  }

  /// How long servers may take to save and stop.
  static Duration stopTime(List<Workload> workloads) {
    return workloads.stream()
        .flatMap(workload -> workload.role().saveWithin().stream())
        .max(Duration::compareTo)
        .orElse(Duration.ofSeconds(30))
        .plusMinutes(2);
  }

  /// Adds the step that starts what the groups ran before.
  void addStart(Steps steps, List<Group> groups) {
    List<Task> tasks = new ArrayList<>();
    running(groups, (workload, side) -> tasks.add(scale(workload, side, 0, side.replicas())));
    steps.add(
        0,
        Step.Kind.START,
        "start",
        "Start the servers of " + tasks.size() + " sets",
        tasks,
        START_TIMEOUT,
        Players.NONE,
        new Estimate(Duration.ofMinutes(1), START_TIMEOUT));
  }

  /// What is done with a side that runs.
  private interface Each {
    void take(Workload workload, State.SideState side);
  }

  private void running(List<Group> groups, Each each) {
    for (Group group : groups) {
      for (Map.Entry<Side, State.SideState> side : scope.now(group).sides().entrySet()) {
        if (side.getValue().replicas() > 0) {
          each.take(Scope.workload(group, side.getKey()), side.getValue());
        }
      }
    }
  }

  private Task scale(Workload workload, State.SideState side, int from, int to) {
    Action.SetRef set = Scope.ref(workload);
    SortedMap<String, String> images = scope.images(workload, side.version());
    return new Task(
        workload.name(),
        new Action.Scale(set, from, to),
        List.of(new Check.Replicas(set, from)),
        List.of(new Check.Pods(set, to, images, false)),
        new Undo.Back(
            List.of(new Action.Scale(set, to, from)),
            List.of(new Check.Pods(set, from, images, false))));
  }
}
