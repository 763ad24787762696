package io.gops.plan.proof;

import io.gops.deployment.Group;
import io.gops.deployment.Workload;
import io.gops.fleet.Release;
import io.gops.fleet.Side;
import io.gops.plan.Simulation;
import io.gops.state.State;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// The end of the plan is what the release asks for: not only what its steps happen to lead to.
final class GoalIsReached extends Rule {
  GoalIsReached(Facts facts, Consumer<String> flaws) {
    super(facts, flaws);
  }

  @Override
  void end(Simulation now) {
    switch (facts.release()) {
      case Release.AbSwitch ab ->
          groups(Set.copyOf(ab.zoneSets()), now, (group, state) -> switched(ab.to(), group, state));
      case Release.HotReload hot ->
          groups(
              Set.copyOf(hot.zoneSets()),
              now,
              (_, state) ->
                  state.sides().values().stream().allMatch(s -> s.version().equals(hot.to())));
      case Release.CanaryWaves canaries ->
          groups(
              Set.copyOf(canaries.zoneSets()),
              now,
              (_, state) ->
                  state.sides().values().stream().allMatch(s -> s.version().equals(canaries.to())));
      case Release.OpenZones open ->
          groups(
              Set.copyOf(open.zoneSets()),
              now,
              (_, state) ->
                  Optional.ofNullable(state.sides().get(state.live()))
                      .filter(side -> side.replicas() > 0)
                      .isPresent());
      case Release.Scale scale -> {
        groups(Set.copyOf(scale.zoneSets()), now, GoalIsReached::hasItsServers);
        othersStay(now);
      }
      case Release.ReplaceHost replace -> left(replace.host(), now);
      case Release.DrainHost drain -> {
        left(drain.host(), now);
        runAsBefore(now, _ -> false);
        if (now.shut().contains(drain.host()) == drain.upgrade().isPresent()) {
          flaw("servers may start on " + drain.host() + ", or may not, against the release");
        }
      }
      case Release.MergeZones merge ->
          runAsBefore(now, group -> merge.zones().contains(group.zone().id()));
    }
  }

  private void left(String host, Simulation now) {
    for (Group group : facts.deployment().groups().values()) {
      if (now.group(group.id()).isPresent() && facts.hosts(group, now).contains(host)) {
        flaw(group.id() + " is left on " + host);
      }
    }
  }

  /// Groups of zones that go on run what they ran, and nothing of the others runs.
  private void runAsBefore(Simulation now, Predicate<Group> ends) {
    facts
        .plan()
        .from()
        .groups()
        .forEach(
            (id, from) -> {
              boolean ended = facts.group(id).filter(ends).isPresent();
              boolean same =
                  now.group(id).filter(its -> its.sides().equals(from.sides())).isPresent();
              if (ended ? Facts.runs(id, now) : !same) {
                flaw(id + (ended ? " has ended and runs" : " does not run as before"));
              }
            });
  }

  /// A side that runs has as many servers as its game says.
  private static boolean hasItsServers(Group group, State.GroupState state) {
    return group.workloads().stream()
        .allMatch(
            workload ->
                Optional.ofNullable(state.sides().get(workload.side()))
                    .filter(side -> side.replicas() > 0 && side.replicas() != workload.wanted())
                    .isEmpty());
  }

  /// Nothing but the number of servers is another one, and nothing starts that did not run.
  private void othersStay(Simulation now) {
    Simulation from = new Simulation(facts.plan().from());
    for (String id : from.groups().keySet()) {
      boolean same =
          now.group(id)
              .map(GoalIsReached::withoutNumbers)
              .equals(from.group(id).map(GoalIsReached::withoutNumbers));
      if (!same) {
        flaw(id + " is otherwise than before");
      }
    }
  }

  private static State.GroupState withoutNumbers(State.GroupState group) {
    TreeMap<Side, State.SideState> sides = new TreeMap<>(group.sides());
    sides.replaceAll(
        (_, side) ->
            new State.SideState(side.version(), Math.min(1, side.replicas()), side.template()));
    return new State.GroupState(group.live(), sides, group.hosts());
  }

  private interface Goal {
    boolean isReached(Group group, State.GroupState state);
  }

  private void groups(Set<String> zoneSets, Simulation now, Goal goal) {
    for (Group group : facts.deployment().groups().values()) {
      Optional<State.GroupState> state = now.group(group.id());
      boolean left =
          zoneSets.contains(group.zone().set())
              && state.filter(its -> !goal.isReached(group, its)).isPresent();
      if (left) {
        flaw(group.id() + " is not where the release leads");
      }
    }
  }

  /// Both sides have the version, the live one runs, and the other one as its standby says.
  private static boolean switched(String to, Group group, State.GroupState state) {
    boolean versions = state.sides().values().stream().allMatch(s -> s.version().equals(to));
    State.SideState live = state.sides().get(state.live());
    State.SideState idle = state.sides().get(state.live().other());
    int wanted = group.live().inVersion(to).wanted();
    Workload other = group.live();
    return versions
        && live != null
        && live.replicas() == wanted
        && (idle == null || idle.replicas() == (group.isWarm() ? other.inVersion(to).wanted() : 0));
  }
}
