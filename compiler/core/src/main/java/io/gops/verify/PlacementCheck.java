package io.gops.verify;

import io.gops.capacity.Demand;
import io.gops.capacity.Machine;
import io.gops.capacity.Measure;
import io.gops.capacity.Moment;
import io.gops.capacity.Occupant;
import io.gops.capacity.PoolProblem;
import io.gops.deployment.Group;
import io.gops.fleet.Host;
import io.gops.fleet.Pool;
import io.gops.fleet.Resource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Re-checks the placement of one pool: every host at its worst instant, and every single loss.
///
/// Written for being read, not for speed: it adds up by definition and searches nothing, in time
/// proportional to the number of groups.
public final class PlacementCheck {
  private final PoolProblem pool;
  private final HostLoad load;
  private final Map<String, Machine> machines = new TreeMap<>();
  private final Map<String, List<Resident>> residents = new TreeMap<>();
  private final Map<String, Set<String>> refuges = new TreeMap<>();
  private final List<String> violations = new ArrayList<>();

  /// A group's replica on the host where it runs.
  private record Resident(
      Occupant occupant, String host, Optional<String> failover, boolean restarted) {}

  private PlacementCheck(PoolProblem pool) {
    this.pool = pool;
    load = new HostLoad(pool);
    pool.machines().forEach(machine -> machines.put(machine.name(), machine));
  }

  /// What is wrong with the placement; empty when it holds.
  ///
  /// @param placements by group id, by ordinal
  public static List<String> violations(
      PoolProblem pool, Map<String, List<Group.Placement>> placements) {
    PlacementCheck check = new PlacementCheck(pool);
    check.settle(placements);
    if (check.violations.isEmpty()) {
      check.refuges.putAll(check.refuges());
      check.residents.forEach((host, there) -> check.host(host, there));
      check.kept();
      check.losses();
    }
    return List.copyOf(check.violations);
  }

  private void settle(Map<String, List<Group.Placement>> placements) {
    for (Occupant occupant : pool.occupants()) {
      List<Group.Placement> list = placements.getOrDefault(occupant.group(), List.of());
      if (occupant.ordinal() >= list.size()) {
        violations.add(name(occupant) + " has no placement");
        continue;
      }
      Group.Placement placement = list.get(occupant.ordinal());
      boolean lost = isFailed(placement.primary());
      String host = lost ? placement.failover().orElse("nothing") : placement.primary();
      Optional<String> failover = lost ? Optional.empty() : placement.failover();
      if (!machines.containsKey(host) || isFailed(host)) {
        violations.add(name(occupant) + " is on " + host + ", which is not a host of the pool");
        continue;
      }
      residents
          .computeIfAbsent(host, _ -> new ArrayList<>())
          .add(new Resident(occupant, host, failover, lost));
    }
  }

  private boolean isFailed(String host) {
    Machine machine = machines.get(host);
    return machine != null && machine.state() == Host.State.FAILED;
  }

  private void host(String host, List<Resident> there) {
    if (pool.sharing() == Pool.Sharing.EXCLUSIVE && there.size() > 1) {
      violations.add(host + " is shared by " + there.size() + " groups");
    }
    Set<String> groups = new HashSet<>();
    for (Resident resident : there) {
      if (!groups.add(resident.occupant().group())) {
        violations.add(host + " has two replicas of " + resident.occupant().group());
      }
    }
    fits(host, there, List.of(), host);
  }

  /// Whether the worst instant of those on a host and some cold starts fit together.
  private void fits(String host, List<Resident> there, List<Resident> cold, String when) {
    Machine machine = machine(host);
    for (Moment moment : Moment.values()) {
      for (Resource resource : machine.limit(moment).resources()) {
        long started = 0;
        for (Resident resident : cold) {
          started =
              Math.addExact(started, resident.occupant().demand().coldAt(moment).get(resource));
        }
        for (Measure measure : load.measures(resource, moment)) {
          long need = Math.addExact(worst(there, measure), started);
          long limit = machine.limit(moment).get(resource);
          if (need > limit) {
            violations.add(
                when + ": " + host + " " + words(measure) + " needs " + need + " of " + limit);
          }
        }
      }
    }
  }

  private static String words(Measure measure) {
    String wave = measure.stage().map(s -> " wave " + s.wave() + " of " + s.release()).orElse("");
    return measure.resource().word() + " " + measure.moment().word() + wave;
  }

  private long worst(List<Resident> there, Measure measure) {
    long sum = 0;
    List<Long> extras = new ArrayList<>();
    for (Resident resident : there) {
      Occupant occupant = resident.occupant();
      if (resident.restarted()) {
        Demand demand = occupant.demand();
        sum = Math.addExact(sum, demand.coldAt(measure.moment()).get(measure.resource()));
      } else {
        long steady = InWaves.quiet(occupant, measure);
        sum = Math.addExact(sum, steady);
        extras.add(InWaves.most(occupant, measure) - steady);
      }
    }
    extras.sort(Collections.reverseOrder());
    for (long extra : extras.subList(0, Math.min(extras.size(), load.budget(measure)))) {
      sum = Math.addExact(sum, Math.max(0, extra));
    }
    return sum;
  }

  /// The hosts that the pool keeps empty.
  private void kept() {
    long spares = new SpareCount(pool).of(residents.keySet());
    if (spares < pool.spares()) {
      violations.add(
          spares + " hosts are empty and as large as all that are in use, not " + pool.spares());
    }
  }

  /// Every loss that must be survived, unless one has happened already.
  private void losses() {
    boolean happened =
        residents.values().stream().flatMap(List::stream).anyMatch(Resident::restarted);
    if (pool.survive() == 0 || happened) {
      return;
    }
    boolean severalRacks = machines.values().stream().map(Machine::rack).distinct().count() > 1;
    if (pool.survive() == Pool.WHOLE_RACK) {
      Map<String, List<Resident>> racks = new TreeMap<>();
      residents.forEach(
          (host, there) ->
              racks.computeIfAbsent(machine(host).rack(), _ -> new ArrayList<>()).addAll(there));
      racks.forEach((rack, orphans) -> loss("rack " + rack, orphans, true));
    } else {
      residents.forEach((lost, orphans) -> loss(lost, orphans, severalRacks));
    }
    if (pool.survivesSeveral()) {
      spares();
    }
  }

  /// As many empty hosts as may be lost together, each of which takes all of any other.
  private void spares() {
    long covering =
        machines.values().stream()
            .filter(spare -> spare.state() == Host.State.ACTIVE)
            .filter(spare -> !residents.containsKey(spare.name()))
            .filter(spare -> residents.values().stream().allMatch(all -> takes(spare, all)))
            .count();
    if (!residents.isEmpty() && covering < pool.survive()) {
      violations.add(covering + " empty hosts take all of any other, not " + pool.survive());
    }
  }

  private static boolean takes(Machine spare, List<Resident> all) {
    for (Moment moment : Moment.values()) {
      for (Resource resource : spare.limit(moment).resources()) {
        long need = 0;
        for (Resident resident : all) {
          need = Math.addExact(need, resident.occupant().demand().coldAt(moment).get(resource));
        }
        if (need > spare.limit(moment).get(resource)) {
          return false;
        }
      }
    }
    return true;
  }

  /// The failover hosts of each group: the scheduler takes a lost server to any of them that is no
  /// home of its siblings.
  private Map<String, Set<String>> refuges() {
    Map<String, Set<String>> refuges = new TreeMap<>();
    Map<String, Set<String>> homes = new TreeMap<>();
    for (Resident resident : residents.values().stream().flatMap(List::stream).toList()) {
      String group = resident.occupant().group();
      homes.computeIfAbsent(group, _ -> new HashSet<>()).add(resident.host());
      resident
          .failover()
          .ifPresent(host -> refuges.computeIfAbsent(group, _ -> new TreeSet<>()).add(host));
    }
    refuges.forEach((group, hosts) -> hosts.removeAll(homes.getOrDefault(group, Set.of())));
    return refuges;
  }

  /// Each host that may take servers of a loss holds all that may come.
  private void wherever(String lost, List<Resident> orphans) {
    Set<String> gone = new HashSet<>();
    orphans.forEach(orphan -> gone.add(orphan.host()));
    Map<String, Map<String, Resident>> coming = new TreeMap<>();
    for (Resident orphan : orphans) {
      String group = orphan.occupant().group();
      for (String refuge : refuges.getOrDefault(group, Set.of())) {
        if (machines.containsKey(refuge) && !gone.contains(refuge)) {
          coming.computeIfAbsent(refuge, _ -> new TreeMap<>()).put(group, orphan);
        }
      }
    }
    coming.forEach(
        (refuge, cold) -> {
          List<Resident> there = residents.getOrDefault(refuge, List.of());
          if (pool.sharing() == Pool.Sharing.EXCLUSIVE && there.size() + cold.size() > 1) {
            violations.add(lost + " lost: " + refuge + " could be shared");
          }
          fits(refuge, there, List.copyOf(cold.values()), lost + " lost, by any way");
        });
  }

  /// @param lost what is lost, for the message
  private void loss(String lost, List<Resident> orphans, boolean otherRack) {
    Map<String, List<Resident>> received = new TreeMap<>();
    for (Resident orphan : orphans) {
      Machine target = machines.get(orphan.failover().orElse("nothing"));
      if (target == null
          || target.name().equals(orphan.host())
          || target.state() != Host.State.ACTIVE) {
        violations.add(lost + " lost: " + name(orphan.occupant()) + " has no failover host");
      } else if (otherRack && target.rack().equals(machine(orphan.host()).rack())) {
        violations.add(lost + " lost: " + name(orphan.occupant()) + " stays in the same rack");
      } else {
        received.computeIfAbsent(target.name(), _ -> new ArrayList<>()).add(orphan);
      }
    }
    if (orphans.stream().anyMatch(orphan -> hasSeveralRefuges(orphan.occupant()))) {
      wherever(lost, orphans);
    }
    received.forEach(
        (target, cold) -> {
          List<Resident> there = residents.getOrDefault(target, List.of());
          if (pool.sharing() == Pool.Sharing.EXCLUSIVE && there.size() + cold.size() > 1) {
            violations.add(lost + " lost: " + target + " would be shared");
          }
          if (doubled(there, cold)) {
            violations.add(lost + " lost: " + target + " would have two replicas of a group");
          }
          fits(target, there, cold, lost + " lost");
        });
  }

  private boolean hasSeveralRefuges(Occupant occupant) {
    return refuges.getOrDefault(occupant.group(), Set.of()).size() > 1;
  }

  private static boolean doubled(List<Resident> there, List<Resident> cold) {
    Set<String> groups = new HashSet<>();
    there.forEach(resident -> groups.add(resident.occupant().group()));
    return !cold.stream().allMatch(started -> groups.add(started.occupant().group()));
  }

  private Machine machine(String host) {
    return Objects.requireNonNull(machines.get(host), host);
  }

  private static String name(Occupant occupant) {
    return occupant.group() + "/" + occupant.ordinal();
  }
}
