package io.gops.diagnostic;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/// Names a finding so that a later run recognises it: by its code, file and words, not by its line,
/// which moves with each edit above it. Of several that are the same the second has another name
/// than the first, in the order in which they are asked for.
final class Fingerprints {
  private final Presentation presentation;
  private final Map<String, Integer> seen = new HashMap<>();

  Fingerprints(Presentation presentation) {
    this.presentation = presentation;
  }

  /// 64 hexadecimal digits. They do not depend on the language of the messages.
  String of(Diagnostic diagnostic) {
    String what =
        diagnostic.code()
            + "\0"
            + presentation.path(diagnostic)
            + "\0"
            + diagnostic.message().key()
            + "\0"
            + String.join("\0", diagnostic.message().arguments());
    int number = seen.merge(what, 1, Integer::sum);
    byte[] bytes = (what + "\0" + number).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
