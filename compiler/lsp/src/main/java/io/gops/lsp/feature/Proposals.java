package io.gops.lsp.feature;

import io.gops.lsp.fleet.View;
import io.gops.lsp.meaning.Cursor;
import io.gops.lsp.meaning.Definition;
import io.gops.lsp.text.Positions;
import io.gops.source.Span;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;
import org.eclipse.lsp4j.InsertTextFormat;
import org.eclipse.lsp4j.InsertTextMode;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/// What an editor offers at one place, in the order of their ranks.
final class Proposals {
  static final String REQUIRED = "0";
  static final String FIRST = "1";
  static final String SECOND = "2";
  static final String LAST = "3";

  private final View view;
  private final int offset;
  private final Cursor cursor;
  private final boolean snippets;
  private final List<CompletionItem> items = new ArrayList<>();

  /// @param snippets whether the editor jumps from hole to hole
  Proposals(View view, int offset, Cursor cursor, boolean snippets) {
    this.view = view;
    this.offset = offset;
    this.cursor = cursor;
    this.snippets = snippets;
  }

  List<CompletionItem> items() {
    return items;
  }

  void defined(String text, Definition definition, CompletionItemKind kind) {
    CompletionItem item = item(text, kind, text, FIRST);
    item.setDetail(definition.head());
    definition
        .doc()
        .ifPresent(
            doc ->
                item.setDocumentation(
                    Either.forRight(new MarkupContent(MarkupKind.PLAINTEXT, doc))));
  }

  /// A dotted name, which takes the place of all of its parts that stand there.
  void path(String text, CompletionItemKind kind, String doc) {
    String line = view.text().text();
    int start = cursor.wordStart();
    while (start > 0 && isPart(line.charAt(start - 1))) {
      start--;
    }
    CompletionItem item = add(text, kind, text, FIRST, start);
    if (!doc.isEmpty()) {
      item.setDocumentation(Either.forRight(new MarkupContent(MarkupKind.PLAINTEXT, doc)));
    }
  }

  private static boolean isPart(char c) {
    return c == '.' || c == '_' || c == '-' || Character.isLetterOrDigit(c);
  }

  CompletionItem item(String label, CompletionItemKind kind, String text, String rank) {
    return add(label, kind, text, rank, cursor.wordStart());
  }

  CompletionItem add(String label, CompletionItemKind kind, String text, String rank, int start) {
    CompletionItem item = new CompletionItem(label);
    item.setKind(kind);
    item.setSortText(rank + label);
    Range range = Positions.of(view.text(), Span.between(start, offset));
    item.setTextEdit(Either.forLeft(new TextEdit(range, text)));
    items.add(item);
    return item;
  }

  /// A value as it stands in the source.
  void plain(String text, String doc) {
    item(text, CompletionItemKind.Value, text, FIRST).setDocumentation(documentation(doc));
  }

  void snippet(CompletionItem item) {
    if (snippets) {
      item.setInsertTextFormat(InsertTextFormat.Snippet);
    }
    item.setInsertTextMode(InsertTextMode.AdjustIndentation);
  }

  static Either<String, MarkupContent> documentation(String markup) {
    return Either.forRight(new MarkupContent(MarkupKind.MARKDOWN, markup));
  }
}
