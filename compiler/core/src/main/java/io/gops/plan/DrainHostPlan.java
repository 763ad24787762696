package io.gops.plan;

import io.gops.deployment.Group;
import io.gops.directory.ZoneEntry;
import io.gops.fleet.Host;
import io.gops.fleet.Release;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Steps of a `drain_host` and a `host_upgrade`: the host takes no new servers, players leave its
/// zones, servers stop, and start again at the hosts that have room for them.
///
/// A pair stays together by the rules of its pods, so its sides cannot be on two hosts at once:
/// there is no way for players to change sides instead of logging out.
final class DrainHostPlan {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final Scope scope;
  private final Release.DrainHost release;
  private final Relocation relocation;
  private final Gate gate;

  DrainHostPlan(Scope scope, Release.DrainHost release) {
    this.scope = scope;
    this.release = release;
    this.relocation = new Relocation(scope, release.host());
    this.gate = new Gate(scope);
  }

  /// All groups of the zones that have one on the host, by zone: a zone closes as a whole.
  SortedMap<Integer, List<Group>> zones() {
    SortedMap<Integer, List<Group>> here = relocation.groups();
    SortedMap<Integer, List<Group>> zones = new TreeMap<>();
    for (Group group : scope.deployment().groups().values()) {
      int zone = group.zone().id();
      if (here.containsKey(zone)) {
        zones.computeIfAbsent(zone, _ -> new ArrayList<>()).add(group);
      }
    }
    return zones;
  }

  /// Groups that run on the host.
  private List<Group> groups() {
    return relocation.groups().values().stream().flatMap(List::stream).toList();
  }

  /// Ids of the groups for which no other host has room.
  List<String> homeless() {
    return groups().stream()
        .filter(group -> relocation.refuge(group).isEmpty())
        .map(Group::id)
        .toList();
  }

  /// The steps.
  void addSteps(Steps steps, SortedMap<Integer, List<Group>> zones) {
    List<Group> groups = groups();
    Standstill standstill = new Standstill(scope);
    List<List<Group>> open = standstill.open(zones.values());
    String some = open.size() == 1 ? "1 zone" : open.size() + " zones";
    host(steps, "mark", "Let no new servers start on " + release.host(), true);
    gate.addClosing(steps, 0, some, open);
    new Emptying(scope, release.drain()).addStepsOf(steps, 0, groups);
    standstill.addStop(steps, groups);
    relocation.addNetwork(steps, groups, true);
    relocate(steps, groups);
    standstill.addStart(steps, groups);
    gate.addOpening(
        steps,
        0,
        some,
        open,
        release.practice(),
        Gate::closed,
        now -> Gate.opened(moved(now, zones)));
    release.upgrade().ifPresent(upgrade -> upgrade(steps, upgrade));
  }

  private void host(Steps steps, String name, String title, boolean shut) {
    Task task =
        new Task(
            release.host(),
            new Action.Cordon(release.host(), shut),
            List.of(),
            List.of(new Check.Cordoned(release.host(), shut)),
            new Undo.Back(
                List.of(new Action.Cordon(release.host(), !shut)),
                List.of(new Check.Cordoned(release.host(), !shut))));
    steps.add(
        0,
        Step.Kind.HOST,
        name,
        title,
        List.of(task),
        TIMEOUT,
        Players.NONE,
        Estimate.seconds(1, 10));
  }

  private void relocate(Steps steps, List<Group> groups) {
    List<Task> tasks = new ArrayList<>();
    groups.forEach(group -> tasks.add(relocate(group)));
    steps.add(
        0,
        Step.Kind.RELOCATE,
        "relocate",
        "Give " + tasks.size() + " stopped groups another home",
        tasks,
        TIMEOUT,
        Players.NONE,
        Estimate.seconds(tasks.size(), 5L * tasks.size()));
  }

  private Task relocate(Group group) {
    Action.MoveHome move = relocation.move(group);
    List<Check> stopped = new ArrayList<>();
    group.workloads().forEach(w -> stopped.add(new Check.Replicas(Scope.ref(w), 0)));
    Action.MoveHome back =
        new Action.MoveHome(
            group.id(),
            move.label(),
            move.to(),
            move.from(),
            move.after(),
            scope.now(group).hosts());
    return new Task(
        group.id(),
        move,
        stopped,
        List.of(new Check.Home(move.to(), move.label(), "primary")),
        new Undo.Back(
            List.of(back), List.of(new Check.Home(move.from(), move.label(), "primary"))));
  }

  private ZoneEntry moved(ZoneEntry now, SortedMap<Integer, List<Group>> zones) {
    Optional<Group> entrance = ZoneEntry.entrance(zones.getOrDefault(now.id(), List.of()));
    return entrance
        .filter(group -> relocation.refuge(group).isPresent())
        .map(group -> now.live(now.side(), now.version(), relocation.address(group, now)))
        .orElse(now);
  }

  private void upgrade(Steps steps, Release.Upgrade upgrade) {
    steps.byHand(
        0,
        Step.Kind.MANUAL,
        "upgrade",
        "By hand, on " + release.host() + ", which is empty: " + upgrade.work(),
        new Task(
            "people",
            new Action.ByHand(upgrade.work(), upgrade.evidence()),
            List.of(),
            List.of(),
            new Undo.Nothing()),
        upgrade.by(),
        Optional.empty(),
        Duration.ZERO,
        upgrade.takes());
    host(steps, "return", "Let servers start on " + release.host() + " again", false);
  }

  /// What the operator should know beforehand.
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (Group group : groups()) {
      notes.add(
          group.id()
              + " moves from "
              + release.host()
              + " to "
              + relocation.refuge(group).orElseThrow());
    }
    Host host = scope.deployment().hosts().get(release.host());
    if (release.upgrade().isEmpty() && host != null && host.state() == Host.State.ACTIVE) {
      notes.add(
          "write state = draining for "
              + release.host()
              + ", or the next compile may give it new groups");
    }
    return notes;
  }
}
