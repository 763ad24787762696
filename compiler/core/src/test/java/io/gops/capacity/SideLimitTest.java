package io.gops.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.fleet.Amounts;
import io.gops.fleet.Percent;
import io.gops.fleet.Profile;
import io.gops.fleet.Resource;
import io.gops.source.Origins;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// The limit of a side against every number of its players, tried one by one: it is never passed,
/// and one unit less would be.
class SideLimitTest {
  private static Profile profile(Random random) {
    return new Profile(
        Amounts.of(Resource.MEMORY, random.nextInt(1000)),
        Amounts.of(Resource.MEMORY, random.nextInt(50)),
        Map.of(),
        Map.of(Resource.MEMORY, new Percent(random.nextInt(10_001))),
        Amounts.of(Resource.MEMORY, random.nextInt(9)),
        random.nextInt(20),
        new Percent(random.nextInt(3000)),
        Amounts.of(Resource.MEMORY, random.nextInt(300)),
        Profile.Traffic.NONE,
        Origins.NONE);
  }

  /// Use of a side in exact numbers: those online, what those leave who were there, sessions that
  /// still count here, a storm of logins and a reload.
  private static BigDecimal use(Profile profile, long players, long online) {
    BigDecimal each = BigDecimal.valueOf(profile.perPlayer().get(Resource.MEMORY));
    BigDecimal all = BigDecimal.valueOf(players);
    return BigDecimal.valueOf(profile.base().get(Resource.MEMORY))
        .add(each.multiply(BigDecimal.valueOf(online)))
        .add(
            each.multiply(BigDecimal.valueOf(players - online))
                .multiply(
                    share(profile.keepsAfterLogout().getOrDefault(Resource.MEMORY, Percent.ZERO))))
        .add(each.multiply(all).multiply(share(profile.overlap())))
        .add(
            BigDecimal.valueOf(
                profile.login().get(Resource.MEMORY) * profile.loginsPerSecond()
                    + profile.reload().get(Resource.MEMORY)));
  }

  private static BigDecimal share(Percent percent) {
    return BigDecimal.valueOf(percent.basisPoints(), 4);
  }

  @Property(tries = 500, seed = "20261122")
  void isNeverPassedAndNotLooser(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 200) int players) {
    Profile profile = profile(new Random(seed));
    long limit = CutOver.sideMaximum(profile, players).get(Resource.MEMORY);
    BigDecimal most = BigDecimal.ZERO;
    for (long online = 0; online <= players; online++) {
      most = most.max(use(profile, players, online));
    }
    assertTrue(most.compareTo(BigDecimal.valueOf(limit)) <= 0, "the limit is passed");
    assertTrue(
        most.compareTo(BigDecimal.valueOf(limit).subtract(BigDecimal.ONE)) > 0,
        "the limit is looser than need be");
    assertEquals(
        use(profile, players, players).setScale(0, RoundingMode.CEILING).longValueExact(), limit);
  }
}
