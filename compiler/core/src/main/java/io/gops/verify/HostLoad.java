package io.gops.verify;

import io.gops.capacity.Demand;
import io.gops.capacity.Machine;
import io.gops.capacity.Measure;
import io.gops.capacity.Moment;
import io.gops.capacity.Occupant;
import io.gops.capacity.PoolProblem;
import io.gops.fleet.Resource;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;

/// What some groups need from a host together, added up by definition in integers of any size.
final class HostLoad {
  private final PoolProblem question;

  HostLoad(PoolProblem question) {
    this.question = question;
  }

  /// Whether a host holds at every instant with these groups.
  boolean holds(Machine machine, List<Occupant> there) {
    for (Moment moment : Moment.values()) {
      for (Resource resource : Resource.values()) {
        Measure measure = new Measure(resource, moment);
        if (limited(machine, measure)
            && steady(measure, there).add(top(measure, there)).compareTo(limit(machine, measure))
                > 0) {
          return false;
        }
      }
    }
    return true;
  }

  static boolean limited(Machine machine, Measure measure) {
    return machine.limit(measure.moment()).has(measure.resource());
  }

  static BigInteger limit(Machine machine, Measure measure) {
    return BigInteger.valueOf(machine.limit(measure.moment()).get(measure.resource()));
  }

  static BigInteger steady(Measure measure, List<Occupant> items) {
    BigInteger sum = BigInteger.ZERO;
    for (Occupant item : items) {
      Demand.Course course = item.demand().at(measure.moment());
      sum = sum.add(BigInteger.valueOf(course.steady().get(measure.resource())));
    }
    return sum;
  }

  static BigInteger extra(Measure measure, Occupant item) {
    Demand.Course course = item.demand().at(measure.moment());
    return BigInteger.valueOf(
        Math.max(
            0, course.worst().get(measure.resource()) - course.steady().get(measure.resource())));
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
    return Math.max(1, question.budget(measure.moment()));
  }
}
