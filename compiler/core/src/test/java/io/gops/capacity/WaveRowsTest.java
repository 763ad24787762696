package io.gops.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.fleet.Amounts;
import io.gops.fleet.Curve;
import io.gops.fleet.Host;
import io.gops.fleet.Pair;
import io.gops.fleet.Percent;
import io.gops.fleet.Pool;
import io.gops.fleet.Profile;
import io.gops.fleet.Resource;
import io.gops.verify.Certificate;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// Releases whose waves have an order, against every placement and every wave taken literally.
class WaveRowsTest {

  /// What a group uses while the wave `now` runs, or before the first and behind the last.
  private static long use(Occupant group, int now, boolean moving, Resource resource) {
    Integer own = group.itinerary().waves().get(InstanceGenerator.RELEASE);
    if (own == null) {
      return group.demand().cutOver().steady().get(resource);
    }
    Passage.Phases phases =
        group.demand().passages().getOrDefault(InstanceGenerator.RELEASE, NOTHING).use();
    Amounts amounts =
        own == now && moving ? phases.during() : own < now ? phases.after() : phases.before();
    return amounts.get(resource);
  }

  private static final Passage.Phases NO_USE =
      new Passage.Phases(Amounts.NONE, Amounts.NONE, Amounts.NONE, Amounts.NONE);
  private static final Passage NOTHING = new Passage(NO_USE, NO_USE);

  /// Every instant of the release, and every choice of those that may move without it.
  private static boolean holds(
      PoolProblem pool, Machine machine, List<Occupant> there, List<Occupant> cold) {
    for (Resource resource : machine.usable().resources()) {
      long limit = machine.usable().get(resource);
      for (Occupant started : cold) {
        limit -= started.demand().cold().get(resource);
      }
      for (int wave = 0; wave <= pool.orders().getFirst().waves().size(); wave++) {
        int now = wave;
        if (there.stream().mapToLong(group -> use(group, now, true, resource)).sum() > limit) {
          return false;
        }
      }
      if (anybodyMayMove(pool, resource) && !holdsAnyTime(pool, there, resource, limit)) {
        return false;
      }
    }
    return true;
  }

  private static boolean anybodyMayMove(PoolProblem pool, Resource resource) {
    return pool.occupants().stream().anyMatch(group -> extra(group, resource) > 0);
  }

  private static long extra(Occupant group, Resource resource) {
    Demand.Course course = group.demand().cutOver();
    return group.itinerary().anyTime().contains(Moment.CUT_OVER)
        ? course.worst().get(resource) - course.steady().get(resource)
        : 0;
  }

  private static boolean holdsAnyTime(
      PoolProblem pool, List<Occupant> there, Resource resource, long limit) {
    for (int moving = 0; moving < 1 << there.size(); moving++) {
      if (Integer.bitCount(moving) <= pool.perHost()) {
        long sum = 0;
        for (int i = 0; i < there.size(); i++) {
          sum += there.get(i).demand().cutOver().steady().get(resource);
          sum += (moving & 1 << i) != 0 ? extra(there.get(i), resource) : 0;
        }
        if (sum > limit) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean exists(PoolProblem pool, List<List<Occupant>> there, int item) {
    if (item == pool.occupants().size()) {
      return true;
    }
    for (int host = 0; host < pool.machines().size(); host++) {
      there.get(host).add(pool.occupants().get(item));
      boolean found =
          holds(pool, pool.machines().get(host), there.get(host), List.of())
              && exists(pool, there, item + 1);
      there.get(host).removeLast();
      if (found) {
        return true;
      }
    }
    return false;
  }

  private static boolean exists(PoolProblem pool) {
    List<List<Occupant>> there = new ArrayList<>();
    pool.machines().forEach(_ -> there.add(new ArrayList<>()));
    return exists(pool, there, 0);
  }

  private static List<Occupant> on(PoolAnswer.Holds answer, String host) {
    return answer.question().occupants().stream()
        .filter(
            o ->
                answer
                    .placements()
                    .getOrDefault(o.group(), List.of())
                    .get(o.ordinal())
                    .primary()
                    .equals(host))
        .toList();
  }

  @Property(tries = 1500, seed = "20261122")
  void agreesWithEveryPlacementAndEveryWave(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 7) int pairs,
      @ForAll @IntRange(min = 1, max = 3) int hosts,
      @ForAll @IntRange(min = 1, max = 4) int waves,
      @ForAll @IntRange(min = 1, max = 3) int perHost) {
    InstanceGenerator generator = new InstanceGenerator(seed);
    PoolProblem pool = generator.inWaves(generator.small(pairs, hosts, perHost, 0), waves);
    PoolAnswer answer = AnswerBuilder.build(PlacementSearch.solve(pool));
    switch (answer) {
      case PoolAnswer.Holds holds -> {
        for (Machine machine : pool.machines()) {
          assertTrue(holds(pool, machine, on(holds, machine.name()), List.of()));
        }
        assertEquals(List.of(), certificate(answer));
      }
      case PoolAnswer.Impossible _ -> {
        assertTrue(!exists(pool), "a bound excludes a placement");
        assertEquals(List.of(), certificate(answer));
      }
      case PoolAnswer.Undecided _ -> assertTrue(!exists(pool), "a placement was not found");
    }
  }

  private static List<String> certificate(PoolAnswer answer) {
    return new Certificate(0, List.of(answer)).violations();
  }

  @Property(tries = 400, seed = "20261122")
  void everyLossIsSurvivedInEveryWave(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 6) int pairs,
      @ForAll @IntRange(min = 2, max = 4) int hosts,
      @ForAll @IntRange(min = 1, max = 3) int waves) {
    InstanceGenerator generator = new InstanceGenerator(seed);
    PoolProblem pool = generator.inWaves(generator.small(pairs, hosts, 1, 1), waves);
    PoolAnswer answer = AnswerBuilder.build(PlacementSearch.solve(pool));
    if (answer instanceof PoolAnswer.Holds holds) {
      for (Machine lost : pool.machines()) {
        for (Machine machine : pool.machines()) {
          List<Occupant> cold =
              on(holds, lost.name()).stream()
                  .filter(
                      o ->
                          holds
                              .placements()
                              .getOrDefault(o.group(), List.of())
                              .get(o.ordinal())
                              .failover()
                              .equals(Optional.of(machine.name())))
                  .toList();
          assertTrue(machine.equals(lost) || holds(pool, machine, on(holds, machine.name()), cold));
        }
      }
    }
    if (!(answer instanceof PoolAnswer.Undecided)) {
      assertEquals(List.of(), certificate(answer));
    }
  }

  /// An order allows no less than a budget that lets as many groups of a host move as a wave does.
  @Property(tries = 300, seed = "20261122")
  void anOrderNeverNeedsMoreThanTheBudgetThatAllowsIt(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 7) int pairs,
      @ForAll @IntRange(min = 1, max = 3) int waves) {
    InstanceGenerator generator = new InstanceGenerator(seed);
    PoolProblem free = generator.small(pairs, 2, pairs, 0);
    if (PlacementSearch.solve(free) instanceof Verdict.Holds) {
      PoolProblem ordered = generator.inWaves(free, waves);
      assertTrue(PlacementSearch.solve(ordered) instanceof Verdict.Holds);
    }
  }

  // ---- Sampled instants ----------------------------------------------------------------------

  private record Measured(Profile from, Profile to, long players) {
    /// Use when some have moved and all have been on both sides, rounded down.
    long at(Resource resource, long moved) {
      return side(from, resource, players - moved) + side(to, resource, moved);
    }

    private long side(Profile profile, Resource resource, long now) {
      long full = value(profile, resource, players);
      long there = value(profile, resource, now);
      Percent kept = profile.keepsAfterLogout().getOrDefault(resource, Percent.ZERO);
      return there + kept.ofFloor(full - there);
    }

    static long value(Profile profile, Resource resource, long players) {
      Curve curve = profile.byPlayers().get(resource);
      if (curve == null) {
        return profile.base().get(resource) + profile.perPlayer().get(resource) * players;
      }
      for (int i = 1; i < curve.points().size(); i++) {
        Curve.Point a = curve.points().get(i - 1);
        Curve.Point b = curve.points().get(i);
        if (players <= b.players()) {
          return a.amount()
              + BigInteger.valueOf(b.amount() - a.amount())
                  .multiply(BigInteger.valueOf(players - a.players()))
                  .divide(BigInteger.valueOf(b.players() - a.players()))
                  .longValueExact();
        }
      }
      throw new AssertionError(players + " is not on the curve");
    }
  }

  @Property(tries = 200, seed = "20261122")
  void noSampledInstantOfAnyWaveExceedsTheBoundAndOneComesClose(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int pairs) {
    InstanceGenerator generator = new InstanceGenerator(seed);
    Random random = new Random(seed);
    List<Measured> measured = new ArrayList<>();
    List<Occupant> occupants = new ArrayList<>();
    for (int pair = 0; pair < pairs; pair++) {
      long players = 40L + random.nextInt(400);
      Profile from = generator.measured(players);
      Profile to = generator.measured(players);
      measured.add(new Measured(from, to, players));
      Demand demand =
          CutOver.pair(from, to, Pair.Standby.STOPPED, players)
              .with(
                  InstanceGenerator.RELEASE,
                  CutOver.passage(from, from, to, Pair.Standby.STOPPED, players));
      occupants.add(
          new Occupant("" + pair, 0, demand, Optional.empty(), false)
              .with(
                  new Itinerary(
                      new TreeMap<>(Map.of(InstanceGenerator.RELEASE, 1 + random.nextInt(3))),
                      EnumSet.noneOf(Moment.class))));
    }
    PoolModel model = new PoolModel(alone(occupants));
    Packing packing = new Packing(model);
    for (int item = 0; item < model.items; item++) {
      packing.place(item, 0);
    }
    for (int row = 0; row < model.rows; row++) {
      Measure measure = model.measures.get(row);
      if (measure.moment() == Moment.CUT_OVER && measure.resource() != Resource.PODS) {
        long bound = model.limit[row] - packing.room(0, row);
        int wave = measure.stage().orElseThrow().wave();
        sampled(measured, occupants, measure.resource(), wave, bound);
      }
    }
  }

  private static void sampled(
      List<Measured> measured, List<Occupant> occupants, Resource resource, int wave, long bound) {
    long attained = 0;
    for (int i = 0; i < occupants.size(); i++) {
      Measured group = measured.get(i);
      int own = occupants.get(i).itinerary().waves().getOrDefault(InstanceGenerator.RELEASE, -1);
      long most = 0;
      for (long moved = 0; own == wave && moved <= group.players(); moved++) {
        most = Math.max(most, group.at(resource, moved));
      }
      attained +=
          own == wave
              ? most
              : Measured.value(own < wave ? group.to() : group.from(), resource, group.players());
    }
    assertTrue(attained <= bound, resource + " in wave " + wave);
    assertTrue(attained >= bound - bound / 100 - 4L * occupants.size(), attained + " of " + bound);
  }

  private static PoolProblem alone(List<Occupant> occupants) {
    Amounts limits =
        new Amounts(
            Map.of(
                Resource.CPU, 1L << 50,
                Resource.MEMORY, 1L << 50,
                Resource.EGRESS, 1L << 50));
    return new PoolProblem(
        "lab.std",
        Pool.Sharing.PACKED,
        0,
        0,
        1,
        1,
        List.of(new Machine("h1", "r1", limits, limits, Host.State.ACTIVE)),
        occupants,
        List.of(
            new FixedOrder(
                InstanceGenerator.RELEASE, Moment.CUT_OVER, List.of("", "one", "two", "three"))));
  }

  /// Two large and two small pairs on one host: any two of them do not fit, a large one beside a
  /// small one does.
  @Test
  void aLargePairBesideASmallOneFitsWhereAnyTwoDoNot() {
    Amounts limits = Amounts.of(Resource.MEMORY, 100);
    List<Occupant> occupants = new ArrayList<>();
    long[] steady = {20, 20, 5, 5};
    for (int i = 0; i < steady.length; i++) {
      Amounts quiet = Amounts.of(Resource.MEMORY, steady[i]);
      Amounts worst = Amounts.of(Resource.MEMORY, 2 * steady[i] + 5);
      occupants.add(
          new Occupant(
              "" + i,
              0,
              Demand.ofCutOver(quiet, worst)
                  .with(
                      InstanceGenerator.RELEASE,
                      new Passage(new Passage.Phases(quiet, quiet, worst, quiet), NO_USE)),
              Optional.empty(),
              false));
    }
    PoolProblem any =
        new PoolProblem(
            "lab.std",
            Pool.Sharing.PACKED,
            0,
            0,
            2,
            1,
            List.of(new Machine("h1", "r1", limits, limits, Host.State.ACTIVE)),
            occupants);
    assertTrue(PlacementSearch.solve(any) instanceof Verdict.Holds);
    PoolProblem tight =
        any.withMachines(
            List.of(
                new Machine(
                    "h1",
                    "r1",
                    Amounts.of(Resource.MEMORY, 90),
                    Amounts.of(Resource.MEMORY, 90),
                    Host.State.ACTIVE)));
    assertTrue(!(PlacementSearch.solve(tight) instanceof Verdict.Holds));
    assertTrue(PlacementSearch.solve(paired(tight, 1, 2, 1, 2)) instanceof Verdict.Holds);
    assertTrue(!(PlacementSearch.solve(paired(tight, 1, 1, 2, 2)) instanceof Verdict.Holds));
  }

  private static PoolProblem paired(PoolProblem pool, int... waves) {
    List<Occupant> occupants = new ArrayList<>();
    for (Occupant old : pool.occupants()) {
      int wave = waves[occupants.size()];
      occupants.add(
          old.with(
              new Itinerary(new TreeMap<>(Map.of(InstanceGenerator.RELEASE, wave)), Set.of())));
    }
    return new PoolProblem(
        pool.pool(),
        pool.sharing(),
        0,
        0,
        pool.perHost(),
        1,
        pool.machines(),
        occupants,
        List.of(
            new FixedOrder(InstanceGenerator.RELEASE, Moment.CUT_OVER, List.of("", "one", "two"))));
  }
}
