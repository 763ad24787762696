package io.gops.quality;

import io.gops.diagnostic.Diagnostics;
import io.gops.format.Formatter;
import io.gops.source.SourceFile;
import io.gops.syntax.Parser;
import io.gops.syntax.SourceText;
import io.gops.syntax.SyntaxTree;
import java.util.Optional;

/// For a fuzzer: what is formatted has no error and formats to itself.
public final class FormatterFuzz {
  private FormatterFuzz() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    Diagnostics diagnostics = new Diagnostics();
    SourceFile file = SourceText.decode("fuzz.gops", bytes, diagnostics);
    Optional<String> once = diagnostics.hasErrors() ? Optional.empty() : formatted(file.text());
    if (once.isEmpty()) {
      return;
    }
    Optional<String> twice = formatted(once.get());
    if (!twice.equals(once)) {
      throw new AssertionError("formats to:\n" + once + "\nand that to:\n" + twice);
    }
  }

  private static Optional<String> formatted(String text) {
    Diagnostics diagnostics = new Diagnostics();
    SyntaxTree tree = Parser.parse(new SourceFile("fuzz.gops", text), diagnostics);
    return diagnostics.hasErrors() ? Optional.empty() : Optional.of(Formatter.format(tree));
  }
}
