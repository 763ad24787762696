package io.gops.capacity;

import io.gops.fleet.Percent;
import io.gops.fleet.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;

/// What would make a pool hold for which no placement was found: the smallest change of each kind,
/// found by halving and proved at its edge, as `gopsc capacity --what-if` takes it. The cheapest
/// kind comes first: a smaller wave costs time, fewer players cost players, a host costs money.
final class PoolRemedies {
  /// Pools up to this many groups are asked when an error is explained.
  static final int EXPLAINED = 1000;

  /// How the demand of a group follows from what the pool's zones say.
  interface Demands {
    /// With this many percent of its zone's players.
    Demand players(Occupant occupant, long percent);

    /// With this share of its memory kept after logout.
    Demand memoryKept(Occupant occupant, Percent share);

    /// The game, when all groups of the pool are of one.
    Optional<String> game();

    /// As a fleet says.
    static Demands of(FleetDemand fleet, PoolProblem problem) {
      return new Demands() {
        @Override
        public Demand players(Occupant occupant, long percent) {
          long players = fleet.zone(occupant.group()).body().players();
          return fleet.withPlayers(occupant.group(), Math.ceilDiv(players * percent, 100));
        }

        @Override
        public Demand memoryKept(Occupant occupant, Percent share) {
          return fleet.withMemoryKept(occupant.group(), share);
        }

        @Override
        public Optional<String> game() {
          List<String> games =
              problem.occupants().stream()
                  .map(o -> fleet.zone(o.group()).body().game())
                  .distinct()
                  .toList();
          return games.size() == 1 ? Optional.of(games.getFirst()) : Optional.empty();
        }
      };
    }
  }

  private final PoolProblem problem;
  private final Demands demands;
  private final List<Remedy> found = new ArrayList<>();

  private PoolRemedies(PoolProblem problem, Demands demands) {
    this.problem = problem;
    this.demands = demands;
  }

  /// The remedies of a pool that does not hold.
  static List<Remedy> find(PoolProblem problem, Demands demands) {
    PoolRemedies remedies = new PoolRemedies(problem, demands);
    remedies.perHost();
    remedies.players();
    remedies.memoryKept();
    remedies.hosts();
    return remedies.found;
  }

  private static boolean holds(PoolProblem problem) {
    return PlacementSearch.solve(problem) instanceof Verdict.Holds;
  }

  private void perHost() {
    most(problem.perHost(), 1, waves -> problem.withPerHost((int) waves), "per_host %d"::formatted);
  }

  private void players() {
    most(
        100,
        1,
        percent -> with(occupant -> demands.players(occupant, percent)),
        percent -> "players of " + problem.pool() + " -" + (100 - percent) + "%");
  }

  private void memoryKept() {
    boolean matters =
        problem.occupants().stream()
            .map(o -> o.demand().cutOver())
            .anyMatch(c -> c.worst().get(Resource.MEMORY) > c.steady().get(Resource.MEMORY));
    if (matters) {
      String of = demands.game().map(game -> " of " + game).orElse("");
      most(
          100,
          0,
          percent -> with(occupant -> demands.memoryKept(occupant, new Percent(100 * percent))),
          percent -> "keeps_after_logout" + of + " " + percent + "%");
    }
  }

  private void hosts() {
    int most = Math.max(8, problem.machines().size());
    MoreHosts.needed(problem, most, PoolRemedies::holds)
        .ifPresent(
            more ->
                found.add(
                    new Remedy(
                        "hosts of " + problem.pool() + " +" + more,
                        MoreHosts.with(problem, more),
                        MoreHosts.with(problem, more - 1))));
  }

  /// Adds the largest number below what is written for which the pool holds.
  private void most(
      long written, long least, LongFunction<PoolProblem> with, LongFunction<String> change) {
    if (written <= least || !holds(with.apply(least))) {
      return;
    }
    long most =
        least + OverloadFixes.largest(written - 1 - least, more -> holds(with.apply(least + more)));
    found.add(new Remedy(change.apply(most), with.apply(most), with.apply(most + 1)));
  }

  private PoolProblem with(Function<Occupant, Demand> demand) {
    return problem.withOccupants(
        problem.occupants().stream().map(o -> o.with(demand.apply(o))).toList());
  }
}
