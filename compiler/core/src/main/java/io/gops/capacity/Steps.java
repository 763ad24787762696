package io.gops.capacity;

import io.gops.work.Asker;

/// A budget counted in elementary steps, so that a slow machine gets the same answer as a fast one.
final class Steps {
  private final Asker asker = Asker.here();
  private long left;

  Steps(long budget) {
    left = budget;
  }

  /// Takes some steps while the answer is wanted; false once the budget is used up.
  boolean take(long count) {
    asker.mustWait();
    left -= count;
    return left >= 0;
  }
}
