package io.gops.diagnostic;

import io.gops.source.Place;
import java.util.List;

/// A change of the source that removes a diagnostic.
///
/// @param title what it does, as a menu entry
/// @param edits non-overlapping replacements
/// @param decision whether it changes what players get or who may talk to whom: a person takes it,
///     `--fix` never does
public record Fix(Message title, List<Edit> edits, boolean decision) {
  public Fix {
    edits = List.copyOf(edits);
  }

  /// The same for a person to take.
  Fix asDecision() {
    return new Fix(title, edits, true);
  }

  /// Replaces the text at `place`.
  public record Edit(Place place, String replacement) {}
}
