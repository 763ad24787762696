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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A pool's question as dense arrays: row after row of inequalities, host by host.
///
/// Arrays are indexed `item * rows + row` and `host * rows + row`. All sums stay below 2^62 because
/// the constructor adds up everything once with overflow checks.
final class PoolModel {
  /// Stands for a resource that a host does not limit.
  static final long UNLIMITED = 1L << 61;

  /// The budget of a row in which every extra use counts: those of one wave move together.
  static final int ALL = Integer.MAX_VALUE;

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
      needed.forEach(resource -> add(found, new Measure(resource, moment)));
    }
    found.sort(null);
    return List.copyOf(found);
  }

  /// One inequality for each wave of each release with a fixed order, and one for what may move at
  /// any time, unless nothing does: then that some wave holds says as much.
  private void add(List<Measure> found, Measure measure) {
    List<Measure> inWaves =
        problem.orders().stream()
            .filter(order -> order.rules(measure.moment()))
            .flatMap(order -> inWaves(order, measure))
            .toList();
    found.addAll(inWaves);
    if (inWaves.isEmpty() || occupants.stream().anyMatch(o -> o.extra(measure) > 0)) {
      found.add(measure);
    }
  }

  /// A wave without groups of this pool asks for nothing that the one before or after does not.
  private Stream<Measure> inWaves(FixedOrder order, Measure measure) {
    List<Occupant> members = occupants.stream().filter(o -> changes(o, order, measure)).toList();
    return members.stream()
        .map(o -> o.itinerary().waves().getOrDefault(order.release(), 0))
        .distinct()
        .map(
            wave ->
                new Measure(measure.resource(), measure.moment(), Optional.of(order.stage(wave))));
  }

  /// Whether a release changes what a group needs of a resource.
  private static boolean changes(Occupant occupant, FixedOrder order, Measure measure) {
    Passage passage = occupant.demand().passages().get(order.release());
    if (passage == null || !occupant.itinerary().waves().containsKey(order.release())) {
      return false;
    }
    Passage.Phases phases = passage.at(measure.moment());
    Resource resource = measure.resource();
    long steady = occupant.demand().at(measure.moment()).steady().get(resource);
    return Stream.of(phases.before(), phases.during(), phases.after())
        .anyMatch(amounts -> amounts.get(resource) != steady);
  }

  /// Zones with equal attributes share one demand object, so this is short.
  private Set<Demand> distinctDemands() {
    Set<Demand> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
    occupants.forEach(o -> distinct.add(o.demand()));
    return distinct;
  }

  private void fill(int row, Measure measure) {
    budget[row] = measure.stage().isPresent() ? ALL : Math.max(1, problem.budget(measure.moment()));
    long total = 0;
    for (int item = 0; item < items; item++) {
      Occupant occupant = occupants.get(item);
      int at = item * rows + row;
      cold[at] = occupant.demand().coldAt(measure.moment()).get(measure.resource());
      boolean paused = paused(occupant);
      steady[at] = paused ? cold[at] : occupant.steady(measure);
      extra[at] = paused ? 0 : occupant.extra(measure);
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
