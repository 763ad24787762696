package io.gops.lint;

import io.gops.diagnostic.Fix;
import io.gops.source.Place;
import io.gops.source.SourceFile;
import io.gops.source.Span;
import io.gops.syntax.DocComment;
import java.util.Optional;

/// The edit that takes a statement out of a text: with its documentation, with the comment behind
/// it, and with the line or the comma that nothing needs any more.
final class Removal {
  private final SourceFile file;
  private final int start;
  private final int end;

  private Removal(SourceFile file, int start, int end) {
    this.file = file;
    this.start = start;
    this.end = end;
  }

  /// The place to empty, for a statement without documentation.
  static Place of(Place statement) {
    return of(statement, Optional.empty());
  }

  /// The place to empty.
  static Place of(Place statement, Optional<DocComment> doc) {
    int start = doc.map(d -> d.span().offset()).orElse(statement.span().offset());
    Removal removal = new Removal(statement.file(), start, statement.span().end());
    return new Place(statement.file(), removal.ownsItsLines() ? removal.lines() : removal.inside());
  }

  /// The edit that empties the place of a statement.
  static Fix.Edit edit(Place statement) {
    return new Fix.Edit(of(statement), "");
  }

  private int firstLine() {
    return file.line(start);
  }

  private int lastLine() {
    return file.line(Math.max(start, end - 1));
  }

  private boolean ownsItsLines() {
    String before = file.text().substring(file.lineStart(firstLine()), start);
    String last = file.lineText(lastLine());
    String after = last.substring(Math.min(last.length(), end - file.lineStart(lastLine())));
    String rest = after.strip();
    rest = rest.startsWith(",") ? rest.substring(1).strip() : rest;
    return before.isBlank() && (rest.isEmpty() || rest.startsWith("//"));
  }

  /// Its lines; with the empty line behind them when there is one before them as well.
  private Span lines() {
    int next = lastLine() + 1;
    boolean loneBefore = firstLine() == 1 || file.lineText(firstLine() - 1).isBlank();
    if (loneBefore && next <= file.lineCount() && file.lineText(next).isBlank()) {
      next++;
    }
    int to = next <= file.lineCount() ? file.lineStart(next) : file.text().length();
    return Span.between(file.lineStart(firstLine()), to);
  }

  /// Its text inside a line, with the comma behind it, or else with the one before it.
  private Span inside() {
    String text = file.text();
    int after = skipSpaces(end, 1);
    if (after < text.length() && text.charAt(after) == ',') {
      return Span.between(start, skipSpaces(after + 1, 1));
    }
    int before = skipSpaces(start - 1, -1);
    boolean comma = before >= 0 && text.charAt(before) == ',';
    return comma ? Span.between(before, end) : Span.between(before + 1, end);
  }

  private int skipSpaces(int from, int step) {
    int at = from;
    while (at >= 0 && at < file.text().length() && file.text().charAt(at) == ' ') {
      at += step;
    }
    return at;
  }
}
