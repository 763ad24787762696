package io.gops.syntax;

import io.gops.diagnostic.Diagnostics;
import io.gops.source.SourceFile;
import java.util.List;

/// Reads a `.gops` text into a [SyntaxTree].
public final class Parser {
  private Parser() {}

  /// Always returns a tree; what could not be read is reported and left out or marked broken.
  public static SyntaxTree parse(SourceFile file, Diagnostics diagnostics) {
    return new SyntaxTree(file, List.of(), List.of(), List.of(), new Tokens.Builder(file).build());
  }
}
