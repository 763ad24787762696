package io.gops.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/// Groups with several servers, which stand on as many hosts, against every placement.
class ReplicasTest {
  private static final Set<String> SEEN = new TreeSet<>();

  /// Groups of one to three equal servers.
  private static PoolProblem grouped(PoolProblem pool, Random random) {
    List<Occupant> occupants = new ArrayList<>();
    for (Occupant occupant : pool.occupants()) {
      int servers = 1 + random.nextInt(3);
      for (int ordinal = 0; ordinal < servers; ordinal++) {
        occupants.add(
            new Occupant(occupant.group(), ordinal, occupant.demand(), Optional.empty(), false));
      }
    }
    return pool.withOccupants(occupants);
  }

  private static boolean exists(PoolProblem pool, int[] hosts, int item) {
    if (item == hosts.length) {
      return true;
    }
    for (int host = 0; host < pool.machines().size(); host++) {
      hosts[item] = host;
      if (standsApart(pool, hosts, item)
          && BruteForce.holds(pool, hosts, item + 1, host)
          && exists(pool, hosts, item + 1)) {
        return true;
      }
    }
    return false;
  }

  private static boolean standsApart(PoolProblem pool, int[] hosts, int item) {
    String group = pool.occupants().get(item).group();
    for (int other = 0; other < item; other++) {
      if (hosts[other] == hosts[item] && pool.occupants().get(other).group().equals(group)) {
        return false;
      }
    }
    return true;
  }

  @Property(tries = 1000, seed = "20261122")
  void areDecidedAsByTryingAll(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 4) int groups,
      @ForAll @IntRange(min = 1, max = 4) int hosts,
      @ForAll @IntRange(min = 1, max = 3) int perHost) {
    PoolProblem pool =
        grouped(new InstanceGenerator(seed).small(groups, hosts, perHost, 0), new Random(seed));
    boolean truth = exists(pool, new int[pool.occupants().size()], 0);
    Verdict verdict = PlacementSearch.solve(pool);
    SEEN.add(verdict.getClass().getSimpleName());
    assertEquals(truth, verdict instanceof Verdict.Holds, () -> verdict.getClass().getName());
    if (verdict instanceof Verdict.Holds holds) {
      int[] placed = new int[pool.occupants().size()];
      for (int item = 0; item < placed.length; item++) {
        placed[pool.occupants().indexOf(holds.model().occupants.get(item))] =
            holds.packing().hostOf(item);
      }
      for (int item = 0; item < placed.length; item++) {
        assertTrue(standsApart(pool, placed, item));
        assertTrue(BruteForce.holds(pool, placed, placed.length, placed[item]));
      }
    }
  }

  @AfterContainer
  static void bothAnswersWereGiven() {
    assertTrue(SEEN.containsAll(Set.of("Holds", "Impossible")), SEEN::toString);
  }
}
