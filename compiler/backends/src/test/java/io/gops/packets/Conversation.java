package io.gops.packets;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// An open TCP connection with an [EchoServer].
final class Conversation implements AutoCloseable {
  private final SocketChannel channel;
  private final BufferedReader in;
  private final String partner;
  private final String seenAs;
  private int lines;

  private Conversation(SocketChannel channel, BufferedReader in, String greeting) {
    this.channel = channel;
    this.in = in;
    this.partner = greeting.substring(0, greeting.indexOf(' '));
    this.seenAs = greeting.substring(greeting.indexOf(' ') + 1);
  }

  /// A connection to an address; absent when none comes up in time.
  static Optional<Conversation> open(Namespace from, String to, int port, Duration patience)
      throws IOException {
    return open(from, Optional.empty(), to, port, patience);
  }

  /// The same from one of the namespace's addresses.
  static Optional<Conversation> open(
      Namespace from, Optional<String> source, String to, int port, Duration patience)
      throws IOException {
    SocketChannel channel =
        from.inside(
            () -> {
              SocketChannel made = SocketChannel.open(StandardProtocolFamily.INET);
              if (source.isPresent()) {
                made.bind(new InetSocketAddress(source.get(), 0));
              }
              return made;
            });
    try {
      int millis = Math.toIntExact(patience.toMillis());
      channel.socket().connect(new InetSocketAddress(to, port), millis);
      channel.socket().setSoTimeout(millis);
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(channel.socket().getInputStream(), StandardCharsets.US_ASCII));
      String greeting = in.readLine();
      if (greeting != null) {
        return Optional.of(new Conversation(channel, in, greeting));
      }
    } catch (IOException _) {
      // No answer is an answer: whoever asked is told that there is no connection.
    }
    channel.close();
    return Optional.empty();
  }

  /// Name of the server that answers.
  String partner() {
    return partner;
  }

  /// Address that the server sees.
  String seenAs() {
    return seenAs;
  }

  /// Whether the server still answers, within a time.
  boolean answers(Duration patience) {
    String line = "line " + lines++;
    try {
      channel.socket().setSoTimeout(Math.toIntExact(patience.toMillis()));
      channel.socket().getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
      return line.equals(in.readLine());
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
