package io.gops.plan;

import io.gops.capacity.CapacityProof;
import io.gops.capacity.Demand;
import io.gops.capacity.Fill;
import io.gops.capacity.Machine;
import io.gops.capacity.Moment;
import io.gops.capacity.Occupant;
import io.gops.capacity.Passage;
import io.gops.capacity.PoolProblem;
import io.gops.deployment.Group;
import io.gops.fleet.Amounts;
import io.gops.fleet.Host;
import io.gops.fleet.Resource;
import io.gops.state.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Replays a finished plan as hosts feel it: what their groups use while each step runs, and what
/// they would use if any one other host were lost then.
///
/// Adds up by definition and knows nothing of waves or budgets: a group that is where the plan
/// found it uses what it does before the release, one that is where the plan leads what it does
/// after it, and any other the most of its move. So a release that is stopped anywhere is covered.
public final class UseReplay {
  private final CapacityProof proof;
  private final Plan plan;
  private final Simulation now;
  private final Moment moment;

  /// Whether servers stop as a whole, so that no group uses more than it does at rest.
  private final boolean standsStill;

  private final Map<String, Machine> machines = new HashMap<>();
  private final Map<String, List<Occupant>> occupants = new HashMap<>();
  private final Map<String, Boolean> survives = new HashMap<>();
  private final SortedMap<String, Amounts> used = new TreeMap<>();

  /// What each host gets when another one is lost, by the lost host.
  private final Map<String, SortedMap<String, Amounts>> arriving = new HashMap<>();

  private UseReplay(Plan plan, CapacityProof proof) {
    this.plan = plan;
    this.proof = proof;
    this.now = new Simulation(plan.from());
    this.moment = plan.template() == Plan.Template.HOT_RELOAD ? Moment.RELOAD : Moment.CUT_OVER;
    this.standsStill =
        switch (plan.template()) {
          case AB_SWITCH, HOT_RELOAD, CANARY_WAVES, OPEN_ZONES, REPLACE_HOST -> false;
          case DRAIN_HOST, HOST_UPGRADE, MERGE_ZONES, SCALE -> true;
        };
    for (PoolProblem question : proof.questions()) {
      boolean noneLost = question.machines().stream().allMatch(UseReplay::runs);
      for (Machine machine : question.machines()) {
        machines.put(machine.name(), machine);
        survives.put(machine.name(), question.survive() != 0 && noneLost);
      }
      for (Occupant occupant : question.occupants()) {
        occupants.computeIfAbsent(occupant.group(), _ -> new ArrayList<>()).add(occupant);
      }
    }
  }

  /// What hosts use while a step runs.
  ///
  /// @param fills fullest resource of each host on which groups of the plan run
  /// @param shortage the first host that is too small, alone or after a loss
  public record Instant(String step, SortedMap<String, Fill> fills, Optional<Shortage> shortage) {
    public Instant {
      fills = Collections.unmodifiableSortedMap(new TreeMap<>(fills));
    }
  }

  /// A host whose groups may use more than they may.
  ///
  /// @param lost the other host whose loss would bring that about; absent when nothing has to be
  ///     lost
  public record Shortage(
      String host, Resource resource, long used, long usable, Optional<String> lost) {}

  /// Every step of a plan, in order.
  public static List<Instant> of(Plan plan, CapacityProof proof) {
    UseReplay replay = new UseReplay(plan, proof);
    replay.occupants.keySet().forEach(group -> replay.change(group, false, 1));
    replay.occupants.keySet().forEach(replay::arrive);
    Set<String> hosts = new TreeSet<>();
    plan.from().groups().keySet().forEach(g -> hosts.addAll(replay.hosts(g)));
    plan.to().groups().keySet().forEach(group -> hosts.addAll(replay.hosts(group)));
    List<Instant> instants = new ArrayList<>();
    for (Step step : plan.steps()) {
      instants.add(replay.step(step, hosts));
    }
    return instants;
  }

  private static boolean runs(Machine machine) {
    return machine.state() != Host.State.FAILED;
  }

  private Instant step(Step step, Set<String> hosts) {
    Set<String> touched = new HashSet<>();
    for (Task task : step.tasks()) {
      group(task.action()).filter(occupants::containsKey).ifPresent(touched::add);
    }
    touched.forEach(group -> change(group, false, -1));
    step.tasks().forEach(task -> now.apply(task.action()));
    touched.forEach(group -> change(group, true, 1));
    SortedMap<String, Fill> fills = new TreeMap<>();
    Optional<Shortage> shortage = Optional.empty();
    for (String host : hosts) {
      Machine machine = machines.get(host);
      if (machine != null && runs(machine)) {
        fills.put(host, fill(machine));
        shortage = shortage.or(() -> shortage(machine));
      }
    }
    touched.forEach(group -> change(group, true, -1));
    touched.forEach(group -> change(group, false, 1));
    return new Instant(step.id(), fills, shortage);
  }

  private static Optional<String> group(Action action) {
    return action instanceof Action.PatchTemplate patch
        ? Optional.of(patch.set().group())
        : action instanceof Action.Scale scale
            ? Optional.of(scale.set().group())
            : action instanceof Action.SetLogins logins
                ? Optional.of(logins.group())
                : action instanceof Action.MoveHome move
                    ? Optional.of(move.group())
                    : Optional.empty();
  }

  /// Adds what a group uses now, or takes it away.
  ///
  /// @param changing whether a step is changing it
  private void change(String group, boolean changing, long times) {
    List<String> hosts = hosts(group);
    List<Occupant> replicas = occupants.getOrDefault(group, List.of());
    for (int i = 0; i < Math.min(hosts.size(), replicas.size()); i++) {
      Amounts use = use(replicas.get(i), hosts.get(i), changing);
      used.merge(hosts.get(i), use.times(times), Amounts::plus);
    }
  }

  /// Where the replicas of a group run; those of a lost host at its failover host.
  private List<String> hosts(String group) {
    List<String> moved = now.group(group).map(State.GroupState::hosts).orElse(List.of());
    return moved.isEmpty()
        ? proof.placements().getOrDefault(group, List.of()).stream().map(this::home).toList()
        : moved;
  }

  private String home(Group.Placement placement) {
    Machine machine = machines.get(placement.primary());
    return machine == null || runs(machine)
        ? placement.primary()
        : placement.failover().orElse(placement.primary());
  }

  private Amounts use(Occupant occupant, String host, boolean changing) {
    Demand demand = occupant.demand();
    if (isAway(occupant, host)) {
      return demand.cold();
    }
    State.GroupState state = now.group(occupant.group()).orElse(null);
    boolean before = state == null || state.equals(plan.from().groups().get(occupant.group()));
    boolean after = state != null && state.equals(plan.to().groups().get(occupant.group()));
    boolean moves = (changing || (!before && !after)) && !standsStill;
    Passage passage = demand.passages().get(plan.release());
    if (passage != null) {
      Passage.Phases phases = passage.at(moment);
      return moves ? phases.during() : before ? phases.before() : phases.after();
    }
    Demand.Course course = demand.at(moment);
    return moves ? course.worst() : course.steady();
  }

  /// Whether a replica is on another host than its own.
  private boolean isAway(Occupant occupant, String host) {
    List<Group.Placement> placements = proof.placements().getOrDefault(occupant.group(), List.of());
    return occupant.ordinal() < placements.size()
        && !placements.get(occupant.ordinal()).primary().equals(host);
  }

  private void arrive(String group) {
    List<Group.Placement> placements = proof.placements().getOrDefault(group, List.of());
    for (Occupant occupant : occupants.getOrDefault(group, List.of())) {
      if (occupant.ordinal() < placements.size()) {
        Group.Placement placement = placements.get(occupant.ordinal());
        if (survives.getOrDefault(placement.primary(), false)) {
          placement
              .failover()
              .ifPresent(
                  host ->
                      arriving
                          .computeIfAbsent(host, _ -> new TreeMap<>())
                          .merge(placement.primary(), occupant.demand().cold(), Amounts::plus));
        }
      }
    }
  }

  private Fill fill(Machine machine) {
    Amounts here = used.getOrDefault(machine.name(), Amounts.NONE);
    Fill fullest = Fill.EMPTY;
    for (Resource resource : machine.usable().resources()) {
      if (machine.allocatable().get(resource) > 0) {
        fullest = fullest.max(new Fill(here.get(resource), machine.allocatable().get(resource)));
      }
    }
    return fullest;
  }

  private Optional<Shortage> shortage(Machine machine) {
    Amounts here = used.getOrDefault(machine.name(), Amounts.NONE);
    Optional<Shortage> alone = shortage(machine, here, Optional.empty());
    SortedMap<String, Amounts> others = arriving.getOrDefault(machine.name(), new TreeMap<>());
    return alone.or(
        () ->
            others.entrySet().stream()
                .flatMap(
                    other ->
                        shortage(machine, here.plus(other.getValue()), Optional.of(other.getKey()))
                            .stream())
                .findFirst());
  }

  private static Optional<Shortage> shortage(Machine machine, Amounts here, Optional<String> lost) {
    for (Resource resource : machine.usable().resources()) {
      if (here.get(resource) > machine.usable().get(resource)) {
        return Optional.of(
            new Shortage(
                machine.name(),
                resource,
                here.get(resource),
                machine.usable().get(resource),
                lost));
      }
    }
    return Optional.empty();
  }
}
