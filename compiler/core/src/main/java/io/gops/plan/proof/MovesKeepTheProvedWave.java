package io.gops.plan.proof;

import io.gops.deployment.Group;
import io.gops.fleet.Release;
import io.gops.plan.Action;
import io.gops.plan.Simulation;
import io.gops.plan.Step;
import io.gops.plan.Task;
import io.gops.state.State;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/// At no step are more groups of a host on their way than the capacity proof allows to move at
/// once, whatever the waves of the plan say: a group is on its way from the first step that
/// changes it to the one that makes it what the plan leads to. A release without waves lets no
/// pair run both sides that did not.
///
/// Waves that are written one by one were proved as they are written.
final class MovesKeepTheProvedWave extends Rule {
  private final Simulation from;
  private final Set<String> moving = new HashSet<>();
  private final Set<String> touched = new HashSet<>();

  private final Map<String, List<String>> homes = new HashMap<>();

  /// Groups on their way by host and zone.
  private final Map<String, Map<Integer, Integer>> hosts = new HashMap<>();

  private OptionalInt allowed = OptionalInt.empty();

  MovesKeepTheProvedWave(Facts facts, Consumer<String> flaws) {
    super(facts, flaws);
    this.from = new Simulation(facts.plan().from());
  }

  @Override
  void begin() {
    Optional<Release.Waves> rules =
        WavesKeepTheirLimits.rules(facts.release()).filter(waves -> !waves.areFixed());
    if (rules.isPresent()) {
      allowed = OptionalInt.of(rules.get().perHost());
    }
  }

  @Override
  void step(Step step, Simulation now) {
    if (allowed.isEmpty()) {
      return;
    }
    touched.forEach(id -> arrived(id, now));
    touched.clear();
    for (Task task : step.tasks()) {
      changedGroup(task.action()).ifPresent(touched::add);
    }
    touched.forEach(this::leaves);
    Set<String> seen = new HashSet<>();
    for (String id : touched) {
      for (String host : hosts(id)) {
        if (seen.add(host)) {
          isFew(step, host);
        }
      }
    }
  }

  private static Optional<String> changedGroup(Action action) {
    return action instanceof Action.SetLogins logins
        ? Optional.of(logins.group())
        : Facts.changedSet(action).map(Action.SetRef::group);
  }

  /// A group sets out, unless an interrupted release had it on its way before.
  private void leaves(String id) {
    boolean begun =
        facts.group(id).filter(group -> WavesKeepTheirLimits.isUnderWay(facts, group)).isPresent();
    if (!begun && moving.add(id)) {
      count(id, 1);
    }
  }

  private void arrived(String id, Simulation now) {
    State.GroupState state = now.group(id).orElse(null);
    boolean rests =
        Objects.equals(state, facts.plan().to().groups().get(id))
            || Objects.equals(state, facts.plan().from().groups().get(id));
    if (rests && moving.remove(id)) {
      count(id, -1);
    }
  }

  private List<String> hosts(String id) {
    return homes.computeIfAbsent(
        id, _ -> facts.group(id).map(group -> facts.hosts(group, from)).orElse(List.of()));
  }

  private void count(String id, int more) {
    int zone = facts.group(id).map(Group::zone).map(its -> its.id()).orElse(0);
    for (String host : hosts(id)) {
      Map<Integer, Integer> zones = hosts.computeIfAbsent(host, _ -> new HashMap<>());
      zones.merge(zone, more, Integer::sum);
      zones.remove(zone, 0);
    }
  }

  /// A zone with more groups on a host than may move has a wave of its own there.
  private void isFew(Step step, String host) {
    Map<Integer, Integer> zones = hosts.getOrDefault(host, Map.of());
    int groups = zones.values().stream().mapToInt(Integer::intValue).sum();
    if (groups > allowed.orElse(0) && zones.size() > 1) {
      flaw(step, "has " + groups + " groups of " + host + " on their way at once");
    }
  }

  @Override
  void after(Step step, Task task, Simulation now) {
    if (facts.release() instanceof Release.Housekeeping) {
      Facts.changedSet(task.action())
          .map(Action.SetRef::group)
          .filter(id -> runsBoth(id, now) && !runsBoth(id, from))
          .ifPresent(id -> flaw(step, "lets both sides of " + id + " run"));
    }
  }

  private boolean runsBoth(String id, Simulation at) {
    boolean warm = facts.group(id).filter(Group::isWarm).isPresent();
    return !warm
        && at.group(id)
            .filter(group -> group.sides().size() > 1)
            .filter(group -> group.sides().values().stream().allMatch(s -> s.replicas() > 0))
            .isPresent();
  }
}
