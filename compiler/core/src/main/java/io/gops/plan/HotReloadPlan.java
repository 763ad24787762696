package io.gops.plan;

import io.gops.deployment.Group;
import io.gops.deployment.Workload;
import io.gops.directory.ZoneEntry;
import io.gops.fleet.HotUpdate;
import io.gops.fleet.Ipv4;
import io.gops.fleet.Release;
import io.gops.fleet.Reload;
import io.gops.json.JsonPatch;
import io.gops.state.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Steps of a `hot_reload`: script sidecars are replaced in place, on both sides of a pair, and
/// engines load the new scripts. Pods stay, so nobody is disconnected.
final class HotReloadPlan {
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  /// Time for one pod of a set: the controller replaces the sidecars of one after the other.
  private static final Duration EACH_POD = Duration.ofSeconds(30);

  private static final Duration USUALLY = Duration.ofSeconds(15);

  private final Scope scope;
  private final Release.HotReload release;
  private final SortedMap<Integer, List<Group>> zones;

  HotReloadPlan(Scope scope, Release.HotReload release, SortedMap<Integer, List<Group>> zones) {
    this.scope = scope;
    this.release = release;
    this.zones = zones;
  }

  /// Zones of which a side does not have the version yet.
  SortedMap<Integer, List<Group>> unfinished() {
    SortedMap<Integer, List<Group>> rest = new TreeMap<>();
    zones.forEach(
        (id, groups) -> {
          boolean finished =
              groups.stream()
                  .flatMap(group -> scope.now(group).sides().values().stream())
                  .allMatch(side -> side.version().equals(release.to()));
          if (!finished) {
            rest.put(id, groups);
          }
        });
    return rest;
  }

  /// What of the patch is no replacement of a sidecar's image.
  ///
  /// @param engines containers that would restart with their players
  /// @param others other parts of the pod template, so that pods would be recreated
  record Obstacles(Set<String> engines, Set<String> others) {}

  /// What keeps zones from being updated in place.
  ///
  /// OpenKruise updates a pod in place only if every difference is an image; anything else deletes
  /// the pod, and the policy `InPlaceIfPossible` tells nobody.
  Obstacles obstacles(List<Group> groups) {
    Set<String> engines = new LinkedHashSet<>();
    Set<String> others = new LinkedHashSet<>();
    for (Group group : groups) {
      State.GroupState now = scope.now(group);
      for (Workload workload : group.workloads()) {
        Workload there = workload.inVersion(release.to());
        List<String> allowed = Scope.sidecarImages(there);
        for (JsonPatch.Change change :
            scope.patch(workload, Scope.side(now, workload.side()), there).patch().changes()) {
          if (!allowed.contains(change.path())) {
            Scope.imageOf(workload, change.path())
                .ifPresentOrElse(
                    engines::add, () -> others.add(Scope.part(workload, change.path())));
          }
        }
      }
    }
    return new Obstacles(engines, others);
  }

  /// The steps of all waves. Where both sides of a pair run, the one that takes no logins goes
  /// first, so that one of them is always ready.
  void addSteps(Steps steps, List<Wave> waves) {
    for (Wave wave : waves) {
      Part standby = new Part("-standby", " that stand by", new ArrayList<>(), new ArrayList<>());
      Part rest = new Part("", "", new ArrayList<>(), new ArrayList<>());
      List<Task> entries = new ArrayList<>();
      for (int id : wave.zones()) {
        List<Group> groups = zones.getOrDefault(id, List.of());
        groups.forEach(group -> add(group, standby, rest));
        ZoneEntry.entrance(groups).ifPresent(group -> entries.addAll(entries(group)));
      }
      add(steps, wave, standby);
      add(steps, wave, rest);
      steps.add(
          wave.number(),
          Step.Kind.DIRECTORY,
          "directory",
          "Write the new version of " + zones(wave) + " into the directory",
          entries,
          TIMEOUT,
          Players.NONE,
          Estimate.seconds(2, 10));
      steps.soak(wave.number(), "Watch wave " + wave.number() + " before the next", release.soak());
      if (wave.canary() && wave.number() < waves.size()) {
        steps.approve(wave.number(), "Agree that the canary zones are well");
      }
    }
  }

  /// Sets of a wave that are updated together.
  ///
  /// @param suffix of the names of its steps
  /// @param which tells them from the others, in titles
  private record Part(String suffix, String which, List<Task> updates, List<Task> reloads) {}

  private void add(Steps steps, Wave wave, Part part) {
    Duration pause = longestPause(wave);
    Duration updated = longer(TIMEOUT, EACH_POD.plus(pause).multipliedBy(largestSet(wave)));
    steps.add(
        wave.number(),
        Step.Kind.UPDATE,
        "update" + part.suffix(),
        "Replace the script sidecars of " + zones(wave) + " in place" + part.which(),
        part.updates(),
        updated,
        Players.NONE,
        new Estimate(USUALLY.plus(pause).multipliedBy(largestSet(wave)), updated));
    int reloads = part.reloads().size();
    steps.add(
        wave.number(),
        Step.Kind.RELOAD,
        "reload" + part.suffix(),
        "Tell the engines of " + reloads + " sets" + part.which() + " to load the scripts",
        part.reloads(),
        TIMEOUT,
        Players.NONE,
        Estimate.seconds(2L * reloads, 10L * reloads));
  }

  private static String zones(Wave wave) {
    return wave.zones().size() + " zones";
  }

  /// What clients read of the version of a zone, once its servers have it.
  private List<Task> entries(Group group) {
    State.GroupState now = scope.now(group);
    String version = Scope.side(now, now.live()).version();
    if (version.equals(release.to())) {
      return List.of();
    }
    ZoneEntry entry = ZoneEntry.of(scope.deployment(), group, scope.steering());
    Optional<Ipv4> address =
        ZoneEntry.address(scope.deployment(), group, now.live(), scope.steering());
    return new Gate(scope)
        .tasks(
            group,
            entry.live(now.live(), version, address),
            entry.live(now.live(), release.to(), address));
  }

  /// Pods of the largest set of a wave, at least one.
  private int largestSet(Wave wave) {
    return wave.zones().stream()
        .flatMap(id -> zones.getOrDefault(id, List.of()).stream())
        .flatMap(group -> scope.now(group).sides().values().stream())
        .mapToInt(side -> Math.max(1, side.replicas()))
        .max()
        .orElse(1);
  }

  /// Longest time that the zones of a wave want to pass before and after each change of a pod.
  private Duration longestPause(Wave wave) {
    return wave.zones().stream()
        .flatMap(id -> zones.getOrDefault(id, List.of()).stream())
        .map(group -> group.zone().body().settings(group.role().name()).pace())
        .map(pace -> pace.settle().plus(pace.notice()))
        .reduce(Duration.ZERO, HotReloadPlan::longer);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  private void add(Group group, Part standby, Part rest) {
    State.GroupState now = scope.now(group);
    for (Workload workload : group.workloads()) {
      State.SideState side = Scope.side(now, workload.side());
      if (!side.version().equals(release.to())) {
        boolean standsBy = side.replicas() > 0 && workload.side() != now.live();
        Part part = standsBy ? standby : rest;
        part.updates().add(update(workload, side));
        if (side.replicas() > 0) {
          part.reloads().addAll(reloads(workload));
        }
      }
    }
  }

  private Task update(Workload workload, State.SideState side) {
    Action.PatchTemplate patch = scope.patch(workload, side, workload.inVersion(release.to()));
    boolean same = side.replicas() > 0;
    return new Task(
        workload.name(),
        patch,
        List.of(
            new Check.Stored(patch.set(), patch.patch()),
            // A pod that is not ready uses up maxUnavailable and nothing would be updated.
            new Check.Pods(
                patch.set(), side.replicas(), scope.images(workload, side.version()), false)),
        List.of(
            new Check.Stored(patch.set(), patch.patch().reverse()),
            new Check.Pods(
                patch.set(), side.replicas(), scope.images(workload, release.to()), same)),
        new Undo.Back(
            List.of(
                new Action.PatchTemplate(
                    patch.set(),
                    patch.toVersion(),
                    patch.fromVersion(),
                    patch.toTemplate(),
                    patch.fromTemplate(),
                    patch.patch().reverse())),
            List.of(
                new Check.Pods(
                    patch.set(), side.replicas(), scope.images(workload, side.version()), same))));
  }

  /// What is run from outside: the command that reloads, or the one that tells whether the engine
  /// has. With the other ways the sidecar tells the engine before it counts as started, so the pod
  /// is ready only when that worked.
  private static List<Task> reloads(Workload workload) {
    List<Task> tasks = new ArrayList<>();
    Action.SetRef set = Scope.ref(workload);
    for (HotUpdate update : workload.role().hotUpdates()) {
      List<String> command = commandOf(update.reload());
      if (!command.isEmpty()) {
        String container = update.reload().container();
        tasks.add(
            new Task(
                workload.name() + "/" + update.name(),
                new Action.Reload(set, container, command),
                List.of(),
                List.of(new Check.Confirmed(set, container, command)),
                new Undo.Back(
                    List.of(new Action.Reload(set, container, command)),
                    List.of(new Check.Confirmed(set, container, command)))));
      }
    }
    return tasks;
  }

  private static List<String> commandOf(Reload reload) {
    return switch (reload) {
      case Reload.Exec exec -> exec.command();
      case Reload.Inotify inotify -> inotify.confirm();
      case Reload.Http _, Reload.Signal _ -> List.of();
    };
  }

  /// What the operator has to look at, because nothing confirms it.
  List<String> notes() {
    return zones.values().stream()
        .flatMap(List::stream)
        .flatMap(group -> group.role().hotUpdates().stream())
        .map(HotUpdate::reload)
        .filter(reload -> reload instanceof Reload.Inotify && commandOf(reload).isEmpty())
        .map(Reload::container)
        .distinct()
        .sorted()
        .map(
            container ->
                container
                    + " watches its folder, and nothing confirms that it has loaded the files:"
                    + " look after each wave, or write confirm under reload inotify")
        .toList();
  }
}
