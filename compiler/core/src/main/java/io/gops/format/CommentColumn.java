package io.gops.format;

import io.gops.diagnostic.DisplayWidth;
import io.gops.source.SourceFile;
import io.gops.source.Span;
import java.util.ArrayList;
import java.util.List;

/// Puts the comments behind the lines of one paragraph into one column: the one the author gave to
/// all of them, if it is free, or two spaces right of the longest line.
final class CommentColumn {
  private static final int GAP = 2;

  private CommentColumn() {}

  static void align(SourceFile file, List<Line> lines) {
    List<Line> commented = new ArrayList<>();
    for (Line line : lines) {
      if (line.blankBefore()) {
        alignParagraph(file, commented);
        commented.clear();
      }
      if (line.hasTrailingComment() && !line.isBroken()) {
        commented.add(line);
      }
    }
    alignParagraph(file, commented);
  }

  private static void alignParagraph(SourceFile file, List<Line> commented) {
    int free = GAP + commented.stream().mapToInt(CommentColumn::codeWidth).max().orElse(0);
    List<Integer> written =
        commented.stream().map(line -> columnInSource(file, line)).distinct().toList();
    int column = written.size() == 1 ? Math.max(free, written.getFirst()) : free;
    for (Line line : commented) {
      line.widen(line.size() - 1, column - GAP - codeWidth(line));
    }
  }

  private static int codeWidth(Line line) {
    return line.widthBefore(line.size() - 1);
  }

  private static int columnInSource(SourceFile file, Line line) {
    int offset = line.piece(line.size() - 1).offset();
    int start = file.lineStart(file.line(offset));
    return DisplayWidth.of(file.text(Span.between(start, offset)));
  }
}
