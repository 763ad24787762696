package io.gops.capacity;

import io.gops.fleet.Host;
import io.gops.fleet.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/// A pool with more hosts like its largest.
public final class MoreHosts {
  private MoreHosts() {}

  /// The host that further ones are like: the one with most memory, then processors; the first of
  /// equal ones. Absent when the pool has no active host.
  public static Optional<Machine> model(PoolProblem problem) {
    return problem.machines().stream()
        .filter(machine -> machine.state() == Host.State.ACTIVE)
        .min(
            Comparator.comparingLong((Machine m) -> -m.usable().get(Resource.MEMORY))
                .thenComparingLong(m -> -m.usable().get(Resource.CPU))
                .thenComparing(Machine::name));
  }

  /// The pool with more hosts, spread over its racks.
  public static PoolProblem with(PoolProblem problem, int hosts) {
    Machine model = model(problem).orElseThrow();
    List<String> racks =
        problem.machines().stream().map(Machine::rack).distinct().sorted().toList();
    boolean ownRacks = racks.size() == problem.machines().size();
    List<Machine> machines = new ArrayList<>(problem.machines());
    for (int i = 0; i < hosts; i++) {
      String name = name(problem.machines().getLast().name(), i);
      machines.add(
          new Machine(
              name,
              ownRacks ? name : racks.get(i % racks.size()),
              model.allocatable(),
              model.usable(),
              Host.State.ACTIVE));
    }
    return problem.withMachines(machines);
  }

  /// The name of a host that is not there: it sorts behind the last of its pool, so that the same
  /// question gets the same answer whoever adds the host.
  ///
  /// @param number from 0
  public static String name(String last, int number) {
    return last + String.format(Locale.ROOT, "+%04d", number + 1);
  }

  /// The fewest hosts that must be added for the question to hold; absent when the pool has no
  /// active host or no number up to `most` helps.
  public static OptionalInt needed(PoolProblem problem, int most, Predicate<PoolProblem> holds) {
    if (model(problem).isEmpty()) {
      return OptionalInt.empty();
    }
    int enough = firstPower(count -> holds.test(with(problem, count)), most);
    return enough > most
        ? OptionalInt.empty()
        : OptionalInt.of(smallest(enough, count -> holds.test(with(problem, count))));
  }

  /// The first of 1, 2, 4, … that passes; more than `most` when none up to it does.
  public static int firstPower(IntPredicate passes, int most) {
    int count = 1;
    while (count <= most && !passes.test(count)) {
      count *= 2;
    }
    return count;
  }

  /// The smallest number that passes, where `enough` does or is out of the question.
  public static int smallest(int enough, IntPredicate passes) {
    int low = enough / 2 + 1;
    int high = enough;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (passes.test(middle)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return high;
  }
}
