package io.gops.capacity;

import java.util.Locale;

/// Why a server may use more than it does on a quiet day.
public enum Moment {
  /// Players move from one side to the other; both sides run.
  CUT_OVER,
  /// The engine holds old and new scripts at once.
  RELOAD,
  /// What the scheduler counts: requests, not use. Both sides ask for their full live use while
  /// they run.
  REQUESTS;

  /// `cut-over`, as messages write it.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
