package io.gops.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.allocate.Lock;
import io.gops.fleet.Amounts;
import io.gops.fleet.Resource;
import io.gops.state.State;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The roles of one zone move together, however few pairs of a host a release may move: a host on
/// which they stand holds exactly when it holds both.
class SeveralRolesTest {
  private static PoolProblem pool(int perHost) {
    String text =
        """
        site hz { pool std { host m1 { underlay = 10.2.0.11, cpu = 64cores, memory = 64Gi } } }
        game arena {
          role gate {
            container gate { port client { number = 7001 } }
            profile {
              base { memory = 100Mi }, per_player { memory = 1Mi }
              keeps_after_logout { memory = 100% }
            }
          }
          role hall {
            container hall { port talk { number = 7002 } }
            profile {
              base { memory = 300Mi }, per_player { memory = 2Mi }
              keeps_after_logout { memory = 50% }
            }
          }
          version "1" {
            gate = "registry.example.com/gate:1@DIGEST", hall = "registry.example.com/hall:1@DIGEST"
          }
          version "2" from "1" { gate = "registry.example.com/gate:2@DIGEST" }
        }
        zones arena {
          game = arena, ids = 1..2, run = "1", pool = hz.std, players = 100
          pair { switch = vip }
        }
        release ab_switch two {
          zones = arena, to = "2", waves { per_host = PER_HOST }
          drain { remaining = [0min -> 100%, 6h -> 2%], kick_after = 6h, kick_budget = 5% }
        }
        """
            .replace("DIGEST", SmallFleet.digest(1))
            .replace("PER_HOST", Integer.toString(perHost));
    return CapacityProver.questions(SmallFleet.of(text), State.EMPTY, Lock.EMPTY).getFirst();
  }

  /// The same pool with one host that has this much memory and enough of all else.
  private static PoolProblem with(PoolProblem pool, long bytes) {
    Machine old = pool.machines().getFirst();
    Amounts amounts = new Amounts(Map.of(Resource.MEMORY, bytes));
    return pool.withMachines(
        List.of(new Machine(old.name(), old.rack(), amounts, amounts, old.state())));
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "2, 2", "3, 3"})
  void moveTogetherWhateverTheBudget(int written, int counted) {
    PoolProblem pool = pool(written);
    assertEquals(4, pool.occupants().size());
    assertEquals(counted, pool.perHost());
    List<Demand> all = pool.occupants().stream().map(Occupant::demand).toList();
    long least = 0;
    for (long bit = 1L << 34; bit > 0; bit >>= 1) {
      Machine machine = with(pool, least + bit).machines().getFirst();
      least += BruteForce.holds(pool, machine, all, List.of()) ? 0 : bit;
    }
    assertTrue(least > 1L << 30, "both roles together need more than a gibibyte");
    assertInstanceOf(Verdict.Holds.class, PlacementSearch.solve(with(pool, least + 1)));
    assertFalse(PlacementSearch.solve(with(pool, least)) instanceof Verdict.Holds);
  }
}
