package io.gops.format;

import io.gops.diagnostic.DisplayWidth;
import io.gops.syntax.TokenKind;
import java.util.ArrayList;
import java.util.List;

/// One line of the text: its words and the spaces before each.
final class Line {
  private final int indent;
  private final boolean blankBefore;
  private final List<Piece> pieces = new ArrayList<>();
  private final List<Integer> gaps = new ArrayList<>();

  /// A token or comment.
  ///
  /// @param offset in the unformatted text
  record Piece(TokenKind kind, String text, int offset) {
    boolean isLineComment() {
      return kind == TokenKind.LINE_COMMENT || kind == TokenKind.DOC_COMMENT;
    }
  }

  Line(int indent, boolean blankBefore) {
    this.indent = indent;
    this.blankBefore = blankBefore;
  }

  int indent() {
    return indent;
  }

  /// Whether an empty line goes before this one.
  boolean blankBefore() {
    return blankBefore;
  }

  int size() {
    return pieces.size();
  }

  Piece piece(int index) {
    return pieces.get(index);
  }

  void add(Piece piece, int gap) {
    pieces.add(piece);
    gaps.add(gap);
  }

  /// Adds spaces before a piece.
  void widen(int index, int spaces) {
    gaps.set(index, gaps.get(index) + spaces);
  }

  /// Index of the first piece that starts at or behind `offset`; the size if none does.
  int indexOf(int offset) {
    int index = 0;
    while (index < pieces.size() && pieces.get(index).offset() < offset) {
      index++;
    }
    return index;
  }

  /// Whether a comment stands behind code on this line.
  boolean hasTrailingComment() {
    return pieces.size() > 1 && pieces.getLast().isLineComment();
  }

  /// Whether a comment in the line spans several lines, so that columns mean nothing.
  boolean isBroken() {
    return pieces.stream()
        .anyMatch(piece -> piece.text().indexOf('\n') >= 0 || piece.text().indexOf('\r') >= 0);
  }

  /// Whether the line can take part in a table: it begins with code, in one piece.
  boolean hasColumns() {
    return !isBroken() && !piece(0).kind().isTrivia();
  }

  /// Columns from the left edge to the end of the piece before `index`.
  int widthBefore(int index) {
    int width = indent;
    for (int i = 0; i < index; i++) {
      width += gaps.get(i) + DisplayWidth.of(pieces.get(i).text());
    }
    return width;
  }

  void appendTo(StringBuilder text) {
    text.repeat(' ', indent);
    for (int i = 0; i < pieces.size(); i++) {
      text.repeat(' ', gaps.get(i)).append(pieces.get(i).text());
    }
  }
}
