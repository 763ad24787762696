package io.gops.lsp.feature;

import io.gops.bind.Sources;
import io.gops.lsp.fleet.View;
import io.gops.lsp.meaning.Mark;
import io.gops.lsp.meaning.Symbol;
import io.gops.source.SourceFile;
import io.gops.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.SemanticTokenModifiers;
import org.eclipse.lsp4j.SemanticTokenTypes;
import org.eclipse.lsp4j.SemanticTokensLegend;

/// Semantic tokens: words by what they mean in this fleet. Strings, numbers and comments are left
/// to the grammar of the editor, which needs no meaning for them.
public final class Colours {
  private static final List<String> TYPES =
      List.of(
          SemanticTokenTypes.Keyword,
          SemanticTokenTypes.Type,
          SemanticTokenTypes.Property,
          SemanticTokenTypes.Class,
          SemanticTokenTypes.Interface,
          SemanticTokenTypes.Namespace,
          SemanticTokenTypes.Variable,
          SemanticTokenTypes.EnumMember,
          SemanticTokenTypes.Struct);
  private static final List<String> MODIFIERS =
      List.of(
          SemanticTokenModifiers.Declaration,
          SemanticTokenModifiers.Readonly,
          SemanticTokenModifiers.DefaultLibrary);
  private static final int DECLARATION = 1;
  private static final int READONLY = 2;
  private static final int LIBRARY = 4;

  private final View view;
  private final List<Integer> data = new ArrayList<>();
  private int line;
  private int column;

  private Colours(View view) {
    this.view = view;
  }

  public static SemanticTokensLegend legend() {
    return new SemanticTokensLegend(TYPES, MODIFIERS);
  }

  /// Five numbers for each word, as the protocol packs them.
  public static List<Integer> of(View view) {
    Colours colours = new Colours(view);
    view.file().marks().forEach(colours::mark);
    return colours.data;
  }

  private void mark(Mark mark) {
    switch (mark) {
      case Mark.KindWord(Span span, _, _) -> words(span, SemanticTokenTypes.Type);
      case Mark.Keyword(Span span) -> token(span, SemanticTokenTypes.Keyword, 0);
      case Mark.AttributeName(Span span, _, _) -> token(span, SemanticTokenTypes.Property, 0);
      case Mark.Word(Span span) -> token(span, SemanticTokenTypes.EnumMember, 0);
      case Mark.Declares(Span span, var definition) ->
          token(
              span,
              type(definition.symbol().space()),
              DECLARATION | modifiers(definition.symbol()));
      case Mark.Use(Span span, _, Mark.Meaning meaning) -> {
        // What means nothing stays without a colour: it is probably a slip.
        Optional<Symbol> symbol = meaning.in(view.names());
        symbol.ifPresent(found -> token(span, type(found.space()), modifiers(found)));
      }
      case Mark.Amount _, Mark.FileName _, Mark.AnnotationName _ -> {}
    }
  }

  private static String type(String space) {
    return switch (space) {
      case Symbol.CONST -> SemanticTokenTypes.Variable;
      case Symbol.TEMPLATE -> SemanticTokenTypes.Interface;
      case Symbol.ALIAS -> SemanticTokenTypes.Namespace;
      case "game", "role", "zones" -> SemanticTokenTypes.Class;
      default -> SemanticTokenTypes.Struct;
    };
  }

  private static int modifiers(Symbol symbol) {
    boolean ofFile = symbol.path().size() > 1 && Sources.isStandard(symbol.path().getFirst());
    return (symbol.space().equals(Symbol.CONST) ? READONLY : 0) | (ofFile ? LIBRARY : 0);
  }

  /// `release ab_switch` is two words.
  private void words(Span span, String type) {
    String text = view.text().text(span);
    int at = 0;
    while (at < text.length()) {
      int end = at;
      while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
        end++;
      }
      token(new Span(span.offset() + at, end - at), type, 0);
      at = end;
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
    }
  }

  private void token(Span span, String type, int modifiers) {
    SourceFile file = view.text();
    int at = file.line(span.offset()) - 1;
    int start = span.offset() - file.lineStart(at + 1);
    boolean oneLine = file.line(span.end()) == at + 1;
    if (!oneLine || span.length() == 0 || (at == line && start < column)) {
      return;
    }
    data.add(at - line);
    data.add(at == line ? start - column : start);
    data.add(span.length());
    data.add(TYPES.indexOf(type));
    data.add(modifiers);
    line = at;
    column = start;
  }
}
