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
import java.util.EnumMap;
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
/// they would use if any one other host were lost then. The same for what the scheduler counts.
///
/// Adds up by definition and knows nothing of waves or budgets: a group that is where the plan
/// found it uses what it does before the release, one that is where the plan leads what it does
/// after it, and any other the most of its move. So a release that is stopped anywhere is covered.
public final class UseReplay {
  private final CapacityProof proof;
  private final Plan plan;
  private final Simulation now;
  private final Moment moment;
  private final Map<String, Machine> machines = new TreeMap<>();
  private final Map<String, String> pools = new HashMap<>();
  private final Map<String, List<Occupant>> occupants = new HashMap<>();
  private final Set<String> surviving = new HashSet<>();
  private final Map<String, EnumMap<Resource, Long>> used = new HashMap<>();

  /// Groups of each pool that are not at home: what was kept for a loss may be theirs.
  private final Map<String, Set<String>> away = new HashMap<>();

  /// What each host gets when another one is lost, by the lost host.
  private final Map<String, SortedMap<String, EnumMap<Resource, Long>>> arriving = new HashMap<>();

  private UseReplay(Plan plan, CapacityProof proof, Moment moment) {
    this.plan = plan;
    this.proof = proof;
    this.now = new Simulation(plan.from());
    this.moment = moment;
    for (PoolProblem question : proof.questions()) {
      if (question.survive() != 0 && question.machines().stream().allMatch(UseReplay::runs)) {
        surviving.add(question.pool());
      }
      for (Machine machine : question.machines()) {
        machines.put(machine.name(), machine);
        pools.put(machine.name(), question.pool());
      }
      for (Occupant occupant : question.occupants()) {
        occupants.computeIfAbsent(occupant.group(), _ -> new ArrayList<>()).add(occupant);
      }
    }
    occupants.keySet().forEach(group -> change(group, false, 1));
    occupants.keySet().forEach(this::arrive);
    occupants.keySet().forEach(this::lookWhetherAway);
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
    UseReplay replay = new UseReplay(plan, proof, use(plan));
    Set<String> hosts = new TreeSet<>();
    plan.from().groups().keySet().forEach(group -> hosts.addAll(replay.hosts(group)));
    plan.to().groups().keySet().forEach(group -> hosts.addAll(replay.hosts(group)));
    List<Instant> instants = new ArrayList<>();
    for (Step step : plan.steps()) {
      Set<String> touched = replay.begin(step);
      SortedMap<String, Fill> fills = new TreeMap<>();
      for (String host : hosts) {
        Machine machine = replay.machines.get(host);
        if (machine != null && runs(machine)) {
          fills.put(host, replay.fill(machine));
        }
      }
      instants.add(new Instant(step.id(), fills, replay.shortage(hosts)));
      replay.end(touched);
    }
    return instants;
  }

  /// The first host that is too small at some step, for what groups use or for what the scheduler
  /// counts. Only hosts whose groups a step changes are looked at, and those that would take over
  /// from them.
  public static Optional<AtStep> shortage(Plan plan, CapacityProof proof) {
    Optional<AtStep> found = shortage(plan, proof, use(plan));
    return found.isPresent() || plan.template() == Plan.Template.HOT_RELOAD
        ? found
        : shortage(plan, proof, Moment.REQUESTS);
  }

  private static Optional<AtStep> shortage(Plan plan, CapacityProof proof, Moment moment) {
    UseReplay replay = new UseReplay(plan, proof, moment);
    for (Step step : plan.steps()) {
      Set<String> hosts = new TreeSet<>();
      replay.touched(step).forEach(group -> hosts.addAll(replay.hosts(group)));
      Set<String> touched = replay.begin(step);
      touched.forEach(group -> hosts.addAll(replay.hosts(group)));
      Optional<Shortage> shortage = replay.shortage(hosts);
      if (shortage.isPresent()) {
        return Optional.of(new AtStep(step.id(), moment, shortage.get()));
      }
      replay.end(touched);
    }
    return Optional.empty();
  }

  /// A shortage and where in the plan it is.
  ///
  /// @param moment what is short: what groups use, or what they ask the scheduler for
  public record AtStep(String step, Moment moment, Shortage shortage) {}

  /// The kind of moment that a plan brings about.
  private static Moment use(Plan plan) {
    return plan.template() == Plan.Template.HOT_RELOAD ? Moment.RELOAD : Moment.CUT_OVER;
  }

  private static boolean runs(Machine machine) {
    return machine.state() != Host.State.FAILED;
  }

  private Set<String> touched(Step step) {
    Set<String> touched = new HashSet<>();
    for (Task task : step.tasks()) {
      group(task.action()).filter(occupants::containsKey).ifPresent(touched::add);
    }
    return touched;
  }

  /// From now on the groups of a step are in the middle of it.
  private Set<String> begin(Step step) {
    Set<String> touched = touched(step);
    touched.forEach(group -> change(group, false, -1));
    step.tasks().forEach(task -> now.apply(task.action()));
    touched.forEach(group -> change(group, true, 1));
    touched.forEach(this::lookWhetherAway);
    return touched;
  }

  private void end(Set<String> touched) {
    touched.forEach(group -> change(group, true, -1));
    touched.forEach(group -> change(group, false, 1));
  }

  private Optional<Shortage> shortage(Set<String> hosts) {
    for (String host : hosts) {
      Machine machine = machines.get(host);
      Optional<Shortage> shortage =
          machine != null && runs(machine) ? shortage(machine) : Optional.empty();
      if (shortage.isPresent()) {
        return shortage;
      }
    }
    return Optional.empty();
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
      add(
          used.computeIfAbsent(hosts.get(i), _ -> nothing()),
          use(replicas.get(i), hosts.get(i), changing),
          times);
    }
  }

  private static EnumMap<Resource, Long> nothing() {
    return new EnumMap<>(Resource.class);
  }

  private static void add(EnumMap<Resource, Long> sum, Amounts amounts, long times) {
    for (Resource resource : amounts.resources()) {
      sum.merge(resource, Math.multiplyExact(amounts.get(resource), times), Math::addExact);
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
      return demand.coldAt(moment);
    }
    State.GroupState state = now.group(occupant.group()).orElse(null);
    boolean before = state == null || state.equals(plan.from().groups().get(occupant.group()));
    boolean after = state != null && state.equals(plan.to().groups().get(occupant.group()));
    boolean moves = movesPlayers() && (changing || (!before && !after));
    Passage passage = demand.passages().get(plan.release());
    if (passage != null) {
      Passage.Phases phases = passage.at(moment);
      return moves ? phases.during() : before ? phases.before() : phases.after();
    }
    Demand.Course course = demand.at(moment);
    return moves ? course.worst() : course.steady();
  }

  /// Whether both sides of a pair may run, or scripts be loaded: servers that only stop, start or
  /// go elsewhere use no more than they do alone.
  private boolean movesPlayers() {
    return switch (plan.template()) {
      case AB_SWITCH, HOT_RELOAD, CANARY_WAVES -> true;
      case OPEN_ZONES, REPLACE_HOST, DRAIN_HOST, HOST_UPGRADE, MERGE_ZONES, SCALE -> false;
    };
  }

  /// Whether a replica is on another host than its own.
  private boolean isAway(Occupant occupant, String host) {
    List<Group.Placement> placements = proof.placements().getOrDefault(occupant.group(), List.of());
    return occupant.ordinal() < placements.size()
        && !placements.get(occupant.ordinal()).primary().equals(host);
  }

  private void lookWhetherAway(String group) {
    List<String> hosts = hosts(group);
    List<Occupant> replicas = occupants.getOrDefault(group, List.of());
    for (int i = 0; i < Math.min(hosts.size(), replicas.size()); i++) {
      String pool = pools.getOrDefault(hosts.get(i), "");
      Set<String> those = away.computeIfAbsent(pool, _ -> new HashSet<>());
      if (isAway(replicas.get(i), hosts.get(i))) {
        those.add(group);
      } else {
        those.remove(group);
      }
    }
  }

  private void arrive(String group) {
    List<Group.Placement> placements = proof.placements().getOrDefault(group, List.of());
    for (Occupant occupant : occupants.getOrDefault(group, List.of())) {
      if (occupant.ordinal() < placements.size()) {
        Group.Placement placement = placements.get(occupant.ordinal());
        placement
            .failover()
            .filter(host -> surviving.contains(pools.getOrDefault(host, "")))
            .ifPresent(
                host ->
                    add(
                        arriving
                            .computeIfAbsent(host, _ -> new TreeMap<>())
                            .computeIfAbsent(placement.primary(), _ -> nothing()),
                        occupant.demand().coldAt(moment),
                        1));
      }
    }
  }

  private Fill fill(Machine machine) {
    EnumMap<Resource, Long> here = used.getOrDefault(machine.name(), nothing());
    Fill fullest = Fill.EMPTY;
    for (Resource resource : machine.usable().resources()) {
      if (machine.allocatable().get(resource) > 0) {
        fullest =
            fullest.max(
                new Fill(here.getOrDefault(resource, 0L), machine.allocatable().get(resource)));
      }
    }
    return fullest;
  }

  private Optional<Shortage> shortage(Machine machine) {
    EnumMap<Resource, Long> here = used.getOrDefault(machine.name(), nothing());
    Optional<Shortage> alone = shortage(machine, here, nothing(), Optional.empty());
    if (alone.isPresent() || !isEverybodyAtHome(machine)) {
      return alone;
    }
    for (Map.Entry<String, EnumMap<Resource, Long>> other :
        arriving.getOrDefault(machine.name(), new TreeMap<>()).entrySet()) {
      Optional<Shortage> found =
          shortage(machine, here, other.getValue(), Optional.of(other.getKey()));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private boolean isEverybodyAtHome(Machine machine) {
    return away.getOrDefault(pools.getOrDefault(machine.name(), ""), Set.of()).isEmpty();
  }

  private Optional<Shortage> shortage(
      Machine machine,
      EnumMap<Resource, Long> here,
      EnumMap<Resource, Long> more,
      Optional<String> lost) {
    Amounts limit = machine.limit(moment);
    for (Resource resource : limit.resources()) {
      long use = here.getOrDefault(resource, 0L) + more.getOrDefault(resource, 0L);
      if (use > limit.get(resource)) {
        return Optional.of(new Shortage(machine.name(), resource, use, limit.get(resource), lost));
      }
    }
    return Optional.empty();
  }
}
