package io.gops.openvswitch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// JSON-RPC 1.0 as the control socket of Open vSwitch speaks it (ovs-appctl(8)).
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static String request(String method, String... arguments) throws IOException {
    return MAPPER.writeValueAsString(
        Map.of("id", 0, "method", method, "params", List.of(arguments)));
  }

  /// Reads one answer: an object that ends where its braces close.
  static String result(SocketChannel channel) {
    byte[] bytes = new byte[1 << 16];
    int length = 0;
    int depth = 0;
    boolean quoted = false;
    boolean escaped = false;
    try {
      while (true) {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        int read = channel.read(buffer);
        if (read < 0) {
          throw new IOException("the switch closed its control socket");
        }
        if (length + read > bytes.length) {
          bytes = Arrays.copyOf(bytes, (length + read) * 2);
        }
        System.arraycopy(buffer.array(), 0, bytes, length, read);
        for (int i = length; i < length + read; i++) {
          if (escaped) {
            escaped = false;
          } else if (quoted && bytes[i] == '\\') {
            escaped = true;
          } else if (bytes[i] == '"') {
            quoted = !quoted;
          } else if (!quoted && bytes[i] == '{') {
            depth++;
          } else if (!quoted && bytes[i] == '}' && --depth == 0) {
            return text(MAPPER.readTree(bytes, 0, i + 1));
          }
        }
        length += read;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(JsonNode answer) {
    if (!answer.get("error").isNull()) {
      throw new AssertionError(answer.get("error").asText());
    }
    return answer.get("result").asText();
  }
}
