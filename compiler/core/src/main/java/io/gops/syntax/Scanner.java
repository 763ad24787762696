package io.gops.syntax;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.grammar.GopsLexer;
import io.gops.source.Span;
import java.util.Map;
import org.antlr.v4.runtime.Token;

/// Splits a text into tokens. Habits of other languages become the tokens they stand for, each
/// with an error that says how it is written here.
final class Scanner {
  private static final int REPLACEMENT = '\uFFFD';

  /// Characters of Chinese input methods and word processors, and what is meant by them.
  private static final Map<String, String> LOOK_ALIKES =
      Map.ofEntries(
          Map.entry("，", ","),
          Map.entry("、", ","),
          Map.entry("。", "."),
          Map.entry("：", ":"),
          Map.entry("；", ";"),
          Map.entry("＝", "="),
          Map.entry("｛", "{"),
          Map.entry("｝", "}"),
          Map.entry("［", "["),
          Map.entry("］", "]"),
          Map.entry("【", "["),
          Map.entry("】", "]"),
          Map.entry("（", "("),
          Map.entry("）", ")"),
          Map.entry("＠", "@"),
          Map.entry("–", "-"),
          Map.entry("—", "-"),
          Map.entry("→", "->"),
          Map.entry("…", ".."),
          Map.entry("\u00A0", " "),
          Map.entry("\u3000", " "),
          Map.entry("\u200B", ""));

  private final SyntaxErrors errors;
  private final Lexemes lexemes = new Lexemes();
  private final Tokens.Builder tokens;
  private final boolean badEncodingReported;

  /// @param badEncodingReported whether replacement characters have their error already
  Scanner(SyntaxErrors errors, boolean badEncodingReported) {
    this.errors = errors;
    this.tokens = new Tokens.Builder(errors.file());
    this.badEncodingReported = badEncodingReported;
  }

  /// Reads the whole file.
  void scan() {
    GopsLexer lexer = new GopsLexer(new Characters(errors.file()));
    lexer.removeErrorListeners();
    for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
      int end = token.getStopIndex() + 1;
      if (token.getType() == GopsLexer.UNKNOWN && isFirstHalf(token.getStartIndex())) {
        end = lexer.nextToken().getStopIndex() + 1;
      }
      take(token.getType(), token.getStartIndex(), end);
    }
  }

  /// Whether a character begins here that takes two places of the text, as most signs beyond the
  /// scripts of today do; the lexer sees two then.
  private boolean isFirstHalf(int offset) {
    String text = errors.file().text();
    return offset + 1 < text.length()
        && Character.isSurrogatePair(text.charAt(offset), text.charAt(offset + 1));
  }

  /// All of the text.
  Tokens tokens() {
    return tokens.build();
  }

  /// What the parser sees.
  Lexemes lexemes() {
    return lexemes;
  }

  private void take(int type, int start, int end) {
    tokens.add(kind(type), start);
    Span span = Span.between(start, end);
    switch (type) {
      case GopsLexer.SPACE,
          GopsLexer.DOC_COMMENT,
          GopsLexer.LINE_COMMENT,
          GopsLexer.BLOCK_COMMENT -> {}
      case GopsLexer.HASH_COMMENT ->
          errors.reportHabit(
              span,
              SyntaxErrors.of(Code.GOPS1008).fix(errors.place(new Span(start, 1)), "//", "fix"));
      case GopsLexer.OPEN_COMMENT ->
          errors.report(new Span(start, 2), SyntaxErrors.of(Code.GOPS1006).hint("hint"));
      case GopsLexer.OPEN_STRING -> {
        errors.report(span, SyntaxErrors.of(Code.GOPS1005).hint("hint"));
        lexemes.add(GopsLexer.STRING, start, end);
      }
      case GopsLexer.OTHER_STRING -> {
        errors.reportHabit(span, otherQuotes(span));
        lexemes.add(GopsLexer.STRING, start, end);
      }
      case GopsLexer.OTHER_NAME -> {
        errors.reportHabit(span, SyntaxErrors.of(Code.GOPS1009, text(span)).hint("hint"));
        lexemes.add(GopsLexer.IDENTIFIER, start, end);
      }
      case GopsLexer.UNKNOWN -> unknown(span);
      default -> lexemes.add(type, start, end);
    }
  }

  private Diagnostic.Builder otherQuotes(Span span) {
    Diagnostic.Builder error = SyntaxErrors.of(Code.GOPS1007);
    String inner = text(Span.between(span.offset() + 1, span.end() - 1));
    return inner.indexOf('"') < 0 && inner.indexOf('\\') < 0
        ? error.fix(errors.place(span), '"' + inner + '"', "fix")
        : error;
  }

  private void unknown(Span span) {
    String text = text(span);
    String meant = LOOK_ALIKES.get(text);
    if (meant != null) {
      errors.reportHabit(
          span,
          SyntaxErrors.of(Code.GOPS1004, text, codePoint(span), meant.isBlank() ? "␠" : meant)
              .fix(errors.place(span), meant, "fix"));
      addMeant(meant, span);
      return;
    }
    if (text.charAt(0) != REPLACEMENT || !badEncodingReported) {
      errors.report(span, SyntaxErrors.of(Code.GOPS1003, text, codePoint(span)));
    }
    lexemes.add(GopsLexer.UNKNOWN, span.offset(), span.end());
  }

  private void addMeant(String meant, Span span) {
    int type =
        switch (meant) {
          case "," -> GopsLexer.COMMA;
          case "." -> GopsLexer.DOT;
          case ":" -> GopsLexer.COLON;
          case ";" -> GopsLexer.NEWLINE;
          case "=" -> GopsLexer.SET;
          case "{" -> GopsLexer.OPEN;
          case "}" -> GopsLexer.CLOSE;
          case "[" -> GopsLexer.OPEN_LIST;
          case "]" -> GopsLexer.CLOSE_LIST;
          case "(" -> GopsLexer.OPEN_GROUP;
          case ")" -> GopsLexer.CLOSE_GROUP;
          case "@" -> GopsLexer.AT;
          case "-" -> GopsLexer.MINUS;
          case "->" -> GopsLexer.ARROW;
          case ".." -> GopsLexer.RANGE;
          default -> Token.INVALID_TYPE;
        };
    if (type != Token.INVALID_TYPE) {
      lexemes.add(type, span.offset(), span.end());
    }
  }

  private String codePoint(Span span) {
    int value = errors.file().text().codePointAt(span.offset());
    return String.format(java.util.Locale.ROOT, "U+%04X", value);
  }

  private String text(Span span) {
    return errors.file().text(span);
  }

  private static TokenKind kind(int type) {
    return switch (type) {
      case GopsLexer.SPACE -> TokenKind.SPACE;
      case GopsLexer.NEWLINE -> TokenKind.NEWLINE;
      case GopsLexer.DOC_COMMENT -> TokenKind.DOC_COMMENT;
      case GopsLexer.LINE_COMMENT, GopsLexer.HASH_COMMENT -> TokenKind.LINE_COMMENT;
      case GopsLexer.BLOCK_COMMENT, GopsLexer.OPEN_COMMENT -> TokenKind.BLOCK_COMMENT;
      case GopsLexer.IDENTIFIER, GopsLexer.OTHER_NAME -> TokenKind.IDENTIFIER;
      case GopsLexer.STRING, GopsLexer.OPEN_STRING, GopsLexer.OTHER_STRING -> TokenKind.STRING;
      case GopsLexer.INTEGER, GopsLexer.DECIMAL, GopsLexer.QUANTITY, GopsLexer.PERCENT ->
          TokenKind.NUMBER;
      case GopsLexer.ADDRESS, GopsLexer.CIDR -> TokenKind.ADDRESS;
      case GopsLexer.TIME -> TokenKind.TIME;
      case GopsLexer.UNKNOWN, GopsLexer.VERSION -> TokenKind.UNKNOWN;
      default -> TokenKind.PUNCTUATION;
    };
  }
}
