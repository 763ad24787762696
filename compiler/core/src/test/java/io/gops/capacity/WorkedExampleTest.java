package io.gops.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.fleet.Amounts;
import io.gops.fleet.Host;
import io.gops.fleet.Pair;
import io.gops.fleet.Percent;
import io.gops.fleet.Pool;
import io.gops.fleet.Profile;
import io.gops.fleet.Resource;
import io.gops.source.Origins;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The example that the documentation explains: a host with 248,000 MiB for pairs whose servers
/// take 2 GiB, and 4 MiB for each of 5,000 players, with the second side kept warm. Only use
/// counts; the requests of warm sides are another question.
class WorkedExampleTest {
  private static final long MEBIBYTE = 1 << 20;

  private static Demand pair(Percent kept) {
    Profile profile =
        new Profile(
            Amounts.of(Resource.MEMORY, 2048 * MEBIBYTE),
            Amounts.of(Resource.MEMORY, 4 * MEBIBYTE),
            Map.of(),
            Map.of(Resource.MEMORY, kept),
            Amounts.NONE,
            0,
            Percent.ZERO,
            Amounts.NONE,
            Profile.Traffic.NONE,
            Origins.NONE);
    Demand whole = CutOver.pair(profile, profile, Pair.Standby.WARM, 5000);
    return new Demand(
        whole.cutOver(),
        whole.reload(),
        Demand.Course.constant(Amounts.NONE),
        whole.cold(),
        Amounts.NONE);
  }

  private static Packing pack(int pairs, int perHost) {
    Amounts limit = Amounts.of(Resource.MEMORY, 248_000 * MEBIBYTE);
    Machine machine = new Machine("hz-g001", "r1", limit, limit, Host.State.ACTIVE);
    List<Occupant> occupants = new ArrayList<>();
    for (int zone = 10_001; zone <= 10_000 + pairs; zone++) {
      occupants.add(
          new Occupant(Integer.toString(zone), 0, pair(Percent.ALL), Optional.empty(), false));
    }
    PoolModel model =
        new PoolModel(
            new PoolProblem(
                "hangzhou.std",
                Pool.Sharing.PACKED,
                0,
                0,
                perHost,
                1,
                List.of(machine),
                occupants));
    Packing packing = new Packing(model);
    for (int item = 0; item < pairs; item++) {
      packing.place(item, 0);
    }
    return packing;
  }

  @Test
  void onePairNeedsItsSteadyUseAndItsWorstInstant() {
    Demand.Course memory = pair(Percent.ALL).cutOver();
    assertEquals(24_096 * MEBIBYTE, memory.steady().get(Resource.MEMORY));
    assertEquals(44_096 * MEBIBYTE, memory.worst().get(Resource.MEMORY));
    Demand.Course returned = pair(Percent.ZERO).cutOver();
    assertEquals(24_096 * MEBIBYTE, returned.worst().get(Resource.MEMORY));
  }

  @Test
  void ninePairsFitWhenOneMovesAtATimeAndFiveWhenAllDo() {
    assertTrue(pack(9, 1).holds(0));
    assertFalse(pack(10, 1).holds(0));
    assertTrue(pack(5, Integer.MAX_VALUE).holds(0));
    assertFalse(pack(6, Integer.MAX_VALUE).holds(0));
  }

  @Test
  void theTenthPairBreaksTheHostFrom35Percent() {
    Packing packing = pack(10, 1);
    PoolModel model = packing.model();
    Overload load = Overload.of(model, new Scales(model), packing, 0);
    assertEquals(35, load.breaksFrom());
    assertEquals("12.7Gi", RoundedAmount.print(Resource.MEMORY, load.shortage()));
    assertEquals(Overload.Kind.CUT_OVER, load.kind());
  }
}
