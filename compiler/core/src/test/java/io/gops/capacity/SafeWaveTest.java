package io.gops.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// The largest safe wave against every set of groups that may move at once: it holds on every host,
/// and one group more does not, unless the wave is everybody.
class SafeWaveTest {
  @Property(tries = 500, seed = "20261122")
  void itHoldsAndOneMoreDoesNot(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 8) int pairs,
      @ForAll @IntRange(min = 1, max = 3) int hosts) {
    PoolProblem pool = new InstanceGenerator(seed).small(pairs, hosts, 1, 0);
    CapacityProver.placement(pool).ifPresent(proof -> check(pool, proof));
  }

  private static void check(PoolProblem pool, CapacityProof proof) {
    int wave = Objects.requireNonNull(proof.pools().get(pool.pool())).largestSafeWave();
    int most = proof.hosts().values().stream().mapToInt(h -> h.occupants().size()).max().orElse(0);
    assertTrue(everyHostHolds(pool.withPerHost(wave), proof));
    assertEquals(wave >= most, everyHostHolds(pool.withPerHost(wave + 1), proof));
  }

  private static boolean everyHostHolds(PoolProblem pool, CapacityProof proof) {
    return pool.machines().stream()
        .allMatch(
            machine -> {
              List<Demand> there =
                  pool.occupants().stream()
                      .filter(o -> at(o, proof).equals(machine.name()))
                      .map(Occupant::demand)
                      .toList();
              return BruteForce.holds(pool, machine, there, List.of());
            });
  }

  private static String at(Occupant occupant, CapacityProof proof) {
    return Objects.requireNonNull(proof.placements().get(occupant.group()))
        .get(occupant.ordinal())
        .primary();
  }
}
