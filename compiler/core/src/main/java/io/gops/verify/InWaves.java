package io.gops.verify;

import io.gops.capacity.FixedOrder;
import io.gops.capacity.Measure;
import io.gops.capacity.Occupant;
import io.gops.capacity.Passage;

/// What a group uses at an instant, read off what is written of it: in a wave of a release it is
/// through, moves, or waits; outside of them it may move when its itinerary says so.
final class InWaves {
  private InWaves() {}

  /// Whether a group has a place in the order of a release.
  static boolean has(Occupant group, String release) {
    return group.itinerary().waves().containsKey(release)
        && group.demand().passages().containsKey(release);
  }

  /// Whether a release changes what a group uses of a resource at a kind of moment.
  static boolean changes(Occupant group, String release, Measure measure) {
    Passage passage = group.demand().passages().get(release);
    if (passage == null || !has(group, release)) {
      return false;
    }
    Passage.Phases phases = passage.at(measure.moment());
    long steady = group.demand().at(measure.moment()).steady().get(measure.resource());
    return phases.before().get(measure.resource()) != steady
        || phases.during().get(measure.resource()) != steady
        || phases.after().get(measure.resource()) != steady;
  }

  /// Least that must be there for it, whether it moves or not.
  static long quiet(Occupant group, Measure measure) {
    if (measure.stage().isEmpty() || !has(group, measure.stage().get().release())) {
      return group.demand().at(measure.moment()).steady().get(measure.resource());
    }
    FixedOrder.Stage stage = measure.stage().get();
    Passage.Phases phases = phases(group, measure, stage);
    boolean through = turn(group, stage) < stage.wave();
    return (through ? phases.after() : phases.before()).get(measure.resource());
  }

  /// Most that it uses then.
  static long most(Occupant group, Measure measure) {
    if (measure.stage().isEmpty()) {
      return group.itinerary().anyTime().contains(measure.moment())
          ? group.demand().at(measure.moment()).worst().get(measure.resource())
          : quiet(group, measure);
    }
    FixedOrder.Stage stage = measure.stage().get();
    return has(group, stage.release()) && turn(group, stage) == stage.wave()
        ? phases(group, measure, stage).during().get(measure.resource())
        : quiet(group, measure);
  }

  private static int turn(Occupant group, FixedOrder.Stage stage) {
    return group.itinerary().waves().getOrDefault(stage.release(), -1);
  }

  private static Passage.Phases phases(Occupant group, Measure measure, FixedOrder.Stage stage) {
    Passage passage = group.demand().passages().get(stage.release());
    if (passage == null) {
      throw new IllegalArgumentException(group.group() + " has no part in " + stage.release());
    }
    return passage.at(measure.moment());
  }
}
