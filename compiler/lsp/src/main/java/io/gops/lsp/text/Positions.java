package io.gops.lsp.text;

import io.gops.source.Place;
import io.gops.source.SourceFile;
import io.gops.source.Span;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;

/// Offsets of a text as an editor names them: line and UTF-16 unit, both from 0.
public final class Positions {
  private Positions() {}

  /// The position of an offset.
  public static Position of(SourceFile file, int offset) {
    int line = file.line(offset);
    return new Position(line - 1, offset - file.lineStart(line));
  }

  public static Range of(SourceFile file, Span span) {
    return new Range(of(file, span.offset()), of(file, span.end()));
  }

  public static Range of(Place place) {
    return of(place.file(), place.span());
  }

  /// The offset of a position; behind the end of a line it is the end of that line, behind the last
  /// line the end of the text.
  public static int offset(SourceFile file, Position position) {
    int line = position.getLine() + 1;
    if (line > file.lineCount()) {
      return file.text().length();
    }
    int end = file.lineStart(line) + file.lineText(line).length();
    return Math.min(file.lineStart(line) + position.getCharacter(), end);
  }

  public static Span span(SourceFile file, Range range) {
    return Span.between(offset(file, range.getStart()), offset(file, range.getEnd()));
  }
}
