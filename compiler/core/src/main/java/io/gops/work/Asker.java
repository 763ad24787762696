package io.gops.work;

import java.util.concurrent.CancellationException;

/// The thread that waits for an answer. When nobody wants the answer any more, that thread is
/// interrupted, and work of any length ends where it looks next; so an editor stops the proofs of a
/// text that has changed.
public final class Asker {
  private final Thread thread;

  private Asker(Thread thread) {
    this.thread = thread;
  }

  /// Whoever runs this. Threads that do a part of the work are handed it.
  public static Asker here() {
    return new Asker(Thread.currentThread());
  }

  /// Goes on only while the answer is wanted; costs as much as reading a field.
  ///
  /// @throws CancellationException when the thread was interrupted
  public void mustWait() {
    if (thread.isInterrupted()) {
      throw new CancellationException();
    }
  }
}
