package io.gops.syntax;

import io.gops.diagnostic.Diagnostics;
import io.gops.source.SourceFile;
import java.nio.charset.StandardCharsets;

/// Turns the bytes of a file into text.
public final class SourceText {
  private SourceText() {}

  /// @param path as shown to people
  /// @param bytes UTF-8
  public static SourceFile decode(String path, byte[] bytes, Diagnostics diagnostics) {
    return new SourceFile(path, new String(bytes, StandardCharsets.UTF_8));
  }
}
