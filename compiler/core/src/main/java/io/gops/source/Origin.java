package io.gops.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where a model value came from: the attribute that set it first, then each place that brought
/// that attribute in (template instantiation, zone override, environment).
///
/// @param chain innermost place first; empty for a default of the schema
public record Origin(List<Place> chain) {
  /// A value nobody wrote: the default of the schema.
  public static final Origin DEFAULT = new Origin(List.of());

  public Origin {
    chain = List.copyOf(chain);
  }

  public static Origin of(Place place) {
    return new Origin(List.of(place));
  }

  /// The same value, brought in at one more place.
  public Origin through(Place place) {
    List<Place> longer = new ArrayList<>(chain);
    longer.add(place);
    return new Origin(longer);
  }

  /// The attribute that set the value.
  public Optional<Place> place() {
    return chain.isEmpty() ? Optional.empty() : Optional.of(chain.getFirst());
  }
}
