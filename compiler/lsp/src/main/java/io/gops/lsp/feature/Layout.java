package io.gops.lsp.feature;

import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.format.Formatter;
import io.gops.lsp.fleet.View;
import io.gops.lsp.text.Positions;
import io.gops.source.SourceFile;
import io.gops.source.Span;
import io.gops.syntax.Parser;
import io.gops.syntax.SyntaxTree;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextEdit;

/// The one layout there is, as the smallest edit. A text with syntax errors stays as it is.
public final class Layout {
  private Layout() {}

  public static List<TextEdit> of(View view) {
    SourceFile file = view.text();
    Diagnostics diagnostics = new Diagnostics();
    SyntaxTree tree = Parser.parse(file, diagnostics);
    if (diagnostics.sorted().stream().anyMatch(Diagnostic::isError)) {
      return List.of();
    }
    return difference(file, Formatter.format(tree)).stream().toList();
  }

  /// The same for some lines, when nothing before them changes their number.
  public static List<TextEdit> of(View view, Range lines) {
    int last = lines.getEnd().getLine();
    return of(view).stream()
        .flatMap(edit -> split(view.text(), edit).stream())
        .filter(
            edit ->
                edit.getRange().getStart().getLine() >= lines.getStart().getLine()
                    && edit.getRange().getEnd().getLine() <= last)
        .toList();
  }

  /// One edit for each line, if the lines stay as many as they are.
  private static List<TextEdit> split(SourceFile file, TextEdit edit) {
    Span span = Positions.span(file, edit.getRange());
    int first = file.line(span.offset());
    int start = file.lineStart(first);
    int end = file.lineStart(file.line(span.end())) + file.lineText(file.line(span.end())).length();
    String before = file.text().substring(start, end);
    String after =
        file.text().substring(start, span.offset())
            + edit.getNewText()
            + file.text().substring(span.end(), end);
    String[] old = before.split("\n", -1);
    String[] fresh = after.split("\n", -1);
    if (old.length != fresh.length) {
      return List.of();
    }
    java.util.ArrayList<TextEdit> edits = new java.util.ArrayList<>();
    int at = start;
    for (int i = 0; i < old.length; i++) {
      if (!old[i].equals(fresh[i])) {
        edits.add(
            new TextEdit(Positions.of(file, Span.between(at, at + old[i].length())), fresh[i]));
      }
      at += old[i].length() + 1;
    }
    return edits;
  }

  private static Optional<TextEdit> difference(SourceFile file, String after) {
    String before = file.text();
    if (before.equals(after)) {
      return Optional.empty();
    }
    int most = Math.min(before.length(), after.length());
    int start = 0;
    while (start < most && before.charAt(start) == after.charAt(start)) {
      start++;
    }
    int end = 0;
    while (end < most - start
        && before.charAt(before.length() - 1 - end) == after.charAt(after.length() - 1 - end)) {
      end++;
    }
    return Optional.of(
        new TextEdit(
            Positions.of(file, Span.between(start, before.length() - end)),
            after.substring(start, after.length() - end)));
  }
}
