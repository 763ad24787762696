package io.gops.capacity;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// When a group may be away from its steady use.
///
/// @param waves by release with a fixed order, the index of the wave in which the group moves
/// @param anyTime the kinds of moments at which it may be one of as many groups of its host as the
///     pool's budget allows, whichever they are
public record Itinerary(SortedMap<String, Integer> waves, Set<Moment> anyTime) {
  /// Of a group for which no release has a fixed order.
  public static final Itinerary FREE = new Itinerary(new TreeMap<>(), EnumSet.allOf(Moment.class));

  public Itinerary {
    waves = Collections.unmodifiableSortedMap(new TreeMap<>(waves));
    EnumSet<Moment> moments = EnumSet.noneOf(Moment.class);
    moments.addAll(anyTime);
    anyTime = Collections.unmodifiableSet(moments);
  }

  /// The same with another wave of a release in which it has one.
  Itinerary in(String release, int wave) {
    SortedMap<String, Integer> changed = new TreeMap<>(waves);
    changed.replace(release, wave);
    return new Itinerary(changed, anyTime);
  }
}
