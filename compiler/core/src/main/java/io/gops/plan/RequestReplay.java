package io.gops.plan;

import io.gops.deployment.Deployment;
import io.gops.deployment.Group;
import io.gops.deployment.Sizing;
import io.gops.deployment.Workload;
import io.gops.fleet.Amounts;
import io.gops.fleet.Host;
import io.gops.fleet.Resource;
import io.gops.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Replays a finished plan as the scheduler sees it: at no step do the requests of the pods on a
/// host exceed what its kubelet offers, so that no pod stays pending in the middle of a release.
///
/// Adds up by definition and knows nothing of waves or budgets. While a step runs, what it starts
/// is counted and what it stops is still counted.
public final class RequestReplay {
  private static final List<Resource> REQUESTED =
      List.of(Resource.CPU, Resource.MEMORY, Resource.DISK);

  private final Deployment deployment;
  private final SortedMap<String, SortedMap<String, Sizing.PodSize>> pods;
  private final Simulation simulation;
  private final Map<String, Amounts> asked = new TreeMap<>();

  private RequestReplay(
      Plan plan, Deployment deployment, SortedMap<String, SortedMap<String, Sizing.PodSize>> pods) {
    this.deployment = deployment;
    this.pods = pods;
    this.simulation = new Simulation(plan.from());
  }

  /// A host whose pods ask for more than it offers.
  ///
  /// @param step the step at which they do
  public record Shortage(String step, String host, Resource resource, long asked, long offered) {}

  /// The first shortage of a plan; absent when every step is admitted.
  ///
  /// @param pods sizes by group id and version
  public static Optional<Shortage> shortage(
      Plan plan, Deployment deployment, SortedMap<String, SortedMap<String, Sizing.PodSize>> pods) {
    RequestReplay replay = new RequestReplay(plan, deployment, pods);
    deployment.groups().keySet().forEach(group -> replay.change(replay.footprint(group), 1));
    for (Step step : plan.steps()) {
      Optional<Shortage> found = replay.step(step);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<Shortage> step(Step step) {
    List<Map<String, Amounts>> stopped = new ArrayList<>();
    TreeSet<String> touched = new TreeSet<>();
    for (Task task : step.tasks()) {
      Optional<String> group = group(task.action());
      Map<String, Amounts> before = group.map(this::footprint).orElse(Map.of());
      simulation.apply(task.action());
      Map<String, Amounts> after = group.map(this::footprint).orElse(Map.of());
      change(more(before, after), 1);
      stopped.add(more(after, before));
      touched.addAll(after.keySet());
    }
    Optional<Shortage> found =
        touched.stream().flatMap(host -> shortage(step.id(), host).stream()).findFirst();
    stopped.forEach(less -> change(less, -1));
    return found;
  }

  private static Optional<String> group(Action action) {
    return switch (action) {
      case Action.PatchTemplate patch -> Optional.of(patch.set().group());
      case Action.Scale scale -> Optional.of(scale.set().group());
      case Action.MoveHome move -> Optional.of(move.group());
      case Action.Dismiss _,
          Action.SetLogins _,
          Action.PutEntry _,
          Action.Fence _,
          Action.Cordon _,
          Action.ProgramSwitch _,
          Action.Drain _,
          Action.Kick _,
          Action.Reload _,
          Action.Announce _,
          Action.ByHand _ ->
          Optional.empty();
    };
  }

  /// What the running pods of a group ask for, by host.
  private Map<String, Amounts> footprint(String id) {
    Group group = deployment.groups().get(id);
    Map<String, Amounts> result = new TreeMap<>();
    if (group == null) {
      return result;
    }
    Optional<State.GroupState> now = simulation.group(id);
    List<String> hosts = hosts(group, now);
    hosts.forEach(host -> result.put(host, Amounts.NONE));
    for (Workload workload : group.workloads()) {
      Amounts each = request(workload, now);
      hosts.stream()
          .limit(replicas(workload, now))
          .forEach(host -> result.merge(host, each, Amounts::plus));
    }
    return result;
  }

  private static Optional<State.SideState> recorded(
      Workload workload, Optional<State.GroupState> now) {
    return now.flatMap(group -> Optional.ofNullable(group.sides().get(workload.side())));
  }

  /// Servers of a side, of which each host has one; none while it is stopped.
  private static int replicas(Workload workload, Optional<State.GroupState> now) {
    return recorded(workload, now).map(State.SideState::replicas).orElse(workload.replicas());
  }

  /// What one server of a side asks for.
  private Amounts request(Workload workload, Optional<State.GroupState> now) {
    String version =
        recorded(workload, now).map(State.SideState::version).orElse(workload.version());
    SortedMap<String, Sizing.PodSize> sizes = pods.getOrDefault(workload.group(), new TreeMap<>());
    return sizes.getOrDefault(version, Sizing.PodSize.UNKNOWN).request();
  }

  private List<String> hosts(Group group, Optional<State.GroupState> now) {
    List<String> moved = now.map(State.GroupState::hosts).orElse(List.of());
    return moved.isEmpty() ? group.placements().stream().map(this::home).toList() : moved;
  }

  /// A lost host has given its pods to the failover host.
  private String home(Group.Placement placement) {
    Host host = deployment.hosts().get(placement.primary());
    boolean lost = host == null || host.state() == Host.State.FAILED;
    return lost ? placement.failover().orElse(placement.primary()) : placement.primary();
  }

  /// By how much the second is more than the first.
  private static Map<String, Amounts> more(
      Map<String, Amounts> first, Map<String, Amounts> second) {
    Map<String, Amounts> result = new TreeMap<>();
    second.forEach(
        (host, amounts) -> {
          Amounts before = first.getOrDefault(host, Amounts.NONE);
          Amounts more = Amounts.NONE;
          for (Resource resource : REQUESTED) {
            more = more.with(resource, Math.max(0, amounts.get(resource) - before.get(resource)));
          }
          result.put(host, more);
        });
    return result;
  }

  private void change(Map<String, Amounts> footprint, long times) {
    footprint.forEach((host, amounts) -> asked.merge(host, amounts.times(times), Amounts::plus));
  }

  private Optional<Shortage> shortage(String step, String name) {
    Host host = deployment.hosts().get(name);
    Amounts here = asked.getOrDefault(name, Amounts.NONE);
    if (host == null || host.state() == Host.State.FAILED) {
      return Optional.empty();
    }
    Amounts offered = host.allocatable();
    return REQUESTED.stream()
        .filter(resource -> offered.has(resource) && here.get(resource) > offered.get(resource))
        .map(
            resource ->
                new Shortage(step, name, resource, here.get(resource), offered.get(resource)))
        .findFirst();
  }
}
