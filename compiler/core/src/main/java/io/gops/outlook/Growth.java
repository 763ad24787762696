package io.gops.outlook;

import io.gops.capacity.CapacityProof;
import io.gops.capacity.CapacityProver;
import io.gops.capacity.Machine;
import io.gops.capacity.MoreHosts;
import io.gops.capacity.Occupant;
import io.gops.capacity.PoolProblem;
import io.gops.fleet.Host;
import io.gops.verify.PlacementCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// How a pool may grow. Each answer is a number at the edge of what holds, found by halving; the
/// placement at that edge has been checked by the code of `verify` too.
public final class Growth {
  /// Hosts that are added at most before the answer is "more than that".
  static final int MOST_HOSTS = 4096;

  private Growth() {}

  /// Whether a question has a placement that passes the separate check.
  public static boolean holds(PoolProblem problem) {
    return placement(problem).isPresent();
  }

  /// A placement that passes the separate check.
  public static Optional<CapacityProof> placement(PoolProblem problem) {
    return CapacityProver.placement(problem)
        .filter(proof -> PlacementCheck.violations(problem, proof.placements()).isEmpty());
  }

  /// The fewest hosts like the pool's largest that must be added for the question to hold; absent
  /// when the pool has no active host or no number helps, because one group fits on none.
  public static OptionalInt hostsNeeded(PoolProblem problem) {
    return MoreHosts.needed(problem, MOST_HOSTS, Growth::holds);
  }

  /// The most zones that may be added, each with these groups; at most `most`.
  public static int zonesThatFit(PoolProblem problem, List<Occupant> like, int most) {
    if (like.isEmpty()) {
      return 0;
    }
    int tooMany = MoreHosts.firstPower(zones -> !holds(withZones(problem, like, zones)), most);
    return MoreHosts.smallest(
            Math.min(tooMany, most + 1), zones -> !holds(withZones(problem, like, zones)))
        - 1;
  }

  /// The pool with more zones, each with the demands of these groups.
  public static PoolProblem withZones(PoolProblem problem, List<Occupant> like, int zones) {
    List<Occupant> occupants = new ArrayList<>(problem.occupants());
    for (int zone = 1; zone <= zones; zone++) {
      for (Occupant occupant : like) {
        occupants.add(
            new Occupant(
                "+" + zone + "-" + occupant.group(),
                occupant.ordinal(),
                occupant.demand(),
                Optional.empty(),
                false,
                occupant.itinerary()));
      }
    }
    return problem.withOccupants(occupants);
  }

  /// The pool after the loss of hosts, with everything where the proof had it. Spares are there to
  /// be used now.
  public static PoolProblem without(PoolProblem problem, CapacityProof proof, Set<String> hosts) {
    List<Machine> machines =
        problem.machines().stream()
            .map(
                m ->
                    hosts.contains(m.name())
                        ? new Machine(
                            m.name(), m.rack(), m.allocatable(), m.usable(), Host.State.FAILED)
                        : m)
            .toList();
    List<Occupant> occupants = Settled.where(problem, proof).occupants();
    return problem.withMachines(machines).withOccupants(occupants).withLosses(problem.spare(), 0);
  }
}
