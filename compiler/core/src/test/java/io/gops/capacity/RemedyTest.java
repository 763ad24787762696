package io.gops.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.fleet.Amounts;
import io.gops.fleet.Percent;
import io.gops.fleet.Resource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// The remedies of small pools against every placement: each works, and the next smaller change of
/// its kind does not.
class RemedyTest {
  /// Players make all of a steady use; what is kept makes all of an extra use.
  private static final PoolRemedies.Demands DEMANDS =
      new PoolRemedies.Demands() {
        @Override
        public Demand players(Occupant occupant, long percent) {
          Demand.Course all = occupant.demand().cutOver();
          return Demand.ofCutOver(part(all.steady(), percent), part(all.worst(), percent));
        }

        @Override
        public Demand memoryKept(Occupant occupant, Percent share) {
          Demand.Course all = occupant.demand().cutOver();
          long steady = all.steady().get(Resource.MEMORY);
          long extra = share.ofCeil(all.worst().get(Resource.MEMORY) - steady);
          return Demand.ofCutOver(all.steady(), all.worst().with(Resource.MEMORY, steady + extra));
        }

        @Override
        public Optional<String> game() {
          return Optional.of("clx");
        }
      };

  private static Amounts part(Amounts amounts, long percent) {
    Amounts result = Amounts.NONE;
    for (Resource resource : amounts.resources()) {
      result = result.with(resource, Math.ceilDiv(amounts.get(resource) * percent, 100));
    }
    return result;
  }

  private static final Set<String> SEEN = new HashSet<>();

  @Property(tries = 300, seed = "20261122")
  void eachIsEnoughAndTheNextSmallerIsNot(
      @ForAll long seed,
      @ForAll @IntRange(min = 4, max = 7) int pairs,
      @ForAll @IntRange(min = 1, max = 2) int hosts,
      @ForAll @IntRange(min = 1, max = 4) int perHost) {
    PoolProblem pool = new InstanceGenerator(seed).small(pairs, hosts, perHost, 0);
    if (BruteForce.placement(pool).isPresent()) {
      return;
    }
    for (Remedy remedy : PoolRemedies.find(pool, DEMANDS)) {
      SEEN.add(remedy.change().replaceAll("[ 0-9+%-].*", ""));
      assertTrue(BruteForce.placement(remedy.after()).isPresent(), remedy.change());
      assertTrue(BruteForce.placement(remedy.less()).isEmpty(), remedy.change());
    }
  }

  @net.jqwik.api.lifecycle.AfterContainer
  static void everyKindWasSeen() {
    assertEquals(Set.of("per_host", "players", "keeps_after_logout", "hosts"), SEEN);
  }

  @Test
  void aPoolWithoutHostsHasNoRemedy() {
    PoolProblem pool = new InstanceGenerator(1).small(3, 1, 1, 0).withMachines(List.of());
    assertEquals(List.of(), PoolRemedies.find(pool, DEMANDS));
  }
}
