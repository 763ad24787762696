package io.gops.capacity;

import io.gops.fleet.Resource;
import java.util.Optional;

/// One inequality of a host: a resource at a kind of moment, and where waves have a fixed order, in
/// one of them.
public record Measure(Resource resource, Moment moment, Optional<FixedOrder.Stage> stage)
    implements Comparable<Measure> {

  /// A moment that is bound to no wave.
  public Measure(Resource resource, Moment moment) {
    this(resource, moment, Optional.empty());
  }

  /// `memory`, or `memory in wave north`, as messages write it.
  public String words() {
    return stage
        .map(
            wave ->
                wave.name().isEmpty()
                    ? resource.word() + " while begun zones of " + wave.release() + " are finished"
                    : resource.word() + " in wave " + wave.name())
        .orElse(resource.word());
  }

  @Override
  public int compareTo(Measure other) {
    int byResource = resource.compareTo(other.resource);
    int byMoment = byResource != 0 ? byResource : moment.compareTo(other.moment);
    if (byMoment != 0) {
      return byMoment;
    }
    return stage.isPresent() && other.stage.isPresent()
        ? stage.get().compareTo(other.stage.get())
        : Boolean.compare(stage.isPresent(), other.stage.isPresent());
  }
}
