package io.gops.diff;

import io.gops.source.Place;
import java.util.List;
import java.util.Optional;

/// One value of a model that differs.
///
/// @param path members of the records that lead to it, with dots
/// @param after where the new value was written, innermost place first
/// @param before where the old value was written
record ValueChange(
    String path,
    Optional<String> from,
    Optional<String> to,
    List<Place> after,
    List<Place> before) {
  ValueChange {
    after = List.copyOf(after);
    before = List.copyOf(before);
  }

  Edit with(ConsequenceClass risk) {
    return new Edit(path, from, to, risk);
  }
}
