package io.gops.diagnostic;

import io.gops.source.Place;
import java.util.List;

/// A change of the source that removes a diagnostic.
///
/// @param title what it does, as a menu entry
/// @param edits non-overlapping replacements
public record Fix(Message title, List<Edit> edits) {
  public Fix {
    edits = List.copyOf(edits);
  }

  /// Replaces the text at `place`.
  public record Edit(Place place, String replacement) {}
}
