package io.gops.lsp.feature;

import io.gops.lsp.fleet.View;
import io.gops.source.SourceFile;
import io.gops.syntax.SyntaxTree;
import io.gops.syntax.TokenKind;
import io.gops.syntax.Tokens;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.eclipse.lsp4j.FoldingRange;
import org.eclipse.lsp4j.FoldingRangeKind;

/// What can be folded: everything between brackets on several lines, runs of comments, imports.
public final class Folding {
  private Folding() {}

  public static List<FoldingRange> of(View view) {
    SyntaxTree tree = view.tree();
    List<FoldingRange> folds = new ArrayList<>();
    brackets(tree, folds);
    comments(tree, folds);
    if (tree.imports().size() > 1) {
      add(
          folds,
          tree.file().line(tree.imports().getFirst().span().offset()),
          tree.file().line(tree.imports().getLast().span().offset()),
          FoldingRangeKind.Imports);
    }
    return folds;
  }

  /// The closing bracket stays in sight.
  private static void brackets(SyntaxTree tree, List<FoldingRange> folds) {
    SourceFile file = tree.file();
    Tokens tokens = tree.tokens();
    Deque<Integer> open = new ArrayDeque<>();
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.kind(i) != TokenKind.PUNCTUATION) {
        continue;
      }
      switch (tokens.text(i)) {
        case "{", "[", "(" -> open.push(tokens.start(i));
        case "}", "]", ")" -> {
          if (!open.isEmpty()) {
            add(folds, file.line(open.pop()), file.line(tokens.start(i)) - 1, "region");
          }
        }
        default -> {}
      }
    }
  }

  private static void comments(SyntaxTree tree, List<FoldingRange> folds) {
    SourceFile file = tree.file();
    Tokens tokens = tree.tokens();
    int first = 0;
    int last = 0;
    for (int i = 0; i < tokens.size(); i++) {
      switch (tokens.kind(i)) {
        case LINE_COMMENT, DOC_COMMENT, BLOCK_COMMENT -> {
          int line = file.line(tokens.start(i));
          if (line != last + 1) {
            add(folds, first, last, FoldingRangeKind.Comment);
            first = line;
          }
          last = file.line(Math.max(tokens.start(i), tokens.end(i) - 1));
        }
        case SPACE, NEWLINE, IDENTIFIER, STRING, NUMBER, ADDRESS, TIME, PUNCTUATION, UNKNOWN -> {}
      }
    }
    add(folds, first, last, FoldingRangeKind.Comment);
  }

  private static void add(List<FoldingRange> folds, int first, int last, String kind) {
    if (last > first) {
      FoldingRange fold = new FoldingRange(first - 1, last - 1);
      fold.setKind(kind);
      folds.add(fold);
    }
  }
}
