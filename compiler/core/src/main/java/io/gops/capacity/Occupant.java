package io.gops.capacity;

import io.gops.deployment.Group;
import io.gops.fleet.Amounts;
import java.util.Optional;

/// One replica of a group: an A and a B, or a single server, that stay on one host together.
///
/// @param group id of the group
/// @param ordinal which replica
/// @param demand what it needs
/// @param previous where the lock has it
/// @param live whether it runs now, so that it may not move outside a release
/// @param itinerary when it may be away from its steady use
public record Occupant(
    String group,
    int ordinal,
    Demand demand,
    Optional<Group.Placement> previous,
    boolean live,
    Itinerary itinerary) {

  /// A replica for which no release has a fixed order.
  public Occupant(
      String group, int ordinal, Demand demand, Optional<Group.Placement> previous, boolean live) {
    this(group, ordinal, demand, previous, live, Itinerary.FREE);
  }

  /// The same replica with another demand.
  public Occupant with(Demand other) {
    return new Occupant(group, ordinal, other, previous, live, itinerary);
  }

  /// The same replica somewhere else.
  ///
  /// @param runs whether it runs there now
  public Occupant at(Optional<Group.Placement> placement, boolean runs) {
    return new Occupant(group, ordinal, demand, placement, runs, itinerary);
  }

  /// The same replica with other waves.
  public Occupant with(Itinerary other) {
    return new Occupant(group, ordinal, demand, previous, live, other);
  }

  /// Name of its placement record: the group's id, with the ordinal when there are several.
  public static String recordName(String group, int ordinal, int replicas) {
    return replicas == 1 ? group : group + "/" + ordinal;
  }

  /// What it uses at the moment of an inequality when it is not away.
  public long steady(Measure measure) {
    return steadyAmounts(measure).get(measure.resource());
  }

  /// What it uses when its other side runs and nobody has moved yet.
  public long started(Measure measure) {
    Amounts started =
        isMoving(measure)
            ? phases(measure)
                .map(Passage.Phases::started)
                .orElseGet(() -> course(measure).started())
            : steadyAmounts(measure);
    return Math.max(steady(measure), started.get(measure.resource()));
  }

  /// Most that it uses beside its steady use.
  public long extra(Measure measure) {
    if (!isMoving(measure)) {
      return 0;
    }
    Amounts worst =
        phases(measure).map(Passage.Phases::during).orElseGet(() -> course(measure).worst());
    return Math.max(0, worst.get(measure.resource()) - steady(measure));
  }

  private boolean isMoving(Measure measure) {
    if (measure.stage().isEmpty()) {
      return itinerary.anyTime().contains(measure.moment());
    }
    FixedOrder.Stage stage = measure.stage().get();
    return phases(measure).isPresent() && wave(stage) == stage.wave();
  }

  private Amounts steadyAmounts(Measure measure) {
    Optional<Passage.Phases> phases = phases(measure);
    if (phases.isEmpty()) {
      return course(measure).steady();
    }
    FixedOrder.Stage stage = measure.stage().orElseThrow();
    return wave(stage) < stage.wave() ? phases.get().after() : phases.get().before();
  }

  private int wave(FixedOrder.Stage stage) {
    return itinerary.waves().getOrDefault(stage.release(), -1);
  }

  private Demand.Course course(Measure measure) {
    return demand.at(measure.moment());
  }

  /// What the release of a stage does to it; absent when it has no part in that release.
  private Optional<Passage.Phases> phases(Measure measure) {
    return measure
        .stage()
        .filter(stage -> itinerary.waves().containsKey(stage.release()))
        .flatMap(stage -> Optional.ofNullable(demand.passages().get(stage.release())))
        .map(passage -> passage.at(measure.moment()));
  }
}
