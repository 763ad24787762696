package io.gops.cli;

import io.gops.diagnostic.Harmless;
import io.gops.source.SourceFile;
import java.io.PrintStream;

/// Shows where a file leaves the canonical layout: its first other line, before and after.
final class LayoutHint {
  private LayoutHint() {}

  /// Prints `path:line: not formatted` and the two lines.
  static void print(SourceFile file, String formatted, PrintStream out) {
    SourceFile after = new SourceFile(file.path(), formatted);
    int line = 1;
    int last = Math.min(file.lineCount(), after.lineCount());
    while (line < last && file.lineText(line).equals(after.lineText(line))) {
      line++;
    }
    out.println(Harmless.text(file.path()) + ":" + line + ": not formatted");
    if (file.lineText(line).equals(after.lineText(line))) {
      out.println("  only the ends of lines change");
      return;
    }
    out.println("  - " + shown(file.lineText(line)));
    out.println("  + " + shown(after.lineText(line)));
  }

  /// White space at both ends made visible: it is most of what a formatter changes.
  private static String shown(String line) {
    String words = line.strip();
    if (words.isEmpty()) {
      return visible(line);
    }
    int start = line.indexOf(words);
    return visible(line.substring(0, start))
        + Harmless.text(words)
        + visible(line.substring(start + words.length()));
  }

  private static String visible(String white) {
    StringBuilder shown = new StringBuilder();
    white.chars().forEach(c -> shown.append(c == '\t' ? '→' : '·'));
    return shown.toString();
  }
}
