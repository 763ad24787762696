package io.gops.rehearsal;

import io.gops.deployment.Group;
import io.gops.fleet.Side;
import io.gops.plan.Action;
import io.gops.plan.Check;
import io.gops.plan.Plan;
import io.gops.plan.Simulation;
import io.gops.state.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The objects and pods that a plan changes, kept as the controllers keep them.
///
/// Pods follow their set's rules and not the plan's wishes: OpenKruise replaces them one at a time,
/// from the highest number down, and replaces none while one is not ready; a pod on a host that is
/// down neither becomes ready nor goes away before the host is fenced.
final class ModelCluster {
  private static final Pattern IMAGE = Pattern.compile(".*/spec/containers/[0-9]+/image");

  private final Simulation objects;
  private final Function<String, List<Group.Placement>> homes;
  private final Map<SideKey, List<Pod>> pods = new HashMap<>();
  private final Map<SideKey, Boolean> inPlace = new HashMap<>();
  private final Set<String> down = new HashSet<>();
  private final Set<String> dead = new HashSet<>();
  private long made;

  /// @param homes where the replicas of a group may run
  ModelCluster(Plan plan, Function<String, List<Group.Placement>> homes) {
    this.objects = new Simulation(plan.from());
    this.homes = homes;
    plan.steps().stream()
        .flatMap(step -> step.tasks().stream())
        .flatMap(task -> fenced(task.action()).stream())
        .forEach(dead::add);
    down.addAll(dead);
    plan.from()
        .groups()
        .forEach((id, group) -> group.sides().keySet().forEach(s -> settle(new SideKey(id, s))));
  }

  private static Optional<String> fenced(Action action) {
    return action instanceof Action.Fence(String node) ? Optional.of(node) : Optional.empty();
  }

  /// One set.
  record SideKey(String group, Side side) {
    static SideKey of(Action.SetRef set) {
      return new SideKey(set.group(), set.side());
    }
  }

  /// One server of a set.
  private static final class Pod {
    final String host;
    long id;
    String template;

    Pod(long id, String template, String host) {
      this.id = id;
      this.template = template;
      this.host = host;
    }
  }

  /// The groups as the API server stores them.
  SortedMap<String, State.GroupState> groups() {
    return objects.groups();
  }

  /// What the directory says under a key; absent while nobody has written it.
  Optional<String> entry(String key) {
    return Optional.ofNullable(objects.entries().get(key));
  }

  /// A host stops; its pods are not ready any more.
  void lose(String host) {
    down.add(host);
  }

  /// Every host that was lost on the way comes back, and controllers catch up. Those that the plan
  /// fences stay lost.
  void repair() {
    down.retainAll(dead);
    pods.keySet().forEach(this::settle);
  }

  /// Whether pods wait for a host that is lost and not fenced.
  boolean hasLostHosts() {
    return !objects.fenced().containsAll(down);
  }

  /// The host of a group's first replica.
  String hostOf(String group) {
    List<String> hosts = hosts(group);
    return hosts.isEmpty() ? "" : hosts.getFirst();
  }

  private List<String> hosts(String group) {
    List<String> moved = objects.group(group).map(State.GroupState::hosts).orElse(List.of());
    return moved.isEmpty()
        ? homes.apply(group).stream().map(Group.Placement::primary).toList()
        : moved;
  }

  /// Where a pod may start that has this home: there, or at the failover host once it is fenced.
  private Optional<String> refuge(String group, String home) {
    return objects.fenced().contains(home)
        ? homes.apply(group).stream()
            .filter(placement -> placement.primary().equals(home))
            .flatMap(placement -> placement.failover().stream())
            .findFirst()
        : Optional.of(home);
  }

  /// Changes what is stored. Pods follow with [#settle].
  ///
  /// @return why the API server refuses
  Optional<String> store(Action action) {
    if (action instanceof Action.SetLogins logins && isOutOfReach(logins)) {
      return Optional.of("a switch of " + logins.group() + " is out of reach");
    }
    if (action instanceof Action.PatchTemplate patch) {
      inPlace.put(
          SideKey.of(patch.set()),
          patch.patch().changes().stream().allMatch(c -> IMAGE.matcher(c.path()).matches()));
    }
    return objects.apply(action);
  }

  private boolean isOutOfReach(Action.SetLogins logins) {
    return logins.openflowGroup().stream()
        .flatMap(group -> group.carriers().stream())
        .anyMatch(host -> down.contains(host) && !objects.fenced().contains(host));
  }

  /// Whether what an action stores is stored, whoever did it.
  boolean isStored(Action action) {
    return switch (action) {
      case Action.PatchTemplate patch ->
          side(SideKey.of(patch.set()))
              .filter(s -> s.template().equals(patch.toTemplate()))
              .filter(s -> s.version().equals(patch.toVersion()))
              .isPresent();
      case Action.Scale scale ->
          side(SideKey.of(scale.set())).filter(s -> s.replicas() == scale.to()).isPresent();
      case Action.SetLogins logins ->
          objects.group(logins.group()).filter(g -> g.live() == logins.to()).isPresent();
      case Action.PutEntry entry -> entry.to().equals(objects.entries().get(entry.key()));
      case Action.MoveHome move ->
          objects.group(move.group()).filter(g -> g.hosts().equals(move.after())).isPresent();
      case Action.Fence(String node) -> objects.fenced().contains(node);
      case Action.Cordon(String node, boolean shut) -> objects.shut().contains(node) == shut;
      case Action.Dismiss dismiss -> holds(Check.Dismissed.by(dismiss), null);
      case Action.ProgramSwitch _,
          Action.Drain _,
          Action.Kick _,
          Action.Reload _,
          Action.Announce _,
          Action.ByHand _ ->
          false;
    };
  }

  /// Controllers bring the pods of an action's sets to what is stored.
  void settle(Action action) {
    switch (action) {
      case Action.PatchTemplate patch -> settle(SideKey.of(patch.set()));
      case Action.Scale scale -> settle(SideKey.of(scale.set()));
      case Action.Fence _ -> pods.keySet().forEach(this::settle);
      case Action.MoveHome move -> {
        for (Side side : Side.values()) {
          settle(new SideKey(move.group(), side));
        }
      }
      case Action.SetLogins _,
          Action.PutEntry _,
          Action.Cordon _,
          Action.Dismiss _,
          Action.ProgramSwitch _,
          Action.Drain _,
          Action.Kick _,
          Action.Reload _,
          Action.Announce _,
          Action.ByHand _ -> {}
    }
  }

  private void settle(SideKey key) {
    Optional<State.SideState> wanted = side(key);
    if (wanted.isPresent()) {
      List<Pod> list = pods.computeIfAbsent(key, _ -> new ArrayList<>());
      list.removeIf(pod -> objects.fenced().contains(pod.host));
      scale(key, list, wanted.get());
      replace(key, list, wanted.get().template());
    }
  }

  private void scale(SideKey key, List<Pod> list, State.SideState wanted) {
    for (int i = list.size() - 1; i >= wanted.replicas(); i--) {
      if (!isDown(list.get(i))) {
        list.remove(i);
      }
    }
    List<String> hosts = hosts(key.group());
    while (list.size() < wanted.replicas()) {
      String home = hosts.isEmpty() ? "" : hosts.get(list.size() % hosts.size());
      Optional<String> host = refuge(key.group(), home);
      if (host.isEmpty()) {
        return;
      }
      list.add(new Pod(made++, wanted.template(), host.get()));
    }
  }

  private void replace(SideKey key, List<Pod> list, String template) {
    for (int i = list.size() - 1; i >= 0 && list.stream().noneMatch(this::isDown); i--) {
      Pod pod = list.get(i);
      if (!pod.template.equals(template)) {
        pod.template = template;
        if (!inPlace.getOrDefault(key, false)) {
          pod.id = made++;
        }
      }
    }
  }

  private boolean isDown(Pod pod) {
    return down.contains(pod.host);
  }

  /// Whether something can be seen in the cluster.
  ///
  /// @param before pods that an action found, for checks that they are still the same
  boolean holds(Check check, @Nullable List<Long> before) {
    return switch (check) {
      case Check.Replicas(Action.SetRef set, int count) ->
          side(SideKey.of(set)).filter(s -> s.replicas() == count).isPresent();
      case Check.Pods pods -> {
        SideKey key = SideKey.of(pods.set());
        yield isSettled(key)
            && ids(key).size() == pods.count()
            && (!pods.same() || before == null || before.equals(ids(key)));
      }
      case Check.RunsOn(Action.SetRef set, String host) ->
          list(SideKey.of(set)).stream().anyMatch(pod -> pod.host.equals(host));
      case Check.LoginsAt(String group, Side side) ->
          objects.group(group).filter(g -> g.live() == side).isPresent();
      case Check.Entry(String _, String key, String value) ->
          value.equals(objects.entries().get(key));
      case Check.Fenced(String node) -> objects.fenced().contains(node);
      case Check.Cordoned(String node, boolean shut) -> objects.shut().contains(node) == shut;
      case Check.Dismissed dismissed ->
          dismissed.leaving()
              ? objects
                  .dismissed(dismissed.set())
                  .map(Check.Dismissed::by)
                  .equals(Optional.of(dismissed))
              : objects.dismissed(dismissed.set()).isEmpty();
      // What is stored is looked at with the action; players and engines are the operator's luck.
      case Check.Stored _, Check.Home _, Check.PlayersAtMost _, Check.Confirmed _ -> true;
    };
  }

  /// The pods of a set, by what cannot be given to another one.
  List<Long> ids(SideKey key) {
    return list(key).stream().map(pod -> pod.id).sorted(Comparator.naturalOrder()).toList();
  }

  /// Whether a set has exactly the pods that it asks for, all ready and none older.
  boolean isSettled(SideKey key) {
    Optional<State.SideState> wanted = side(key);
    return wanted.isEmpty()
        || (list(key).size() == wanted.get().replicas()
            && list(key).stream().noneMatch(this::isDown)
            && list(key).stream().allMatch(p -> p.template.equals(wanted.get().template())));
  }

  private List<Pod> list(SideKey key) {
    return pods.getOrDefault(key, List.of());
  }

  private Optional<State.SideState> side(SideKey key) {
    return objects.group(key.group()).map(group -> group.sides().get(key.side()));
  }

  /// Sets that do not have the pods they ask for, for a message.
  SortedMap<String, Side> unsettled() {
    SortedMap<String, Side> sets = new TreeMap<>();
    pods.keySet().stream()
        .filter(key -> !isSettled(key))
        .forEach(key -> sets.put(key.group(), key.side()));
    return sets;
  }
}
