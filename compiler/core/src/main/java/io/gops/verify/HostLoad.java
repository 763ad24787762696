package io.gops.verify;

import io.gops.capacity.FixedOrder;
import io.gops.capacity.Machine;
import io.gops.capacity.Measure;
import io.gops.capacity.Moment;
import io.gops.capacity.Occupant;
import io.gops.capacity.PoolProblem;
import io.gops.fleet.Resource;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What some groups need from a host together, added up by definition in integers of any size.
final class HostLoad {
  private final PoolProblem question;
  private final Map<Measure, List<Measure>> asked = new HashMap<>();

  HostLoad(PoolProblem question) {
    this.question = question;
  }

  /// Whether a host holds at every instant with these groups.
  boolean holds(Machine machine, List<Occupant> there) {
    for (Moment moment : Moment.values()) {
      for (Resource resource : Resource.values()) {
        for (Measure measure : measures(resource, moment)) {
          if (limited(machine, measure)
              && steady(measure, there).add(top(measure, there)).compareTo(limit(machine, measure))
                  > 0) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /// The instants that are asked for: each wave of each release whose order says when groups change
  /// their use, and any time when somebody may move at any time or no order says anything.
  List<Measure> measures(Resource resource, Moment moment) {
    return asked.computeIfAbsent(new Measure(resource, moment), this::instants);
  }

  /// Whether an instant is asked for.
  boolean asksFor(Measure measure) {
    return measures(measure.resource(), measure.moment()).contains(measure);
  }

  private List<Measure> instants(Measure anyTime) {
    List<Measure> found = new ArrayList<>();
    for (FixedOrder order : question.orders()) {
      boolean says =
          order.rules(anyTime.moment())
              && question.occupants().stream()
                  .anyMatch(o -> InWaves.changes(o, order.release(), anyTime));
      for (int wave = 0; says && wave < order.waves().size(); wave++) {
        found.add(
            new Measure(anyTime.resource(), anyTime.moment(), Optional.of(order.stage(wave))));
      }
    }
    if (found.isEmpty()
        || question.occupants().stream().anyMatch(o -> extra(anyTime, o).signum() > 0)) {
      found.add(anyTime);
    }
    return found;
  }

  static boolean limited(Machine machine, Measure measure) {
    return machine.limit(measure.moment()).has(measure.resource());
  }

  static BigInteger limit(Machine machine, Measure measure) {
    return BigInteger.valueOf(machine.limit(measure.moment()).get(measure.resource()));
  }

  /// What is needed whichever of the groups move; in a wave it is known which do.
  static BigInteger steady(Measure measure, List<Occupant> items) {
    BigInteger sum = BigInteger.ZERO;
    for (Occupant item : items) {
      sum =
          sum.add(
              BigInteger.valueOf(
                  measure.stage().isPresent()
                      ? InWaves.most(item, measure)
                      : InWaves.quiet(item, measure)));
    }
    return sum;
  }

  static BigInteger extra(Measure measure, Occupant item) {
    return measure.stage().isPresent()
        ? BigInteger.ZERO
        : BigInteger.valueOf(
            Math.max(0, InWaves.most(item, measure) - InWaves.quiet(item, measure)));
  }

  /// Sum of the largest extra uses, as many as may be away from their steady use at once.
  BigInteger top(Measure measure, List<Occupant> items) {
    return items.stream()
        .map(item -> extra(measure, item))
        .sorted(Collections.reverseOrder())
        .limit(budget(measure))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  int budget(Measure measure) {
    return measure.stage().isPresent()
        ? Integer.MAX_VALUE
        : Math.max(1, question.budget(measure.moment()));
  }
}
