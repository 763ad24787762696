package io.gops.packets;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;

/// Datagrams to an [EchoServer], and how long none came back.
final class Beacon implements AutoCloseable {
  private static final int EVERY_MILLIS = 5;

  private final DatagramChannel channel;
  private final int size;
  private long lastAnswer;
  private long longest;
  private boolean isShining;

  /// @param size bytes of a datagram, at least 8
  Beacon(Namespace from, String to, int port, int size) throws IOException {
    this.size = size;
    this.channel =
        from.inside(
            () ->
                DatagramChannel.open(StandardProtocolFamily.INET)
                    .connect(new InetSocketAddress(to, port)));
    channel.configureBlocking(false);
  }

  /// Whether one of some datagrams comes back.
  boolean answers(int attempts, Duration patience) throws IOException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    for (int sent = 0; System.nanoTime() < end; ) {
      if (sent++ < attempts) {
        send();
      }
      Thread.sleep(20);
      if (receive()) {
        return true;
      }
    }
    return false;
  }

  /// Sends at a rate and says at which rate answers came.
  ///
  /// @param rate bits of datagrams in a second, without their headers
  /// @return bits in a second
  long flood(long rate, Duration time) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    long end = begin + time.toNanos();
    long bits = 8L * size;
    long answered = 0;
    for (long sent = 0; System.nanoTime() < end; ) {
      while (sent * bits * 1_000_000_000L < rate * (System.nanoTime() - begin)) {
        send();
        sent++;
      }
      answered += count();
      Thread.sleep(1);
    }
    return answered * bits * 1_000_000_000L / (System.nanoTime() - begin);
  }

  /// Sends from now on and for ever; the clock starts anew each time.
  void start() throws IOException, InterruptedException {
    if (!isShining) {
      if (!answers(100, Duration.ofSeconds(4))) {
        throw new AssertionError("no answer before the test");
      }
      isShining = true;
      answered();
      Thread.ofPlatform().daemon().start(this::shine);
    }
    awaitAnswer();
    forget();
  }

  /// Waits until answers come.
  void awaitAnswer() throws InterruptedException {
    for (int i = 0; i < 200 && silentMillis() > 50; i++) {
      Thread.sleep(20);
    }
  }

  private synchronized void forget() {
    longest = 0;
    lastAnswer = System.nanoTime();
  }

  /// The longest time without an answer so far.
  synchronized long outageMillis() {
    return Math.max(longest, System.nanoTime() - lastAnswer) / 1_000_000;
  }

  /// The time since the last answer.
  synchronized long silentMillis() {
    return (System.nanoTime() - lastAnswer) / 1_000_000;
  }

  private void shine() {
    while (channel.isOpen()) {
      try {
        Thread.sleep(EVERY_MILLIS);
        send();
        if (receive()) {
          answered();
        }
      } catch (IOException _) {
        // No route for a moment; it counts as time without an answer.
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private synchronized void answered() {
    long now = System.nanoTime();
    longest = Math.max(longest, now - lastAnswer);
    lastAnswer = now;
  }

  private void send() throws IOException {
    channel.write(ByteBuffer.allocate(size));
  }

  private boolean receive() throws IOException {
    return count() > 0;
  }

  private int count() throws IOException {
    int answers = 0;
    ByteBuffer buffer = ByteBuffer.allocate(size);
    while (channel.read(buffer.clear()) > 0) {
      answers++;
    }
    return answers;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
