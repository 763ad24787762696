package io.gops.outlook;

import io.gops.capacity.CapacityProof;
import io.gops.capacity.Occupant;
import io.gops.capacity.PoolProblem;
import io.gops.deployment.Group;
import io.gops.fleet.Fleet;
import io.gops.fleet.Role;
import io.gops.fleet.Zone;
import io.gops.verify.PlacementCheck;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// What one pool could carry beside what it carries.
///
/// @param pool its key
/// @param largestSafeWave groups of one host that may move at once
/// @param sets one for each `zones` declaration that has zones here
public record PoolOutlook(String pool, int largestSafeWave, List<More> sets) {
  public PoolOutlook {
    sets = List.copyOf(sets);
  }

  /// More zones of a `zones` declaration.
  ///
  /// @param like the zone that further ones would be like: its last
  /// @param fit zones that may be added to the hosts of today, nothing moved
  /// @param searched zones after which the search for that number ends
  /// @param asked zones that were asked for, 0 when nobody asked
  /// @param hostsNeeded hosts to add for them; absent when no number of them helps
  public record More(
      String set, int like, int fit, int searched, int asked, OptionalInt hostsNeeded) {}

  /// The outlook of a pool that holds.
  ///
  /// @param asked zones that are wanted more, 0 when nobody asked
  public static PoolOutlook of(Fleet fleet, PoolProblem question, CapacityProof proof, int asked) {
    PoolProblem settled = Settled.where(question, proof);
    SortedMap<String, Zone> last = new TreeMap<>();
    for (Zone zone : fleet.zones().values()) {
      if (zone.body().pool().equals(question.pool())) {
        last.put(zone.set(), zone);
      }
    }
    List<More> sets = new ArrayList<>();
    last.forEach((set, zone) -> sets.add(more(fleet, settled, zone, asked)));
    CapacityProof.PoolFill fill = proof.pools().get(question.pool());
    int wave = fill == null ? 0 : safeWave(question, proof, fill.largestSafeWave());
    return new PoolOutlook(question.pool(), wave, sets);
  }

  private static More more(Fleet fleet, PoolProblem settled, Zone zone, int asked) {
    Set<String> groups = new HashSet<>();
    for (Role role : fleet.game(zone.body().game()).roles().values()) {
      groups.add(Group.idOf(zone, role));
    }
    List<Occupant> like =
        settled.occupants().stream().filter(o -> groups.contains(o.group())).toList();
    int searched = Math.max(asked, Math.max(16, settled.occupants().size()));
    int fit = Growth.zonesThatFit(settled, like, searched);
    OptionalInt hosts =
        asked <= fit
            ? OptionalInt.of(0)
            : Growth.hostsNeeded(Growth.withZones(settled, like, asked));
    return new More(zone.set(), zone.id(), fit, searched, asked, hosts);
  }

  /// The wave, when the separate check finds that the loss of a host is survived with it too;
  /// otherwise the largest below it.
  private static int safeWave(PoolProblem question, CapacityProof proof, int most) {
    int wave = most;
    while (wave > question.perHost()
        && !PlacementCheck.violations(question.withPerHost(wave), proof.placements()).isEmpty()) {
      wave--;
    }
    return wave;
  }
}
