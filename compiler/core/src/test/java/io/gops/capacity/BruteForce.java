package io.gops.capacity;

import io.gops.fleet.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The model taken literally: every placement, every set of pairs that may move at once, every
/// resource. Shares no code with the prover but the question's records.
final class BruteForce {
  private BruteForce() {}

  /// Some placement that holds, by occupant index; absent when there is none.
  static Optional<int[]> placement(PoolProblem pool) {
    return extend(pool, new int[pool.occupants().size()], 0);
  }

  private static Optional<int[]> extend(PoolProblem pool, int[] hosts, int item) {
    if (item == hosts.length) {
      return Optional.of(hosts.clone());
    }
    for (int host = 0; host < pool.machines().size(); host++) {
      hosts[item] = host;
      if (holds(pool, hosts, item + 1, host)) {
        Optional<int[]> found = extend(pool, hosts, item + 1);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /// Whether a host holds with those of the first `items` occupants that are on it.
  static boolean holds(PoolProblem pool, int[] hosts, int items, int host) {
    List<Demand> there = new ArrayList<>();
    for (int item = 0; item < items; item++) {
      if (hosts[item] == host) {
        there.add(pool.occupants().get(item).demand());
      }
    }
    return holds(pool, pool.machines().get(host), there, List.of());
  }

  /// Whether every vertex of every allowed set of movers fits beside some cold starts.
  static boolean holds(PoolProblem pool, Machine machine, List<Demand> there, List<Demand> cold) {
    for (Moment moment : Moment.values()) {
      for (int moving = 0; moving < 1 << there.size(); moving++) {
        if (Integer.bitCount(moving) <= Math.max(1, pool.budget(moment))) {
          for (Resource resource : machine.limit(moment).resources()) {
            if (use(there, cold, moving, moment, resource) > machine.limit(moment).get(resource)) {
              return false;
            }
          }
        }
      }
    }
    return true;
  }

  private static long use(
      List<Demand> there, List<Demand> cold, int moving, Moment moment, Resource resource) {
    long use = 0;
    for (int i = 0; i < there.size(); i++) {
      Demand.Course course = there.get(i).at(moment);
      boolean away = (moving & 1 << i) != 0;
      use += (away ? course.worst() : course.steady()).get(resource);
    }
    for (Demand demand : cold) {
      use += demand.coldAt(moment).get(resource);
    }
    return use;
  }
}
