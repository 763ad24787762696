package io.gops.capacity;

import io.gops.fleet.Amounts;
import io.gops.fleet.Host;
import io.gops.fleet.Pool;
import io.gops.fleet.Resource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A pool's question as dense arrays: row after row of inequalities, host by host.
///
/// Arrays are indexed `item * rows + row` and `host * rows + row`. All sums stay below 2^62 because
/// the constructor adds up everything once with overflow checks.
final class PoolModel {
  /// Stands for a resource that a host does not limit.
  static final long UNLIMITED = 1L << 61;

  final PoolProblem problem;
  final List<Machine> machines;

  /// Sorted by group and ordinal, so the answer does not depend on the order of the question.
  final List<Occupant> occupants;

  final List<Measure> measures;
  final int rows;
  final int items;
  final int hosts;
  final long[] steady;
  final long[] extra;
  final long[] cold;
  final long[] limit;
  final int[] budget;

  /// All replicas of the item's group; empty for a group with one replica.
  final int[][] siblings;

  final boolean exclusive;
  private final Map<String, Integer> hostIndex = new HashMap<>();

  /// @throws ArithmeticException when the sum of all demands does not fit into 61 bits
  PoolModel(PoolProblem problem) {
    this.problem = problem;
    machines = problem.machines();
    occupants =
        problem.occupants().stream()
            .sorted(
                Comparator.comparingInt((Occupant o) -> o.group().length())
                    .thenComparing(Occupant::group)
                    .thenComparingInt(Occupant::ordinal))
            .toList();
    items = occupants.size();
    hosts = machines.size();
    exclusive = problem.sharing() == Pool.Sharing.EXCLUSIVE;
    measures = measures();
    rows = measures.size();
    budget = new int[rows];
    steady = new long[items * rows];
    extra = new long[items * rows];
    cold = new long[items * rows];
    limit = new long[hosts * rows];
    siblings = siblings();
    for (int host = 0; host < hosts; host++) {
      hostIndex.put(machines.get(host).name(), host);
    }
    for (int row = 0; row < rows; row++) {
      fill(row, measures.get(row));
    }
  }

  /// Index of a host of this pool, -1 when it is not one.
  int host(String name) {
    return hostIndex.getOrDefault(name, -1);
  }

  boolean acceptsNew(int host) {
    return machines.get(host).state() == Host.State.ACTIVE;
  }

  /// Most that an item needs on its own.
  long worst(int item, int row) {
    return steady[item * rows + row] + extra[item * rows + row];
  }

  /// Name of an item for people: its placement record.
  String name(int item) {
    Occupant occupant = occupants.get(item);
    return Occupant.recordName(
        occupant.group(), occupant.ordinal(), siblings[item].length == 0 ? 1 : 2);
  }

  private List<Measure> measures() {
    List<Measure> found = new ArrayList<>();
    for (Moment moment : Moment.values()) {
      Set<Resource> needed = EnumSet.noneOf(Resource.class);
      for (Demand demand : distinctDemands()) {
        needed.addAll(demand.resources(moment));
      }
      needed.stream().map(resource -> new Measure(resource, moment)).forEach(found::add);
    }
    found.sort(null);
    return List.copyOf(found);
  }

  /// Zones with equal attributes share one demand object, so this is short.
  private Set<Demand> distinctDemands() {
    Set<Demand> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
    occupants.forEach(o -> distinct.add(o.demand()));
    return distinct;
  }

  private void fill(int row, Measure measure) {
    budget[row] = Math.max(1, problem.budget(measure.moment()));
    long total = 0;
    for (int item = 0; item < items; item++) {
      Demand demand = occupants.get(item).demand();
      Demand.Course course = demand.at(measure.moment());
      int at = item * rows + row;
      cold[at] = demand.coldAt(measure.moment()).get(measure.resource());
      boolean paused = paused(occupants.get(item));
      steady[at] = paused ? cold[at] : course.steady().get(measure.resource());
      extra[at] = paused ? 0 : Math.max(0, course.worst().get(measure.resource()) - steady[at]);
      total = Math.addExact(total, Math.addExact(steady[at], Math.addExact(extra[at], cold[at])));
    }
    if (total >= UNLIMITED) {
      throw new ArithmeticException("demand of " + problem.pool() + " exceeds 61 bits");
    }
    for (int host = 0; host < hosts; host++) {
      Amounts limits = machines.get(host).limit(measure.moment());
      limit[host * rows + row] =
          limits.has(measure.resource())
              ? Math.min(limits.get(measure.resource()), UNLIMITED)
              : UNLIMITED;
    }
  }

  /// Whether a group's primary is lost: it has been started elsewhere, and its release is paused.
  boolean paused(Occupant occupant) {
    return occupant
        .previous()
        .map(placement -> host(placement.primary()))
        .filter(host -> host >= 0 && machines.get(host).state() == Host.State.FAILED)
        .isPresent();
  }

  private int[][] siblings() {
    Map<String, List<Integer>> byGroup = new HashMap<>();
    for (int item = 0; item < items; item++) {
      byGroup.computeIfAbsent(occupants.get(item).group(), _ -> new ArrayList<>()).add(item);
    }
    int[] none = {};
    int[][] result = new int[items][];
    for (int item = 0; item < items; item++) {
      List<Integer> group = byGroup.getOrDefault(occupants.get(item).group(), List.of());
      result[item] =
          group.size() == 1 ? none : group.stream().mapToInt(Integer::intValue).toArray();
    }
    return result;
  }
}
