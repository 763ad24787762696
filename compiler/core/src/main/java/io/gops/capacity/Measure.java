package io.gops.capacity;

import io.gops.fleet.Resource;

/// One inequality of a host: a resource at a kind of moment.
public record Measure(Resource resource, Moment moment) implements Comparable<Measure> {
  @Override
  public int compareTo(Measure other) {
    int byResource = resource.compareTo(other.resource);
    return byResource != 0 ? byResource : moment.compareTo(other.moment);
  }
}
