package io.gops.syntax;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.source.Place;
import io.gops.source.SourceFile;
import io.gops.source.Span;
import java.util.BitSet;

/// Reports the mistakes of one file. After one that breaks a statement its line stays silent: what
/// else looks wrong there is most often a consequence.
final class SyntaxErrors {
  /// A file with more broken lines than this is not a `.gops` file; the rest adds nothing.
  static final int LIMIT = 100;

  private final SourceFile file;
  private final Diagnostics diagnostics;
  private final BitSet lines = new BitSet();
  private int count;

  SyntaxErrors(SourceFile file, Diagnostics diagnostics) {
    this.file = file;
    this.diagnostics = diagnostics;
  }

  SourceFile file() {
    return file;
  }

  Place place(Span span) {
    return new Place(file, span);
  }

  /// Starts an error of `code`.
  static Diagnostic.Builder of(Code code, Object... arguments) {
    return Diagnostic.of(code, arguments);
  }

  /// Reports a sign of another language that was read as the one meant here. The rest of its
  /// line is as good as before, so it may have more of them.
  void reportHabit(Span span, Diagnostic.Builder error) {
    if (count < LIMIT && !lines.get(file.line(span.offset()))) {
      count++;
      diagnostics.report(error.at(place(span)));
    }
  }

  /// Reports at `span`, unless its line has an error already.
  void report(Span span, Diagnostic.Builder error) {
    int line = file.line(span.offset());
    if (count < LIMIT && !lines.get(line)) {
      lines.set(line);
      count++;
      diagnostics.report(error.at(place(span)));
    }
  }
}
