package io.gops.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.deployment.Group;
import io.gops.fleet.Amounts;
import io.gops.fleet.Host;
import io.gops.fleet.Pool;
import io.gops.fleet.Resource;
import io.gops.verify.ImpossibilityCheck;
import io.gops.verify.PlacementCheck;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import org.junit.jupiter.api.Test;

/// Empty hosts that a pool keeps, against every placement of small pools in which some groups run.
class SpareHostsTest {
  private static final Set<String> SEEN = new TreeSet<>();

  /// Hosts of some sizes of which each is as large as the one before.
  private static List<Machine> machines(Random random, int hosts, boolean comparable) {
    List<Machine> machines = new ArrayList<>();
    for (int host = 0; host < hosts; host++) {
      long size = 40 + 20L * random.nextInt(3);
      long other = comparable ? size : 40 + 20L * random.nextInt(3);
      Amounts usable = new Amounts(Map.of(Resource.CPU, size, Resource.MEMORY, other));
      machines.add(new Machine("h" + host, "rack" + host, usable, usable, Host.State.ACTIVE));
    }
    return machines;
  }

  private static PoolProblem pool(Random random, int pairs, int hosts, int spare, boolean chain) {
    List<Machine> machines = machines(random, hosts, chain);
    List<Occupant> occupants = new ArrayList<>();
    for (int pair = 0; pair < pairs; pair++) {
      Map<Resource, Long> steady = new EnumMap<>(Resource.class);
      Map<Resource, Long> worst = new EnumMap<>(Resource.class);
      for (Resource resource : List.of(Resource.CPU, Resource.MEMORY)) {
        steady.put(resource, 5L + random.nextInt(20));
        worst.put(resource, steady.getOrDefault(resource, 0L) + random.nextInt(10));
      }
      Demand demand = Demand.ofCutOver(new Amounts(steady), new Amounts(worst));
      Optional<Group.Placement> home =
          random.nextInt(3) > 0
              ? Optional.empty()
              : Optional.of(new Group.Placement("h" + random.nextInt(hosts), Optional.empty()));
      boolean live = home.isPresent() && random.nextBoolean();
      occupants.add(new Occupant("1000" + pair, 0, demand, home, live));
    }
    return new PoolProblem("hz.std", Pool.Sharing.PACKED, spare, 0, 1, 1, machines, occupants);
  }

  /// Whether some placement leaves the spares empty; those that run stay.
  private static boolean exists(PoolProblem pool, int[] hosts, int item) {
    if (item == hosts.length) {
      return spares(pool, hosts) >= pool.spare();
    }
    Occupant occupant = pool.occupants().get(item);
    for (int host = 0; host < pool.machines().size(); host++) {
      boolean allowed =
          !occupant.live() || occupant.previous().orElseThrow().primary().equals("h" + host);
      hosts[item] = host;
      if (allowed
          && BruteForce.holds(pool, hosts, item + 1, host)
          && exists(pool, hosts, item + 1)) {
        return true;
      }
    }
    return false;
  }

  /// Empty hosts that are as large as each host in use.
  private static long spares(PoolProblem pool, int[] hosts) {
    Set<Integer> used = new HashSet<>();
    for (int host : hosts) {
      used.add(host);
    }
    long count = 0;
    for (int host = 0; host < pool.machines().size(); host++) {
      Amounts offered = pool.machines().get(host).usable();
      boolean largest = !used.contains(host);
      for (int other : used) {
        Amounts needed = pool.machines().get(other).usable();
        largest &= offered.get(Resource.CPU) >= needed.get(Resource.CPU);
        largest &= offered.get(Resource.MEMORY) >= needed.get(Resource.MEMORY);
      }
      count += largest ? 1 : 0;
    }
    return count;
  }

  private static void check(PoolProblem pool, boolean chain) {
    boolean truth = exists(pool, new int[pool.occupants().size()], 0);
    Verdict verdict = PlacementSearch.solve(pool);
    SEEN.add(verdict.getClass().getSimpleName() + (truth ? " and there is one" : ""));
    switch (verdict) {
      case Verdict.Holds holds -> {
        assertTrue(truth);
        int[] hosts = new int[pool.occupants().size()];
        for (int item = 0; item < hosts.length; item++) {
          Occupant occupant = holds.model().occupants.get(item);
          hosts[pool.occupants().indexOf(occupant)] = holds.packing().hostOf(item);
        }
        assertTrue(spares(pool, hosts) >= pool.spare());
        assertEquals(List.of(), PlacementCheck.violations(pool, placements(pool, hosts)));
      }
      case Verdict.NotSpared few -> {
        assertTrue(!truth, "spares are possible");
        assertEquals(Optional.empty(), ImpossibilityCheck.flaw(ImpossibilityBuilder.of(few)));
      }
      case Verdict.Impossible impossible -> {
        assertTrue(!truth || !chain, "a placement with spares exists");
        assertEquals(
            Optional.empty(), ImpossibilityCheck.flaw(ImpossibilityBuilder.of(impossible)));
      }
      case Verdict.Undecided _ -> assertTrue(!truth || !chain, "a placement was not found");
      case Verdict.Overfull _, Verdict.NotSurvived _, Verdict.Shared _, Verdict.Stranded _ ->
          assertTrue(!truth || !chain);
    }
  }

  private static Map<String, List<Group.Placement>> placements(PoolProblem pool, int[] hosts) {
    Map<String, List<Group.Placement>> placements = new TreeMap<>();
    for (int item = 0; item < hosts.length; item++) {
      placements.put(
          pool.occupants().get(item).group(),
          List.of(new Group.Placement("h" + hosts[item], Optional.empty())));
    }
    return placements;
  }

  @Property(tries = 3000, seed = "20261122")
  void hostsOfGrowingSizesAreSparedExactly(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 6) int pairs,
      @ForAll @IntRange(min = 2, max = 5) int hosts,
      @ForAll @IntRange(min = 1, max = 2) int spare) {
    check(pool(new Random(seed), pairs, hosts, spare, true), true);
  }

  @Property(tries = 1500, seed = "20261122")
  void hostsOfAnySizesAreNeverTakenForSparesTheyAreNot(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 6) int pairs,
      @ForAll @IntRange(min = 2, max = 5) int hosts,
      @ForAll @IntRange(min = 1, max = 2) int spare) {
    check(pool(new Random(seed), pairs, hosts, spare, false), false);
  }

  @AfterContainer
  static void everyAnswerWasGiven() {
    assertTrue(
        SEEN.containsAll(Set.of("Holds and there is one", "NotSpared", "Impossible")),
        SEEN::toString);
  }

  @Test
  void theCheckerRefusesAPlacementOnASpare() {
    PoolProblem pool = pool(new Random(1), 1, 2, 2, true);
    assertEquals(1, PlacementCheck.violations(pool, placements(pool, new int[] {0})).size());
  }

  @Test
  void aFailedHostUsesUpASpare() {
    PoolProblem pool = pool(new Random(1), 1, 3, 2, true);
    assertEquals(2, pool.spares());
    List<Machine> machines = new ArrayList<>(pool.machines());
    Machine lost = machines.getFirst();
    machines.set(
        0,
        new Machine(
            lost.name(), lost.rack(), lost.allocatable(), lost.usable(), Host.State.FAILED));
    assertEquals(1, pool.withMachines(machines).spares());
  }
}
