package io.gops.plan;

import io.gops.deployment.Group;
import io.gops.fleet.Release;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Steps of a `merge_zones`: all zones close and stand still while people bring their data
/// together; then the one that goes on opens. The others stay closed and stopped, to be taken out
/// of the source.
final class MergeZonesPlan {
  private final Scope scope;
  private final Release.MergeZones release;

  MergeZonesPlan(Scope scope, Release.MergeZones release) {
    this.scope = scope;
    this.release = release;
  }

  /// The groups of all zones of the merge, by zone.
  SortedMap<Integer, List<Group>> zones() {
    SortedMap<Integer, List<Group>> zones = new TreeMap<>();
    for (Group group : scope.deployment().groups().values()) {
      int id = group.zone().id();
      if (id == release.into() || release.zones().contains(id)) {
        zones.computeIfAbsent(id, _ -> new ArrayList<>()).add(group);
      }
    }
    return zones;
  }

  /// Numbers that are no zones of the game of the zone that goes on, or that zone itself.
  SortedSet<Integer> strangers(SortedMap<Integer, List<Group>> zones) {
    SortedSet<Integer> strangers = new TreeSet<>();
    Optional<String> game = game(zones, release.into());
    for (int id : release.zones()) {
      if (id == release.into() || game.isEmpty() || !game.equals(game(zones, id))) {
        strangers.add(id);
      }
    }
    if (game.isEmpty()) {
      strangers.add(release.into());
    }
    return strangers;
  }

  private static Optional<String> game(SortedMap<Integer, List<Group>> zones, int id) {
    return zones.getOrDefault(id, List.of()).stream()
        .map(group -> group.zone().body().game())
        .findFirst();
  }

  /// Zones that are to end and still run.
  boolean isDone(SortedMap<Integer, List<Group>> zones) {
    return release.zones().stream()
        .flatMap(id -> zones.getOrDefault(id, List.of()).stream())
        .flatMap(group -> scope.now(group).sides().values().stream())
        .allMatch(side -> side.replicas() == 0);
  }

  /// The steps.
  void addSteps(Steps steps, SortedMap<Integer, List<Group>> zones) {
    List<Group> groups = zones.values().stream().flatMap(List::stream).toList();
    List<Group> survivor = zones.getOrDefault(release.into(), List.of());
    Gate gate = new Gate(scope);
    Standstill standstill = new Standstill(scope);
    byHand(steps, MergeDeed.SCHEMA);
    gate.addClosing(steps, 0, zones.size() + " zones", standstill.open(zones.values()));
    new Emptying(scope, release.drain()).addStepsOf(steps, 0, groups);
    standstill.addStop(steps, groups);
    byHand(steps, MergeDeed.BACKUP);
    byHand(steps, MergeDeed.CONFLICTS);
    byHand(steps, MergeDeed.TRIAL);
    steps.approve(0, "Agree to the import, which cannot be taken back");
    byHand(steps, MergeDeed.IMPORT);
    standstill.addStart(steps, survivor);
    gate.addOpening(
        steps,
        0,
        "zone " + release.into(),
        standstill.open(List.of(survivor)),
        release.practice(),
        Gate::closed,
        Gate::opened);
  }

  private void byHand(Steps steps, MergeDeed deed) {
    Action.ByHand action = deed.action(release.into());
    steps.byHand(
        0,
        Step.Kind.MANUAL,
        deed.step(),
        "By hand: " + action.what(),
        new Task("people", action, List.of(), List.of(), deed.undo(release.into())),
        Optional.empty(),
        Optional.empty(),
        Duration.ZERO,
        deed.takes());
  }

  /// What the operator should know beforehand.
  List<String> notes() {
    return List.of(
        "zones "
            + PlanWords.zones(List.copyOf(release.zones()))
            + " stay closed and stopped: when the release is finished, take them out of the source");
  }
}
