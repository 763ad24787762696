package io.gops.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.allocate.Lock;
import io.gops.allocate.LockReader;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Fleet;
import io.gops.fleet.Side;
import io.gops.fleet.Zone;
import io.gops.source.SourceFile;
import io.gops.state.State;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/// What is offered for a host that breaks, where groups run and stay: each change makes the pool
/// hold at every vertex, and one unit less of it does not.
class OverloadFixesTest {
  private static final Set<String> SEEN = new TreeSet<>();

  private static Fleet fleet(Random random, int zones) {
    return SmallFleet.of(
        """
        site hz { pool std { hosts 1..2 {
          name = "m${n}", underlay = 10.2.0.11..10.2.0.12, cpu = 64cores, memory = %dMi
        } } }
        game arena {
          container engine { port client { number = 7001 } }
          profile {
            base { memory = %dMi }, per_player { memory = 1Mi }
            keeps_after_logout { memory = %d%% }
          }
          version "1" { engine = "registry.example.com/arena:1@DIGEST" }
          version "2" from "1" { engine = "registry.example.com/arena:2@DIGEST" }
        }
        zones arena {
          game = arena, ids = 1..%d, run = "1", pool = hz.std, players = %d
          pair { switch = vip }
        }
        release ab_switch two {
          zones = arena, to = "2", waves { per_host = %d }
          drain { remaining = [0min -> 100%%, 6h -> 2%%], kick_after = 6h, kick_budget = 5%% }
        }
        """
            .formatted(
                2000 + random.nextInt(4000),
                10 + random.nextInt(200),
                50 + random.nextInt(51),
                zones,
                100 + random.nextInt(900),
                1 + random.nextInt(3))
            .replace("DIGEST", SmallFleet.digest(1)));
  }

  /// All zones run on the first host.
  private static State running(Fleet fleet) {
    SortedMap<String, State.GroupState> groups = new TreeMap<>();
    for (Zone zone : fleet.zones().values()) {
      State.SideState on = new State.SideState("1", 1, "");
      State.SideState off = new State.SideState("1", 0, "");
      groups.put(
          Integer.toString(zone.id()),
          new State.GroupState(Side.A, new TreeMap<>(Map.of(Side.A, on, Side.B, off))));
    }
    return new State(groups, new TreeMap<>());
  }

  private static Lock allOnTheFirst(int zones) {
    StringBuilder text = new StringBuilder();
    for (int zone = 1; zone <= zones; zone++) {
      text.append("placement fleet ").append(zone).append(" m1\n");
    }
    return LockReader.read(new SourceFile("default.lock", text.toString()), new Diagnostics());
  }

  private static boolean holds(PoolProblem pool) {
    int[] hosts = new int[pool.occupants().size()];
    for (int item = 0; item < hosts.length; item++) {
      String home = pool.occupants().get(item).previous().orElseThrow().primary();
      hosts[item] = home.equals("m1") ? 0 : 1;
    }
    return BruteForce.holds(pool, hosts, hosts.length, 0)
        && BruteForce.holds(pool, hosts, hosts.length, 1);
  }

  @Property(tries = 200, seed = "20261122")
  void eachIsEnoughAndOneUnitLessIsNot(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int zones) {
    Fleet fleet = fleet(new Random(seed), zones);
    State state = running(fleet);
    Lock lock = allOnTheFirst(zones);
    FleetDemand demand = FleetDemand.of(fleet, state, lock, new Diagnostics());
    Verdict verdict = PlacementSearch.solve(demand.pools().getFirst());
    if (!(verdict instanceof Verdict.Overfull overfull)) {
      return;
    }
    List<Remedy> remedies = CapacityReport.remedies(overfull, demand);
    for (Remedy remedy : remedies) {
      SEEN.add(kind(remedy.change()));
      assertTrue(holds(remedy.after()), remedy::change);
      assertTrue(!holds(remedy.less()), remedy::change);
    }
  }

  private static String kind(String change) {
    return change.contains(" on host ") ? "move" : change.substring(0, change.indexOf(' '));
  }

  @AfterContainer
  static void everyKindWasSeen() {
    assertEquals(Set.of("override", "game", "waves", "move", "players"), SEEN);
  }
}
