package io.gops.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.fleet.Pool;
import io.gops.fleet.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PlacementSearchTest {
  /// The placement by index of the question's occupants, checked by the oracle at every vertex.
  private static void checkHolds(PoolProblem pool, Verdict.Holds verdict) {
    PoolModel model = verdict.model();
    for (int host = 0; host < model.hosts; host++) {
      List<Demand> there = new ArrayList<>();
      for (int item : verdict.packing().members(host)) {
        there.add(model.occupants.get(item).demand());
      }
      assertTrue(BruteForce.holds(pool, pool.machines().get(host), there, List.of()));
    }
    assertEquals(
        pool.occupants().size(),
        IntStream.range(0, model.hosts).map(verdict.packing()::count).sum());
  }

  private static void checkSurvives(PoolProblem pool, Verdict.Holds verdict) {
    PoolModel model = verdict.model();
    for (int lost = 0; lost < model.hosts; lost++) {
      for (int host = 0; host < model.hosts; host++) {
        if (host == lost) {
          continue;
        }
        List<Demand> there = new ArrayList<>();
        List<Demand> cold = new ArrayList<>();
        for (int item = 0; item < model.items; item++) {
          Demand demand = model.occupants.get(item).demand();
          if (verdict.packing().hostOf(item) == host) {
            there.add(demand);
          } else if (verdict.packing().hostOf(item) == lost
              && verdict.failover().get(item) == host) {
            assertNotEquals(pool.machines().get(lost).rack(), pool.machines().get(host).rack());
            cold.add(demand);
          }
        }
        assertTrue(BruteForce.holds(pool, pool.machines().get(host), there, cold));
      }
    }
    assertFalse(verdict.failover().contains(Packing.NOWHERE));
  }

  @Property(tries = 2000, seed = "20261121")
  void agreesWithEveryPlacementAndEveryVertex(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 8) int pairs,
      @ForAll @IntRange(min = 1, max = 3) int hosts,
      @ForAll @IntRange(min = 1, max = 9) int perHost) {
    PoolProblem pool = new InstanceGenerator(seed).small(pairs, hosts, perHost, 0);
    Optional<int[]> truth = BruteForce.placement(pool);
    switch (PlacementSearch.solve(pool)) {
      case Verdict.Holds holds -> checkHolds(pool, holds);
      case Verdict.Impossible _ -> assertTrue(truth.isEmpty(), "a bound excludes a placement");
      case Verdict.Undecided _ -> assertTrue(truth.isEmpty(), "a placement was not found");
      case Verdict.Overfull _,
          Verdict.NotSurvived _,
          Verdict.NotSpared _,
          Verdict.Shared _,
          Verdict.Stranded _ ->
          throw new AssertionError("nothing runs and nothing must be survived");
    }
  }

  @Property(tries = 500, seed = "20261121")
  void everyLossIsSurvived(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 8) int pairs,
      @ForAll @IntRange(min = 2, max = 4) int hosts) {
    PoolProblem pool = new InstanceGenerator(seed).small(pairs, hosts, 1, 1);
    if (PlacementSearch.solve(pool) instanceof Verdict.Holds holds) {
      checkHolds(pool, holds);
      checkSurvives(pool, holds);
    }
  }

  @Property(tries = 60, seed = "20261121")
  void plantedPoolsAreNeverImpossible(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 30) int hosts,
      @ForAll @IntRange(min = 2, max = 8) int pairsPerHost,
      @ForAll @IntRange(min = 50, max = 100) int fill,
      @ForAll @IntRange(min = 1, max = 3) int perHost) {
    PoolProblem pool =
        new InstanceGenerator(seed).planted(pairsPerHost * hosts, hosts, fill, perHost);
    Verdict verdict = PlacementSearch.solve(pool);
    switch (verdict) {
      case Verdict.Holds holds -> checkHolds(pool, holds);
      case Verdict.Undecided _ -> assertTrue(fill > 88, "undecided at fill " + fill);
      case Verdict.Impossible _,
          Verdict.Overfull _,
          Verdict.NotSurvived _,
          Verdict.NotSpared _,
          Verdict.Shared _,
          Verdict.Stranded _ ->
          throw new AssertionError("a placement exists: " + verdict);
    }
  }

  @Property(tries = 30, seed = "20261121")
  void tripletsAreNeverImpossible(@ForAll long seed) {
    PoolProblem pool = new InstanceGenerator(seed).triplets(10);
    assertFalse(PlacementSearch.solve(pool) instanceof Verdict.Impossible);
  }

  /// The sum of the sizes gives the fewest hosts there can be; the optimum of this class is known
  /// to be at most one host above it.
  @Property(tries = 30, seed = "20261121")
  void uniformSizesNeedOneHostMoreThanTheirSumAtMost(@ForAll long seed) {
    long sum =
        new InstanceGenerator(seed)
            .uniform(120, 1).occupants().stream()
                .mapToLong(o -> o.demand().cutOver().steady().get(Resource.MEMORY))
                .sum();
    int fewest = (int) Math.ceilDiv(sum, 150L);
    assertInstanceOf(Bound.Sum.class, why(new InstanceGenerator(seed).uniform(120, fewest - 1)));
    assertFalse(
        PlacementSearch.solve(new InstanceGenerator(seed).uniform(120, fewest + 1))
            instanceof Verdict.Impossible);
    assertInstanceOf(
        Verdict.Holds.class,
        PlacementSearch.solve(new InstanceGenerator(seed).uniform(120, fewest + 3)));
  }

  @Property(tries = 20, seed = "20261121")
  void eachInfeasibleFamilyIsProved(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 40) int hosts) {
    InstanceGenerator generator = new InstanceGenerator(seed);
    assertInstanceOf(Bound.Sum.class, why(generator.tooMuch(hosts)));
    assertInstanceOf(Bound.Item.class, why(generator.tooLarge(3 * hosts, hosts)));
    assertInstanceOf(Bound.Count.class, why(generator.tooMany(hosts)));
    Bound crossed = why(generator.crossed(10 + hosts));
    assertEquals(2, assertInstanceOf(Bound.Count.class, crossed).weights().size());
  }

  private static Bound why(PoolProblem pool) {
    return assertInstanceOf(Verdict.Impossible.class, PlacementSearch.solve(pool)).why();
  }

  @Property(tries = 200, seed = "20261121")
  void moreDemandNeverHelps(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 8) int pairs,
      @ForAll @IntRange(min = 1, max = 3) int hosts) {
    PoolProblem pool = new InstanceGenerator(seed).small(pairs, hosts, 1, 0);
    PoolProblem finer = InstanceGenerator.scaled(pool, 100 * 100);
    PoolProblem more = InstanceGenerator.scaled(pool, 100 * 110);
    if (!(PlacementSearch.solve(finer) instanceof Verdict.Holds)) {
      assertFalse(PlacementSearch.solve(more) instanceof Verdict.Holds);
    }
  }

  @Property(tries = 500, seed = "20261121")
  void moreCapacityNeverWorsens(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 8) int pairs,
      @ForAll @IntRange(min = 1, max = 3) int hosts,
      @ForAll @IntRange(min = 1, max = 3) int perHost,
      @ForAll @IntRange(min = 1, max = 40) int more) {
    PoolProblem pool = new InstanceGenerator(seed).small(pairs, hosts, perHost, 0);
    if (PlacementSearch.solve(pool) instanceof Verdict.Holds) {
      assertInstanceOf(
          Verdict.Holds.class, PlacementSearch.solve(InstanceGenerator.larger(pool, more)));
    }
  }

  @Property(tries = 100, seed = "20261121")
  void theOrderOfTheQuestionDoesNotMatter(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int hosts) {
    InstanceGenerator generator = new InstanceGenerator(seed);
    PoolProblem pool = generator.planted(4 * hosts, hosts, 80, 1);
    Verdict one = PlacementSearch.solve(pool);
    Verdict two = PlacementSearch.solve(generator.shuffled(pool));
    assertEquals(one.getClass(), two.getClass());
    if (one instanceof Verdict.Holds a && two instanceof Verdict.Holds b) {
      for (int item = 0; item < a.model().items; item++) {
        assertEquals(a.packing().hostOf(item), b.packing().hostOf(item));
      }
    }
  }

  /// Instants drawn at random: every pair anywhere on its way, at most `perHost` of them moving.
  @Property(tries = 300, seed = "20261121")
  void noInstantExceedsTheWorstInstant(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 10) int pairs,
      @ForAll @IntRange(min = 1, max = 4) int perHost) {
    PoolProblem pool = new InstanceGenerator(seed).small(pairs, 1, perHost, 0);
    PoolModel model = new PoolModel(pool);
    Packing packing = new Packing(model);
    for (int item = 0; item < pairs; item++) {
      packing.place(item, 0);
    }
    Random random = new Random(seed);
    for (int sample = 0; sample < 50; sample++) {
      for (int row = 0; row < model.rows; row++) {
        long worst = model.limit[row] - packing.room(0, row);
        assertTrue(instant(model, row, perHost, random) <= worst);
      }
    }
  }

  /// The bound is no larger than it must be: instants drawn at random come within a hundredth of
  /// it on average.
  @Test
  void sampledInstantsComeWithinAHundredthOfTheWorstInstant() {
    Random random = new Random(20261121);
    long reached = 0;
    long bound = 0;
    for (int host = 0; host < 300; host++) {
      int perHost = 1 + random.nextInt(3);
      int pairs = 1 + random.nextInt(10);
      PoolModel model = new PoolModel(new InstanceGenerator(host).small(pairs, 1, perHost, 0));
      Packing packing = new Packing(model);
      for (int item = 0; item < pairs; item++) {
        packing.place(item, 0);
      }
      for (int row = 0; row < model.rows; row++) {
        long most = 0;
        for (int sample = 0; sample < 400; sample++) {
          most = Math.max(most, instant(model, row, perHost, random));
        }
        reached += most;
        bound += model.limit[row] - packing.room(0, row);
      }
    }
    assertTrue(reached <= bound);
    assertTrue(100 * reached >= 99 * bound, reached + " of " + bound);
  }

  private static long instant(PoolModel model, int row, int perHost, Random random) {
    long use = 0;
    int moving = 0;
    int first = random.nextInt(model.items);
    for (int i = 0; i < model.items; i++) {
      int item = (first + i) % model.items;
      use += model.steady[item * model.rows + row];
      if (moving < perHost && random.nextBoolean()) {
        moving++;
        int share = random.nextBoolean() ? 100 : random.nextInt(101);
        use += model.extra[item * model.rows + row] * share / 100;
      }
    }
    return use;
  }

  @Test
  void aHostWithoutRoomForTheLargestPairIsNamed() {
    PoolProblem pool = new InstanceGenerator(7).tooLarge(6, 3);
    Bound.Item bound = assertInstanceOf(Bound.Item.class, why(pool));
    assertTrue(bound.gap().shortage() > 0);
    assertEquals(Resource.MEMORY, new PoolModel(pool).measures.get(bound.gap().row()).resource());
  }

  @Test
  void anEmptyPoolHolds() {
    PoolProblem pool = new InstanceGenerator(7).small(1, 2, 1, 1);
    PoolProblem empty =
        new PoolProblem(
            pool.pool(), pool.sharing(), 0, 1, 1, 1, pool.machines(), List.<Occupant>of());
    assertInstanceOf(Verdict.Holds.class, PlacementSearch.solve(empty));
  }

  /// Where every host has room for the groups of every other, no host is the failover of many.
  @Test
  void failoverHostsAreSpread() {
    PoolProblem pool =
        InstanceGenerator.withSurvive(new InstanceGenerator(7).planted(60, 20, 40, 1), 1);
    Verdict.Holds holds = assertInstanceOf(Verdict.Holds.class, PlacementSearch.solve(pool));
    Map<Integer, Long> counts =
        holds.failover().stream().collect(Collectors.groupingBy(h -> h, Collectors.counting()));
    assertTrue(counts.values().stream().allMatch(count -> count <= 6), counts.toString());
  }

  /// Two racks: everything of either finds a place in the other, all at once.
  @Property(tries = 500, seed = "20261122")
  void theLossOfAnyRackIsSurvived(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 6) int pairs,
      @ForAll @IntRange(min = 2, max = 5) int hosts) {
    PoolProblem pool =
        InstanceGenerator.inRacks(new InstanceGenerator(seed).small(pairs, hosts, 1, 0), 2);
    PoolProblem question = InstanceGenerator.withSurvive(pool, Pool.WHOLE_RACK);
    if (PlacementSearch.solve(question) instanceof Verdict.Holds holds) {
      assertFalse(holds.failover().contains(Packing.NOWHERE));
      for (String rack : List.of("rack0", "rack1")) {
        checkRackLoss(question, holds, rack);
      }
    }
  }

  private static void checkRackLoss(PoolProblem pool, Verdict.Holds holds, String rack) {
    PoolModel model = holds.model();
    for (int host = 0; host < model.hosts; host++) {
      boolean lost = model.machines.get(host).rack().equals(rack);
      List<Demand> there = new ArrayList<>();
      List<Demand> cold = new ArrayList<>();
      for (int item = 0; item < model.items; item++) {
        int home = holds.packing().hostOf(item);
        boolean orphan = model.machines.get(home).rack().equals(rack);
        if (home == host && !orphan) {
          there.add(model.occupants.get(item).demand());
        }
        if (orphan && holds.failover().get(item) == host) {
          cold.add(model.occupants.get(item).demand());
        }
      }
      assertTrue(!lost || cold.isEmpty(), "a failover host is in the lost rack");
      assertTrue(lost || BruteForce.holds(pool, model.machines.get(host), there, cold));
    }
  }

  /// A lost server may start on the failover host of any of its siblings, because labels of nodes
  /// know groups only; each of these hosts holds it, with all others that may come there.
  @Property(tries = 500, seed = "20261122")
  void lostServersFitOnTheFailoverHostOfAnySibling(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 8) int servers,
      @ForAll @IntRange(min = 4, max = 6) int hosts,
      @ForAll @IntRange(min = 1, max = 3) int racks) {
    PoolProblem small =
        InstanceGenerator.inRacks(new InstanceGenerator(seed).small(servers, hosts, 1, 1), racks);
    PoolProblem pool = small.withOccupants(inGroups(small.occupants(), new Random(seed)));
    if (!(PlacementSearch.solve(pool) instanceof Verdict.Holds holds)) {
      return;
    }
    PoolModel model = holds.model();
    for (int lost = 0; lost < model.hosts; lost++) {
      for (int host = 0; host < model.hosts; host++) {
        if (host != lost) {
          List<Demand> there = new ArrayList<>();
          Map<String, Demand> cold = new TreeMap<>();
          for (int item = 0; item < model.items; item++) {
            Occupant occupant = model.occupants.get(item);
            if (holds.packing().hostOf(item) == host) {
              there.add(occupant.demand());
            }
            if (holds.packing().hostOf(item) == lost && mayStart(holds, item, host)) {
              cold.put(occupant.group(), occupant.demand());
            }
          }
          assertTrue(
              BruteForce.holds(pool, model.machines.get(host), there, List.copyOf(cold.values())));
        }
      }
    }
  }

  /// Neighbours become servers of one group, which are alike.
  private static List<Occupant> inGroups(List<Occupant> occupants, Random random) {
    List<Occupant> grouped = new ArrayList<>();
    for (Occupant occupant : occupants) {
      Occupant before = grouped.isEmpty() ? occupant : grouped.getLast();
      boolean sibling = !grouped.isEmpty() && random.nextInt(3) > 0;
      grouped.add(
          new Occupant(
              sibling ? before.group() : occupant.group(),
              sibling ? before.ordinal() + 1 : 0,
              sibling ? before.demand() : occupant.demand(),
              Optional.empty(),
              false));
    }
    return grouped;
  }

  /// Whether a node has the label for failovers of the item's group.
  private static boolean mayStart(Verdict.Holds holds, int item, int host) {
    PoolModel model = holds.model();
    boolean failover = false;
    boolean home = false;
    for (int other = 0; other < model.items; other++) {
      if (model.occupants.get(other).group().equals(model.occupants.get(item).group())) {
        failover |= holds.failover().get(other) == host;
        home |= holds.packing().hostOf(other) == host;
      }
    }
    return failover && !home;
  }

  /// One rack has nowhere to go.
  @Test
  void aPoolOfOneRackDoesNotSurviveIt() {
    PoolProblem pool = InstanceGenerator.inRacks(new InstanceGenerator(7).small(3, 4, 1, 0), 1);
    assertInstanceOf(
        Verdict.NotSurvived.class,
        PlacementSearch.solve(InstanceGenerator.withSurvive(pool, Pool.WHOLE_RACK)));
  }

  /// Whichever `k` hosts are lost, their groups find `k` empty hosts: every choice is tried.
  @Property(tries = 300, seed = "20261122")
  void theLossOfSeveralHostsIsSurvived(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 6) int pairs,
      @ForAll @IntRange(min = 3, max = 6) int hosts,
      @ForAll @IntRange(min = 2, max = 3) int lost) {
    PoolProblem pool = new InstanceGenerator(seed).small(pairs, hosts, 1, lost);
    if (PlacementSearch.solve(pool) instanceof Verdict.Holds holds) {
      checkHolds(pool, holds);
      assertTrue(LossCheck.flaw(holds, lost).isEmpty());
      for (int choice = 0; choice < 1 << hosts; choice++) {
        if (Integer.bitCount(choice) == lost) {
          checkLoss(holds, choice);
        }
      }
    }
  }

  private static void checkLoss(Verdict.Holds holds, int lost) {
    PoolModel model = holds.model();
    List<Integer> empty = new ArrayList<>();
    List<Integer> orphaned = new ArrayList<>();
    for (int host = 0; host < model.hosts; host++) {
      boolean gone = (lost & 1 << host) != 0;
      if (!gone && holds.packing().count(host) == 0) {
        empty.add(host);
      } else if (gone && holds.packing().count(host) > 0) {
        orphaned.add(host);
      }
    }
    assertTrue(matches(holds, orphaned, empty, 0, new boolean[empty.size()]));
  }

  /// Whether each lost host has an empty one of its own that takes all it carried.
  private static boolean matches(
      Verdict.Holds holds, List<Integer> lost, List<Integer> empty, int next, boolean[] taken) {
    if (next == lost.size()) {
      return true;
    }
    PoolModel model = holds.model();
    List<Demand> cold = new ArrayList<>();
    for (int item : holds.packing().members(lost.get(next))) {
      cold.add(model.occupants.get(item).demand());
    }
    for (int i = 0; i < taken.length; i++) {
      Machine machine = model.machines.get(empty.get(i));
      if (!taken[i] && BruteForce.holds(model.problem, machine, List.of(), cold)) {
        taken[i] = true;
        if (matches(holds, lost, empty, next + 1, taken)) {
          return true;
        }
        taken[i] = false;
      }
    }
    return false;
  }
}
