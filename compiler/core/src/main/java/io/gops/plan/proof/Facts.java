package io.gops.plan.proof;

import io.gops.deployment.Deployment;
import io.gops.deployment.Group;
import io.gops.deployment.Workload;
import io.gops.directory.ZoneEntry;
import io.gops.fleet.Directory;
import io.gops.fleet.Release;
import io.gops.fleet.Side;
import io.gops.plan.Action;
import io.gops.plan.LoginSteering;
import io.gops.plan.Plan;
import io.gops.plan.PodTemplates;
import io.gops.plan.Simulation;
import io.gops.state.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// A plan and what it is held against.
public final class Facts {
  private static final Pattern ID = Pattern.compile("[0-9]{1,9}");

  private final Plan plan;
  private final Release release;
  private final Deployment deployment;
  private final PodTemplates templates;
  private final LoginSteering steering;
  private final Map<String, Group> groups;
  private final Map<Integer, List<Group>> zones = new HashMap<>();
  private final Map<Integer, Optional<Group>> entrances = new HashMap<>();

  /// @param release what was asked for
  /// @param deployment as it is before the plan
  /// @param templates how pods are spelt
  /// @param steering how logins are sent to a side
  public Facts(
      Plan plan,
      Release release,
      Deployment deployment,
      PodTemplates templates,
      LoginSteering steering) {
    this.plan = plan;
    this.release = release;
    this.deployment = deployment;
    this.templates = templates;
    this.steering = steering;
    this.groups = new HashMap<>(deployment.groups());
    for (Group group : deployment.groups().values()) {
      zones.computeIfAbsent(group.zone().id(), _ -> new ArrayList<>()).add(group);
    }
  }

  Plan plan() {
    return plan;
  }

  Release release() {
    return release;
  }

  Deployment deployment() {
    return deployment;
  }

  PodTemplates templates() {
    return templates;
  }

  LoginSteering steering() {
    return steering;
  }

  /// The groups of a zone.
  List<Group> groupsOf(int zone) {
    return Collections.unmodifiableList(zones.getOrDefault(zone, List.of()));
  }

  /// The group through which clients enter a zone.
  Optional<Group> entrance(int zone) {
    return entrances.computeIfAbsent(
        zone, id -> ZoneEntry.entrance(zones.getOrDefault(id, List.of())));
  }

  /// The zone that a key of a directory is about.
  Optional<Integer> zone(String key) {
    for (Directory directory : deployment.directories().values()) {
      if (key.startsWith(directory.prefix())) {
        String id = key.substring(directory.prefix().length());
        if (ID.matcher(id).matches()) {
          return Optional.of(Integer.valueOf(id));
        }
      }
    }
    return Optional.empty();
  }

  /// The group through which clients enter the zone that a key of a directory is about.
  Optional<Group> entrance(String key) {
    return zone(key).flatMap(id -> entrance((int) id));
  }

  Optional<Group> group(String id) {
    return Optional.ofNullable(groups.get(id));
  }

  /// The workload that a set belongs to.
  Optional<Workload> workload(Action.SetRef set) {
    Optional<Group> group = group(set.group());
    if (group.isPresent()) {
      for (Workload workload : group.get().workloads()) {
        if (workload.side() == set.side()) {
          boolean named =
              workload.name().equals(set.name())
                  && workload.game().namespace().equals(set.namespace());
          return named ? Optional.of(workload) : Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  /// What a set has at a point of the plan.
  static Optional<State.SideState> side(Action.SetRef set, Simulation now) {
    return side(set.group(), set.side(), now);
  }

  static Optional<State.SideState> side(String group, Side side, Simulation now) {
    return now.group(group).map(State.GroupState::sides).map(sides -> sides.get(side));
  }

  static int replicas(Action.SetRef set, Simulation now) {
    return side(set, now).map(State.SideState::replicas).orElse(0);
  }

  /// Whether new logins of its group go to a set.
  static boolean takesLogins(Action.SetRef set, Simulation now) {
    return now.group(set.group()).filter(group -> group.live() == set.side()).isPresent();
  }

  /// Whether any server of a group runs.
  static boolean runs(String group, Simulation now) {
    return now.group(group).stream()
        .flatMap(its -> its.sides().values().stream())
        .anyMatch(side -> side.replicas() > 0);
  }

  /// Whether servers stop as a whole, after their players have left, and not side by side.
  boolean standsStill() {
    return switch (release) {
      case Release.DrainHost _, Release.MergeZones _ -> true;
      case Release.AbSwitch _,
          Release.HotReload _,
          Release.CanaryWaves _,
          Release.OpenZones _,
          Release.Scale _,
          Release.ReplaceHost _ ->
          false;
    };
  }

  /// The hosts of a group's replicas at a point of the plan.
  List<String> hosts(Group group, Simulation now) {
    return now.group(group.id())
        .map(State.GroupState::hosts)
        .filter(hosts -> !hosts.isEmpty())
        .orElseGet(() -> group.placements().stream().map(Group.Placement::primary).toList());
  }

  /// Players who are at most on the servers of a set that are to go; all of its zone when none of
  /// them stays.
  ///
  /// @param staying hosts whose servers go on
  long leaving(Action.SetRef set, List<String> staying, Simulation now) {
    long all = group(set.group()).map(group -> group.zone().body().players()).orElse(0L);
    int servers = replicas(set, now);
    return staying.isEmpty() || servers == 0
        ? all
        : Math.ceilDiv(all * (servers - staying.size()), (long) servers);
  }

  /// The image of each container of a version, by container.
  static SortedMap<String, String> images(Workload workload, String version) {
    SortedMap<String, String> images = new TreeMap<>();
    if (workload.game().versions().containsKey(version)) {
      Workload there = workload.inVersion(version);
      for (String container : there.containerNames()) {
        Optional.ofNullable(there.images().get(container))
            .ifPresent(image -> images.put(container, image.toString()));
      }
    }
    return images;
  }

  /// The set that an action changes.
  static Optional<Action.SetRef> changedSet(Action action) {
    return action instanceof Action.PatchTemplate patch
        ? Optional.of(patch.set())
        : action instanceof Action.Scale scale ? Optional.of(scale.set()) : Optional.empty();
  }

  /// The group that an action is about.
  static Optional<String> groupOf(Action action) {
    return switch (action) {
      case Action.PatchTemplate patch -> Optional.of(patch.set().group());
      case Action.Scale scale -> Optional.of(scale.set().group());
      case Action.SetLogins logins -> Optional.of(logins.group());
      case Action.MoveHome move -> Optional.of(move.group());
      case Action.Dismiss dismiss -> Optional.of(dismiss.set().group());
      case Action.Drain drain -> Optional.of(drain.set().group());
      case Action.Kick kick -> Optional.of(kick.set().group());
      case Action.Reload reload -> Optional.of(reload.set().group());
      case Action.PutEntry _,
          Action.Fence _,
          Action.Cordon _,
          Action.ProgramSwitch _,
          Action.Announce _,
          Action.ByHand _ ->
          Optional.empty();
    };
  }
}
