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

  /// Sends for ever; the first answer starts the clock.
  void start() throws IOException, InterruptedException {
    if (!answers(100, Duration.ofSeconds(4))) {
      throw new AssertionError("no answer before the test");
    }
    lastAnswer = System.nanoTime();
    Thread.ofPlatform().daemon().start(this::shine);
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
    boolean any = false;
    ByteBuffer buffer = ByteBuffer.allocate(size);
    while (channel.read(buffer.clear()) > 0) {
      any = true;
    }
    return any;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
