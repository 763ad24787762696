package io.gops.verify;

import io.gops.capacity.Demand;
import io.gops.capacity.Machine;
import io.gops.capacity.Moment;
import io.gops.capacity.Occupant;
import io.gops.capacity.PoolProblem;
import io.gops.fleet.Host;
import io.gops.fleet.Resource;
import java.util.Collection;
import java.util.List;

/// Counts the hosts of a pool that are empty and as large as each of some hosts in use, in whatever
/// a group of the pool needs. A host without a limit has enough of it.
final class SpareCount {
  private final PoolProblem pool;

  SpareCount(PoolProblem pool) {
    this.pool = pool;
  }

  /// @param used names of hosts that carry groups
  long of(Collection<String> used) {
    List<Machine> busy = pool.machines().stream().filter(m -> used.contains(m.name())).toList();
    return pool.machines().stream()
        .filter(spare -> spare.state() == Host.State.ACTIVE)
        .filter(spare -> !used.contains(spare.name()))
        .filter(spare -> busy.stream().allMatch(machine -> asLarge(spare, machine)))
        .count();
  }

  /// Whether a machine offers at least what another one does.
  boolean asLarge(Machine machine, Machine other) {
    for (Moment moment : Moment.values()) {
      for (Resource resource : machine.limit(moment).resources()) {
        boolean enough =
            other.limit(moment).has(resource)
                && machine.limit(moment).get(resource) >= other.limit(moment).get(resource);
        if (!enough && isNeeded(moment, resource)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean isNeeded(Moment moment, Resource resource) {
    return pool.occupants().stream()
        .map(Occupant::demand)
        .anyMatch(demand -> need(demand, moment, resource) > 0);
  }

  private static long need(Demand demand, Moment moment, Resource resource) {
    return Math.max(demand.at(moment).worst().get(resource), demand.coldAt(moment).get(resource));
  }
}
