package io.gops.capacity;

/// A budget counted in elementary steps, so that a slow machine gets the same answer as a fast one.
final class Steps {
  private long left;

  Steps(long budget) {
    left = budget;
  }

  /// Takes some steps; false once the budget is used up.
  boolean take(long count) {
    left -= count;
    return left >= 0;
  }
}
