package io.gops.packets;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// A server of a game as far as a network can tell: it says who it is and whom it sees, then sends
/// back what it gets.
final class EchoServer implements AutoCloseable {
  private final NetworkChannel channel;

  private EchoServer(NetworkChannel channel) {
    this.channel = channel;
  }

  /// Listens for connections, on every address of the namespace.
  static EchoServer tcp(Namespace namespace, String name, int port) throws IOException {
    ServerSocketChannel listening =
        namespace.inside(
            () -> {
              ServerSocketChannel made = ServerSocketChannel.open(StandardProtocolFamily.INET);
              made.setOption(StandardSocketOptions.SO_REUSEADDR, true);
              return made.bind(new InetSocketAddress("0.0.0.0", port), 200);
            });
    Thread.ofPlatform().daemon().start(() -> accept(listening, name));
    return new EchoServer(listening);
  }

  /// Sends datagrams back.
  static EchoServer udp(Namespace namespace, int port) throws IOException {
    DatagramChannel bound =
        namespace.inside(
            () ->
                DatagramChannel.open(StandardProtocolFamily.INET)
                    .bind(new InetSocketAddress("0.0.0.0", port)));
    Thread.ofPlatform().daemon().start(() -> reflect(bound));
    return new EchoServer(bound);
  }

  private static void accept(ServerSocketChannel listening, String name) {
    try {
      while (true) {
        SocketChannel accepted = listening.accept();
        Thread.ofPlatform().daemon().start(() -> serve(accepted, name));
      }
    } catch (IOException _) {
      // Closed: the test is over.
    }
  }

  private static void serve(SocketChannel accepted, String name) {
    try (accepted) {
      String seen = ((InetSocketAddress) accepted.getRemoteAddress()).getAddress().getHostAddress();
      OutputStream out = accepted.socket().getOutputStream();
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(accepted.socket().getInputStream(), StandardCharsets.US_ASCII));
      out.write((name + " " + seen + "\n").getBytes(StandardCharsets.US_ASCII));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException _) {
      // The other end is gone, as some tests want.
    }
  }

  private static void reflect(DatagramChannel bound) {
    ByteBuffer buffer = ByteBuffer.allocate(2048);
    while (true) {
      try {
        buffer.clear();
        var from = bound.receive(buffer);
        buffer.flip();
        bound.send(buffer, from);
      } catch (java.nio.channels.ClosedChannelException _) {
        return;
      } catch (IOException _) {
        // Between two interfaces there is no route back; the datagram is lost, as on a wire.
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
