package io.gops.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.fleet.Amounts;
import io.gops.fleet.Curve;
import io.gops.fleet.Pair;
import io.gops.fleet.Percent;
import io.gops.fleet.Profile;
import io.gops.fleet.Resource;
import io.gops.source.Origins;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// Profiles with points: the worst instant is that of every number of moved players, tried one by
/// one in exact fractions.
class CurveTest {
  private static final long GIBIBYTE = 1L << 30;

  private static Profile profile(Curve curve, Percent kept, Percent overlap) {
    return new Profile(
        Amounts.NONE,
        Amounts.NONE,
        Map.of(Resource.MEMORY, curve),
        Map.of(Resource.MEMORY, kept),
        Amounts.NONE,
        0,
        overlap,
        Amounts.NONE,
        Profile.Traffic.NONE,
        Origins.NONE);
  }

  private static Curve curve(long... numbers) {
    List<Curve.Point> points = new ArrayList<>();
    for (int i = 0; i < numbers.length; i += 2) {
      points.add(new Curve.Point(numbers[i], numbers[i + 1]));
    }
    return new Curve(points);
  }

  private static Curve random(Random random, long players) {
    List<Curve.Point> points = new ArrayList<>();
    points.add(new Curve.Point(0, random.nextInt(50)));
    while (points.getLast().players() < players) {
      Curve.Point last = points.getLast();
      points.add(
          new Curve.Point(
              last.players() + 1 + random.nextInt(12), last.amount() + random.nextInt(40)));
    }
    return new Curve(points);
  }

  /// A fraction, by definition of the straight line between the neighbours.
  private record Exact(BigInteger over, BigInteger under) {
    static Exact of(long number) {
      return new Exact(BigInteger.valueOf(number), BigInteger.ONE);
    }

    Exact plus(Exact other) {
      return new Exact(
          over.multiply(other.under).add(other.over.multiply(under)), under.multiply(other.under));
    }

    Exact times(long numerator, long denominator) {
      return new Exact(
          over.multiply(BigInteger.valueOf(numerator)),
          under.multiply(BigInteger.valueOf(denominator)));
    }

    boolean isAtMost(Exact other) {
      return over.multiply(other.under).compareTo(other.over.multiply(under)) <= 0;
    }

    static Exact on(Curve curve, long players) {
      for (int i = 1; i < curve.points().size(); i++) {
        Curve.Point a = curve.points().get(i - 1);
        Curve.Point b = curve.points().get(i);
        if (a.players() <= players && players <= b.players()) {
          return of(a.amount())
              .plus(
                  of(b.amount() - a.amount())
                      .times(players - a.players(), b.players() - a.players()));
        }
      }
      throw new AssertionError(players + " is not on the curve");
    }

    /// Use of a side that had everybody and has `now`.
    static Exact side(Curve curve, Percent kept, long most, long now) {
      long stays = kept.basisPoints();
      return on(curve, now)
          .times(10_000 - stays, 10_000)
          .plus(on(curve, most).times(stays, 10_000));
    }
  }

  @Property(tries = 1000, seed = "20261122")
  void noNumberOfMovedPlayersExceedsTheWorstInstantAndOneReachesIt(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 60) int players,
      @ForAll @IntRange(min = 0, max = 100) int keptFrom,
      @ForAll @IntRange(min = 0, max = 100) int keptTo) {
    Random random = new Random(seed);
    Curve from = random(random, players);
    Curve to = random(random, players);
    Percent stays = new Percent(100L * keptFrom);
    Percent next = new Percent(100L * keptTo);
    Demand demand =
        CutOver.pair(
            profile(from, stays, Percent.ZERO),
            profile(to, next, Percent.ZERO),
            Pair.Standby.STOPPED,
            players);
    long worst = demand.cutOver().worst().get(Resource.MEMORY);
    Exact most = Exact.of(0);
    for (long moved = 0; moved <= players; moved++) {
      Exact use =
          Exact.side(from, stays, players, players - moved)
              .plus(Exact.side(to, next, players, moved));
      most = use.isAtMost(most) ? most : use;
    }
    assertTrue(most.isAtMost(Exact.of(worst)), "some instant needs more than " + worst);
    assertTrue(Exact.of(worst - 4).isAtMost(most), "no instant needs nearly " + worst);
  }

  @Property(tries = 500, seed = "20261122")
  void sessionsThatCountTwiceFitWhereverTheyAre(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 40) int players,
      @ForAll @IntRange(min = 0, max = 100) int percent) {
    Random random = new Random(seed);
    Curve from = random(random, players);
    Curve to = random(random, players);
    Percent twice = new Percent(100L * percent);
    Demand demand =
        CutOver.pair(
            profile(from, Percent.ZERO, twice),
            profile(to, Percent.ZERO, twice),
            Pair.Standby.STOPPED,
            players);
    long worst = demand.cutOver().worst().get(Resource.MEMORY);
    for (long a = 0; a <= players; a++) {
      for (long b = 0; b <= players && a + b <= players + twice.ofCeil(players); b++) {
        Exact use = Exact.on(from, a).plus(Exact.on(to, b));
        assertTrue(use.isAtMost(Exact.of(worst)), a + " and " + b + " need more than " + worst);
      }
    }
  }

  @Property(tries = 200, seed = "20261122")
  void twoPointsAreAnEvenUse(
      @ForAll @IntRange(min = 0, max = 1000) int base,
      @ForAll @IntRange(min = 0, max = 50) int each,
      @ForAll @IntRange(min = 1, max = 500) int players,
      @ForAll @IntRange(min = 0, max = 100) int kept) {
    Percent share = new Percent(100L * kept);
    Profile points = profile(curve(0, base, 500, base + 500L * each), share, Percent.ZERO);
    Profile even =
        new Profile(
            Amounts.of(Resource.MEMORY, base),
            Amounts.of(Resource.MEMORY, each),
            Map.of(),
            Map.of(Resource.MEMORY, share),
            Amounts.NONE,
            0,
            Percent.ZERO,
            Amounts.NONE,
            Profile.Traffic.NONE,
            Origins.NONE);
    Demand demand = CutOver.pair(even, even, Pair.Standby.WARM, players);
    assertEquals(demand, CutOver.pair(points, points, Pair.Standby.WARM, players));
  }

  /// A cache that fills early: half way both sides are nearly full.
  @Test
  void aUseThatRisesEarlyIsWorstInTheMiddle() {
    Curve curve = curve(0, 2 * GIBIBYTE, 500, 6 * GIBIBYTE, 3000, 9 * GIBIBYTE);
    Profile profile = profile(curve, Percent.ZERO, Percent.ZERO);
    Demand demand = CutOver.pair(profile, profile, Pair.Standby.STOPPED, 3000);
    assertEquals(9 * GIBIBYTE, demand.cutOver().steady().get(Resource.MEMORY));
    assertEquals(11 * GIBIBYTE, demand.cutOver().started().get(Resource.MEMORY));
    assertEquals(
        Math.ceilDiv((84 + 60) * GIBIBYTE, 10), demand.cutOver().worst().get(Resource.MEMORY));
  }

  /// Messages to everybody near grow with the square of the players.
  @Test
  void aUseThatRisesLateIsWorstAtTheEnds() {
    Curve curve = curve(0, 1000, 100, 1100, 200, 5000);
    Profile profile = profile(curve, Percent.ZERO, Percent.ZERO);
    Demand demand = CutOver.pair(profile, profile, Pair.Standby.STOPPED, 200);
    assertEquals(6000, demand.cutOver().worst().get(Resource.MEMORY));
  }

  @Test
  void aNumberBetweenTwoPointsIsRoundedUp() {
    assertEquals(10, curve(0, 0, 3, 10).at(3));
    assertEquals(7, curve(0, 0, 3, 10).at(2));
    assertEquals(4, curve(0, 0, 3, 10).at(1));
    assertEquals(5, curve(0, 5).at(100));
  }
}
