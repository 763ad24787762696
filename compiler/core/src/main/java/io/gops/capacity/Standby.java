package io.gops.capacity;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Refuses `standby = warm` where hosts have room for what both sides use, but not for what both
/// ask the scheduler for all the time, and would have it if the idle sides were stopped.
final class Standby {
  private Standby() {}

  /// Reports a pool that only holds with stopped idle sides.
  ///
  /// @return whether it was reported, so that nothing else needs to be said of it
  static boolean refused(
      PoolProblem pool, Verdict verdict, FleetDemand demand, Diagnostics diagnostics) {
    List<Occupant> warm =
        pool.occupants().stream().filter(occupant -> demand.warm(occupant.group())).toList();
    boolean named = verdict instanceof Verdict.Holds || verdict instanceof Verdict.Overfull;
    if (named || warm.isEmpty() || !holdsStopped(pool, demand)) {
      return false;
    }
    diagnostics.report(
        Diagnostic.of(Code.GOPS3012, pool.pool(), warm.size())
            .at(
                demand
                    .zone(warm.getFirst().group())
                    .body()
                    .pair()
                    .orElseThrow()
                    .origins()
                    .of("standby"))
            .hint("hint"));
    return true;
  }

  /// The use of one demand with the requests of another.
  private static Demand requesting(Demand use, Demand requests) {
    SortedMap<String, Passage> passages = new TreeMap<>(use.passages());
    passages.replaceAll(
        (release, passage) ->
            Optional.ofNullable(requests.passages().get(release))
                .map(stopped -> new Passage(passage.use(), stopped.requests()))
                .orElse(passage));
    return new Demand(
        use.cutOver(),
        use.reload(),
        requests.requests(),
        use.cold(),
        requests.coldRequests(),
        passages);
  }

  private static boolean holdsStopped(PoolProblem pool, FleetDemand demand) {
    List<Occupant> stopped =
        pool.occupants().stream()
            .map(
                o ->
                    demand.warm(o.group())
                        ? o.with(requesting(o.demand(), demand.withStandbyStopped(o.group())))
                        : o)
            .toList();
    return PlacementSearch.solve(pool.withOccupants(stopped)) instanceof Verdict.Holds;
  }
}
