package io.gops.capacity;

import java.util.concurrent.CancellationException;

/// A budget counted in elementary steps, so that a slow machine gets the same answer as a fast one.
final class Steps {
  private long left;

  Steps(long budget) {
    left = budget;
  }

  /// Takes some steps; false once the budget is used up.
  ///
  /// @throws CancellationException when nobody waits for the answer any more: the thread was
  ///     interrupted
  boolean take(long count) {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException();
    }
    left -= count;
    return left >= 0;
  }
}
