package io.gops.controlplane;

import java.io.IOException;
import java.time.Duration;

/// Waits for what another process does.
final class Waiting {
  private static final long PAUSE_MILLISECONDS = 50;

  private Waiting() {}

  /// Something that becomes true.
  interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  /// Whether the condition held before the time was over.
  static boolean until(Duration patience, Condition condition)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        return false;
      }
      Thread.sleep(PAUSE_MILLISECONDS);
    }
    return true;
  }
}
