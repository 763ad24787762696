package io.gops.plan;

import io.gops.deployment.Group;
import io.gops.deployment.Workload;
import io.gops.fleet.Release;
import io.gops.fleet.Side;
import io.gops.state.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Steps of a `canary_waves`: zones that have one side close their gate, players leave, servers are
/// replaced by ones of the new version, and the gate opens again; the least important zones first.
final class CanaryWavesPlan {
  /// Time for one pod: the controller replaces one after the other.
  private static final Duration EACH_POD = Duration.ofMinutes(2);

  private static final Duration USUALLY = Duration.ofSeconds(45);
  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  private final Scope scope;
  private final Release.CanaryWaves release;
  private final SortedMap<Integer, List<Group>> zones;
  private final Gate gate;
  private final Emptying emptying;

  CanaryWavesPlan(Scope scope, Release.CanaryWaves release, SortedMap<Integer, List<Group>> zones) {
    this.scope = scope;
    this.release = release;
    this.zones = zones;
    this.gate = new Gate(scope);
    this.emptying = new Emptying(scope, release.drain());
  }

  /// Zones that do not have the version yet.
  SortedMap<Integer, List<Group>> unfinished() {
    SortedMap<Integer, List<Group>> rest = new TreeMap<>();
    zones.forEach(
        (id, groups) -> {
          if (!groups.stream().allMatch(this::isFinished)) {
            rest.put(id, groups);
          }
        });
    return rest;
  }

  private boolean isFinished(Group group) {
    return side(group).version().equals(release.to());
  }

  private State.SideState side(Group group) {
    return Scope.side(scope.now(group), Side.A);
  }

  /// The steps of all waves.
  void addSteps(Steps steps, List<Wave> waves) {
    for (Wave wave : waves) {
      List<List<Group>> its =
          wave.zones().stream().map(id -> zones.getOrDefault(id, List.of())).toList();
      List<Group> changing =
          its.stream().flatMap(List::stream).filter(group -> !isFinished(group)).toList();
      String some = its.size() == 1 ? "1 zone" : its.size() + " zones";
      gate.addClosing(steps, wave.number(), some, its);
      emptying.addStepsOf(steps, wave.number(), changing);
      replace(steps, wave, changing, some);
      // The entry says the new version as soon as somebody is let in.
      gate.addOpening(
          steps,
          wave.number(),
          some,
          its,
          release.practice(),
          Gate::closed,
          now -> Gate.opened(now.live(now.side(), release.to(), now.address())));
      steps.soak(wave.number(), "Watch wave " + wave.number() + " before the next", release.soak());
      if (wave.canary() && wave.number() < waves.size()) {
        steps.approve(wave.number(), "Agree that the canary zones are well");
      }
    }
  }

  private void replace(Steps steps, Wave wave, List<Group> changing, String some) {
    List<Task> tasks = new ArrayList<>();
    changing.forEach(group -> tasks.add(replace(group)));
    int largest = changing.stream().mapToInt(group -> side(group).replicas()).max().orElse(1);
    Duration longest = EACH_POD.multipliedBy(Math.max(1, largest)).plus(longestSave(changing));
    Duration timeout = longest.compareTo(TIMEOUT) < 0 ? TIMEOUT : longest;
    steps.add(
        wave.number(),
        Step.Kind.REPLACE,
        "replace",
        "Replace the servers of " + some + " by ones of version " + release.to(),
        tasks,
        timeout,
        Players.NONE,
        new Estimate(USUALLY.multipliedBy(Math.max(1, largest)), timeout));
  }

  private static Duration longestSave(List<Group> groups) {
    return groups.stream()
        .flatMap(group -> group.role().saveWithin().stream())
        .reduce(Duration.ZERO, (one, other) -> one.compareTo(other) < 0 ? other : one);
  }

  private Task replace(Group group) {
    Workload workload = group.a();
    State.SideState now = side(group);
    Action.PatchTemplate patch = scope.patch(workload, now, scope.anew(workload, release.to()));
    Action.PatchTemplate back =
        new Action.PatchTemplate(
            patch.set(),
            patch.toVersion(),
            patch.fromVersion(),
            patch.toTemplate(),
            patch.fromTemplate(),
            patch.patch().reverse());
    return new Task(
        workload.name(),
        patch,
        List.of(new Check.Stored(patch.set(), patch.patch())),
        List.of(
            new Check.Stored(patch.set(), patch.patch().reverse()),
            pods(workload, patch.set(), now, release.to())),
        new Undo.Back(List.of(back), List.of(pods(workload, patch.set(), now, now.version()))));
  }

  private Check.Pods pods(
      Workload workload, Action.SetRef set, State.SideState now, String version) {
    return new Check.Pods(set, now.replicas(), scope.images(workload, version), false);
  }

  /// What the operator should know beforehand.
  List<String> notes() {
    return zones.values().stream()
        .map(groups -> groups.getFirst().zone().body().game())
        .distinct()
        .sorted()
        .filter(game -> !gate.stands(game))
        .map(
            game ->
                game
                    + " has no directory, so no gate closes: players can log in until their server"
                    + " is replaced")
        .toList();
  }
}
