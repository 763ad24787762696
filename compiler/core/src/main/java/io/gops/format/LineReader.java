package io.gops.format;

import io.gops.syntax.SyntaxTree;
import io.gops.syntax.TokenKind;
import io.gops.syntax.Tokens;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Cuts the tokens of a text into lines, each with its indentation and single spaces.
final class LineReader {
  private static final int STEP = 2;

  private final Tokens tokens;
  private final List<Line> lines = new ArrayList<>();
  private final Deque<Integer> openIndents = new ArrayDeque<>();
  private final List<Line.Piece> pieces = new ArrayList<>();
  private final List<Boolean> spaced = new ArrayList<>();
  private int blankLines;

  private LineReader(Tokens tokens) {
    this.tokens = tokens;
  }

  static List<Line> read(SyntaxTree tree) {
    LineReader reader = new LineReader(tree.tokens());
    reader.run();
    return reader.lines;
  }

  private void run() {
    boolean space = false;
    for (int i = 0; i < tokens.size(); i++) {
      switch (tokens.kind(i)) {
        case SPACE -> space = true;
        case NEWLINE -> {
          endLine();
          space = false;
        }
        case LINE_COMMENT,
            BLOCK_COMMENT,
            DOC_COMMENT,
            IDENTIFIER,
            STRING,
            NUMBER,
            ADDRESS,
            TIME,
            PUNCTUATION,
            UNKNOWN -> {
          pieces.add(
              new Line.Piece(tokens.kind(i), tokens.text(i).stripTrailing(), tokens.start(i)));
          spaced.add(space);
          space = false;
        }
      }
    }
    endLine();
  }

  private void endLine() {
    if (pieces.isEmpty()) {
      blankLines++;
      return;
    }
    boolean blankBefore = blankLines > 0 && !lines.isEmpty() && !opensAbove() && !closesFirst();
    Line line = new Line(indent(), blankBefore);
    for (int i = 0; i < pieces.size(); i++) {
      line.add(pieces.get(i), i == 0 ? 0 : gap(i));
      track(pieces.get(i), line.indent());
    }
    lines.add(line);
    pieces.clear();
    spaced.clear();
    blankLines = 0;
  }

  // ---- indentation

  private int indent() {
    if (openIndents.isEmpty()) {
      return 0;
    }
    return closesFirst() ? openIndents.getFirst() : openIndents.getFirst() + STEP;
  }

  private void track(Line.Piece piece, int indent) {
    if (opens(piece)) {
      openIndents.push(indent);
    } else if (closes(piece) && !openIndents.isEmpty()) {
      openIndents.pop();
    }
  }

  private boolean closesFirst() {
    return closes(pieces.getFirst());
  }

  private boolean opensAbove() {
    Line above = lines.getLast();
    int last = above.size() - 1;
    while (last > 0 && isComment(above.piece(last))) {
      last--;
    }
    return opens(above.piece(last));
  }

  private static boolean opens(Line.Piece piece) {
    return is(piece, "{") || is(piece, "[") || is(piece, "(");
  }

  private static boolean closes(Line.Piece piece) {
    return is(piece, "}") || is(piece, "]") || is(piece, ")");
  }

  // ---- spaces

  /// Spaces between a piece and the one before it.
  private int gap(int index) {
    Line.Piece before = pieces.get(index - 1);
    Line.Piece piece = pieces.get(index);
    if (piece.isLineComment()) {
      return 2;
    }
    if (isComment(piece) || isComment(before)) {
      return 1;
    }
    if (is(before, "(") || is(before, "[") || is(piece, ")") || is(piece, "]")) {
      return 0;
    }
    if (is(piece, ",") || is(before, "@") || (is(before, "{") && is(piece, "}"))) {
      return 0;
    }
    if (isTight(before) || isTight(piece)) {
      return joinsNumber(before, piece) && spaced.get(index) ? 1 : 0;
    }
    boolean annotation = index > 1 && is(pieces.get(index - 2), "@") && is(piece, "(");
    boolean signed = is(before, "-") && (index < 2 || !endsValue(pieces.get(index - 2)));
    return annotation || signed ? 0 : 1;
  }

  private static boolean isTight(Line.Piece piece) {
    return is(piece, ".") || is(piece, "..") || is(piece, ":");
  }

  /// `a.1 .2` must not become the number 1.2.
  private static boolean joinsNumber(Line.Piece before, Line.Piece piece) {
    return (before.kind() == TokenKind.NUMBER && !is(piece, ".."))
        || (piece.kind() == TokenKind.NUMBER && !is(before, ".."));
  }

  private static boolean endsValue(Line.Piece piece) {
    return switch (piece.kind()) {
      case IDENTIFIER, STRING, NUMBER, ADDRESS, TIME -> true;
      case PUNCTUATION -> closes(piece);
      case SPACE, NEWLINE, LINE_COMMENT, BLOCK_COMMENT, DOC_COMMENT, UNKNOWN -> false;
    };
  }

  private static boolean isComment(Line.Piece piece) {
    return piece.kind().isTrivia();
  }

  private static boolean is(Line.Piece piece, String text) {
    return piece.kind() == TokenKind.PUNCTUATION && piece.text().equals(text);
  }
}
