package io.gops.packets;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Keeps sessions busy, as players do, and measures how long they wait.
final class Chatter {
  private final Thread thread;
  private final AtomicInteger lines = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicLong longest = new AtomicLong();
  private volatile boolean going = true;

  Chatter(List<Conversation> sessions) {
    List<Conversation> mine = List.copyOf(sessions);
    thread = Thread.ofPlatform().daemon().start(() -> chat(mine));
  }

  private void chat(List<Conversation> sessions) {
    while (going) {
      for (Conversation session : sessions) {
        long begin = System.nanoTime();
        if (!session.answers(Duration.ofSeconds(5))) {
          lost.incrementAndGet();
          return;
        }
        longest.accumulateAndGet(System.nanoTime() - begin, Math::max);
        lines.incrementAndGet();
      }
    }
  }

  /// Ends it; throws when a session was lost.
  void stop() throws InterruptedException {
    going = false;
    thread.join();
    if (lost.get() > 0) {
      throw new AssertionError("a session was lost after " + lines + " lines");
    }
  }

  int lines() {
    return lines.get();
  }

  long longestMillis() {
    return longest.get() / 1_000_000;
  }
}
