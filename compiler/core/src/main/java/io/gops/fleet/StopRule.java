package io.gops.fleet;

import java.util.Locale;

/// An alert that stops a release while it fires.
///
/// @param alert its name in the game
public record StopRule(String alert, Reaction reaction) {
  /// What becomes of the release.
  public enum Reaction {
    /// It goes on where it stood when the alert is gone and somebody starts it again.
    PAUSE,
    /// It has ended; what is left is planned anew.
    ABORT;

    /// As the source spells it.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
