package io.gops.format;

import io.gops.diagnostic.Diagnostics;
import io.gops.source.SourceFile;
import io.gops.syntax.Parser;
import io.gops.syntax.SyntaxTree;
import io.gops.syntax.TokenKind;
import io.gops.syntax.Tokens;
import java.util.ArrayList;
import java.util.List;

/// Lays out a text in the one way there is.
///
/// The author decides where lines end; the formatter decides everything else that is white:
/// indentation, spaces, at most one blank line, columns of neighbours that say the same kind of
/// thing, columns of comments. Words, comments and their order stay as they are, and so does the
/// kind of line end. A formatted text formats to itself.
public final class Formatter {
  private Formatter() {}

  /// Returns the text in its canonical layout.
  ///
  /// @param tree without syntax errors; the layout of a broken text is not worth keeping
  public static String format(SyntaxTree tree) {
    String text = tree.file().text();
    List<Line> lines = LineReader.read(tree);
    Columns.align(tree, lines);
    CommentColumn.align(tree.file(), lines);
    String formatted = (text.startsWith("\uFEFF") ? "\uFEFF" : "") + join(lines, lineEnd(text));
    return words(tree).equals(words(reparse(tree, formatted))) ? formatted : text;
  }

  private static SyntaxTree reparse(SyntaxTree tree, String formatted) {
    return Parser.parse(new SourceFile(tree.file().path(), formatted), new Diagnostics());
  }

  /// Everything but white space.
  private static List<String> words(SyntaxTree tree) {
    Tokens tokens = tree.tokens();
    List<String> words = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.kind(i) != TokenKind.SPACE && tokens.kind(i) != TokenKind.NEWLINE) {
        words.add(tokens.text(i).stripTrailing());
      }
    }
    return words;
  }

  private static String join(List<Line> lines, String lineEnd) {
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      if (line.blankBefore()) {
        text.append(lineEnd);
      }
      line.appendTo(text);
      text.append(lineEnd);
    }
    return text.toString();
  }

  /// The first line end of the text; LF when it has none.
  private static String lineEnd(String text) {
    int lf = text.indexOf('\n');
    int cr = text.indexOf('\r');
    if (cr >= 0 && (lf < 0 || cr < lf)) {
      return lf == cr + 1 ? "\r\n" : "\r";
    }
    return "\n";
  }
}
