package io.gops.plan;

import io.gops.deployment.Group;
import io.gops.deployment.Workload;
import io.gops.directory.ZoneEntry;
import io.gops.fleet.Release;
import io.gops.fleet.Side;
import io.gops.state.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/// Steps of a `replace_host`: idle sides of its pairs are stopped, the lost machine is fenced, its
/// groups come up at their failover hosts under their old addresses, and the directory follows.
final class ReplaceHostPlan {
  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  private final Scope scope;
  private final Release.ReplaceHost release;
  private final Relocation relocation;

  ReplaceHostPlan(Scope scope, Release.ReplaceHost release) {
    this.scope = scope;
    this.release = release;
    this.relocation = new Relocation(scope, release.host());
  }

  /// Groups that run on the lost host, by zone.
  SortedMap<Integer, List<Group>> stranded() {
    return relocation.groups();
  }

  /// Where the replica of a group that ran on the lost host goes: where the capacity proof has
  /// found room for it, without which there is no plan.
  String refuge(Group group) {
    return relocation.refuge(group).orElseThrow();
  }

  /// The steps.
  void addSteps(Steps steps, SortedMap<Integer, List<Group>> zones) {
    List<Group> groups = zones.values().stream().flatMap(List::stream).toList();
    steps.approve(0, "Confirm that " + release.host() + " is switched off and stays off");
    stopIdle(steps, groups);
    fence(steps);
    directory(steps, zones, "close", ZoneEntry.Status.OPEN, ZoneEntry.Status.MAINTENANCE);
    relocation.addNetwork(steps, groups, false);
    move(steps, groups);
    directory(steps, zones, "open", ZoneEntry.Status.MAINTENANCE, ZoneEntry.Status.OPEN);
  }

  /// A pair that was moving when its host was lost would come back with both sides; there is room
  /// for the one that takes logins. Its pods cannot end before the host is fenced.
  private void stopIdle(Steps steps, List<Group> groups) {
    List<Task> tasks = new ArrayList<>();
    for (Group group : groups) {
      State.GroupState now = scope.now(group);
      Side idle = now.live().other();
      int running = now.sides().containsKey(idle) ? Scope.side(now, idle).replicas() : 0;
      if (running > 0 && !comesBack(group, idle)) {
        Workload workload = Scope.workload(group, idle);
        Action.SetRef set = Scope.ref(workload);
        tasks.add(
            new Task(
                workload.name(),
                new Action.Scale(set, running, 0),
                List.of(new Check.Replicas(set, running)),
                List.of(new Check.Replicas(set, 0)),
                new Undo.Back(
                    List.of(new Action.Scale(set, 0, running)),
                    List.of(new Check.Replicas(set, running)))));
      }
    }
    steps.add(
        0,
        Step.Kind.STOP,
        "stop-idle",
        "Stop the sides of " + tasks.size() + " moving pairs that take no logins",
        tasks,
        TIMEOUT,
        Players.NONE,
        Estimate.seconds(2, 30));
  }

  /// Whether a side starts at the failover host, too, if it runs now.
  private boolean comesBack(Group group, Side side) {
    return group.isWarm() || side == scope.now(group).live();
  }

  private void fence(Steps steps) {
    Task task =
        new Task(
            release.host(),
            new Action.Fence(release.host()),
            List.of(),
            List.of(new Check.Fenced(release.host())),
            new Undo.PointOfNoReturn("the pods of a fenced node are deleted"));
    steps.add(
        0,
        Step.Kind.FENCE,
        "fence",
        "Declare " + release.host() + " dead, so that its pods may start elsewhere",
        List.of(task),
        TIMEOUT,
        Players.NONE,
        Estimate.seconds(15, 60));
  }

  private void directory(
      Steps steps,
      SortedMap<Integer, List<Group>> zones,
      String name,
      ZoneEntry.Status from,
      ZoneEntry.Status to) {
    List<Task> tasks = new ArrayList<>();
    boolean moved = to == ZoneEntry.Status.OPEN;
    zones.forEach(
        (_, groups) ->
            ZoneEntry.entrance(groups)
                .ifPresent(group -> tasks.addAll(entries(group, moved, from, to))));
    steps.add(
        0,
        Step.Kind.DIRECTORY,
        name,
        (moved ? "Open " : "Close ") + zones.size() + " zones in the directory",
        tasks,
        TIMEOUT,
        Players.NONE,
        Estimate.seconds(2, 10));
  }

  private List<Task> entries(
      Group group, boolean moved, ZoneEntry.Status from, ZoneEntry.Status to) {
    ZoneEntry there = ZoneEntry.of(scope.deployment(), group, scope.steering());
    State.GroupState now = scope.now(group);
    ZoneEntry before =
        there.live(now.live(), Scope.side(now, now.live()).version(), there.address()).with(from);
    ZoneEntry after =
        before
            .live(
                now.live(),
                before.version(),
                moved ? relocation.address(group, there) : there.address())
            .with(to);
    return new Gate(scope).tasks(group, before, after);
  }

  private void move(Steps steps, List<Group> groups) {
    List<Task> tasks = new ArrayList<>();
    for (Group group : groups) {
      tasks.add(move(group, refuge(group)));
    }
    steps.add(
        0,
        Step.Kind.MOVE,
        "move",
        "Start " + tasks.size() + " groups at their new hosts",
        tasks,
        TIMEOUT,
        Players.NONE,
        new Estimate(Duration.ofMinutes(1), TIMEOUT));
  }

  private Task move(Group group, String host) {
    Action.MoveHome move = relocation.move(group);
    State.GroupState now = scope.now(group);
    List<Check> arrived = new ArrayList<>();
    arrived.add(new Check.Home(host, move.label(), "primary"));
    for (Workload workload : group.workloads()) {
      State.SideState side = Scope.side(now, workload.side());
      if (side.replicas() > 0 && comesBack(group, workload.side())) {
        Action.SetRef set = Scope.ref(workload);
        arrived.add(
            new Check.Pods(set, side.replicas(), scope.images(workload, side.version()), false));
        arrived.add(new Check.RunsOn(set, host));
      }
    }
    return new Task(
        group.id(),
        move,
        List.of(new Check.Fenced(release.host())),
        arrived,
        new Undo.PointOfNoReturn("the group has no other host than " + host));
  }
}
