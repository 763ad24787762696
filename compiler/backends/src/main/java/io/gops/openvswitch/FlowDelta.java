package io.gops.openvswitch;

import io.gops.network.flow.NodeTables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The way from one table file to another as `ovs-ofctl --bundle add-flows` takes it: what is gone,
/// then what is new or does something else. A switch that has the first file gets the second one
/// by as many changes as there are, not by comparing all of its flows.
///
/// The first two lines name both files, so that nobody applies it to a third.
final class FlowDelta {
  /// What the file of a node says that has nothing to start from.
  static final String NONE = "# no earlier tables\n";

  private FlowDelta() {}

  /// Writes the changes from other tables of the node.
  static void write(NodeTables before, NodeTables after, OutputStream out) throws IOException {
    out.write(text(print(before), print(after)).getBytes(StandardCharsets.US_ASCII));
  }

  /// Writes the changes from the tables of the last compile. When there are none, what that compile
  /// wrote stays: its tables may not have reached every node yet.
  ///
  /// @param before its table file
  /// @param written its delta
  static void write(
      Optional<byte[]> before, Optional<byte[]> written, NodeTables after, OutputStream out)
      throws IOException {
    if (before.isEmpty()) {
      out.write(NONE.getBytes(StandardCharsets.US_ASCII));
      return;
    }
    byte[] now = print(after);
    if (Arrays.equals(before.get(), now)) {
      out.write(written.orElseGet(() -> NONE.getBytes(StandardCharsets.US_ASCII)));
    } else {
      out.write(text(before.get(), now).getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static byte[] print(NodeTables node) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    FlowText.writeFlows(node.flows(), bytes);
    return bytes.toByteArray();
  }

  private static String text(byte[] before, byte[] after) {
    List<String> old = lines(before);
    List<String> now = lines(after);
    Map<String, String> left = new HashMap<>();
    old.forEach(line -> left.put(identity(line), line));
    StringBuilder added = new StringBuilder();
    for (String line : now) {
      if (!line.equals(left.remove(identity(line)))) {
        added.append("add ").append(line).append('\n');
      }
    }
    StringBuilder text = new StringBuilder();
    text.append("# from ").append(sha256(before)).append(' ').append(old.size()).append('\n');
    text.append("# to ").append(sha256(after)).append(' ').append(now.size()).append('\n');
    for (String line : old) {
      if (left.containsKey(identity(line))) {
        text.append("delete_strict ").append(identity(line)).append('\n');
      }
    }
    return text.append(added).toString();
  }

  private static List<String> lines(byte[] file) {
    return new String(file, StandardCharsets.US_ASCII).lines().toList();
  }

  /// What makes a flow the same flow for a switch: table, priority and match.
  private static String identity(String line) {
    return line.substring(line.indexOf(',') + 1, line.indexOf(" actions="));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
