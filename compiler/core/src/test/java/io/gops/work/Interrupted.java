package io.gops.work;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.function.Executable;

/// A thread whose answer nobody wants any more.
public final class Interrupted {
  private Interrupted() {}

  /// Demands that work ends when its thread is interrupted.
  public static void mustEnd(Executable work) {
    Thread.currentThread().interrupt();
    try {
      assertThrows(CancellationException.class, work);
    } finally {
      // The next test runs on the same thread.
      var _ = Thread.interrupted();
    }
  }
}
