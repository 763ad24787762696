package io.gops.quality;

import java.util.Set;

/// A text with one mistake.
///
/// @param kind what sort of mistake
/// @param what the mistake in a few words
/// @param line where it was made; mutants have the lines of the original
/// @param lost a declared name that is misspelt, so that a line which uses it may be blamed as
///     well; empty for all other mistakes
/// @param text the text with the mistake
public record Mutant(Kind kind, String what, int line, Set<String> lost, String text) {
  /// A sort of mistake.
  public enum Kind {
    /// A token is missing.
    DELETED,
    /// A token stands twice.
    DOUBLED,
    /// A token changed places with the next one.
    SWAPPED,
    /// An amount has the unit of another measure, or none that exists.
    UNIT,
    /// A letter of a name is missing, or two changed places.
    NAME,
    /// A value is of another type.
    TYPE
  }
}
