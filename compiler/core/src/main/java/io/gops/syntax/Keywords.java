package io.gops.syntax;

import io.gops.diagnostic.Code;
import io.gops.grammar.GopsParser;
import io.gops.source.Span;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/// Finds the words that are keywords where they stand, and the signs of other languages that mean
/// `=`, `from` or a new line here.
final class Keywords {
  private static final Map<String, Integer> OPENING =
      Map.of(
          "import", GopsParser.IMPORT,
          "const", GopsParser.CONST,
          "required", GopsParser.REQUIRED,
          "allow", GopsParser.ALLOW,
          "deny", GopsParser.DENY,
          "expect", GopsParser.EXPECT);

  private final Lexemes lexemes;
  private final SyntaxErrors errors;
  private final Deque<Statement> outer = new ArrayDeque<>();
  private Statement statement = new Statement(Inside.BLOCK);

  Keywords(Lexemes lexemes, SyntaxErrors errors) {
    this.lexemes = lexemes;
    this.errors = errors;
  }

  /// Which bracket is the innermost.
  private enum Inside {
    BLOCK,
    LIST,
    GROUP
  }

  /// How far the statement at hand has been read.
  private static final class Statement {
    private final Inside inside;
    private boolean begun;
    private boolean headEnded;
    private boolean labelled;
    private int keyword = GopsParser.IDENTIFIER;

    Statement(Inside inside) {
      this.inside = inside;
    }

    boolean isHead() {
      return inside == Inside.BLOCK && !headEnded && keyword == GopsParser.IDENTIFIER;
    }
  }

  /// Gives the lexemes their final types.
  void mark() {
    for (int i = 0; i < lexemes.size(); i++) {
      switch (lexemes.type(i)) {
        case GopsParser.OPEN -> enter(Inside.BLOCK);
        case GopsParser.OPEN_LIST -> enter(Inside.LIST);
        case GopsParser.OPEN_GROUP -> enter(Inside.GROUP);
        case GopsParser.CLOSE, GopsParser.CLOSE_LIST, GopsParser.CLOSE_GROUP -> leave();
        case GopsParser.NEWLINE, GopsParser.COMMA -> statement = new Statement(statement.inside);
        case GopsParser.SEMICOLON -> semicolon(i);
        case GopsParser.SET, GopsParser.APPEND, GopsParser.ARROW, GopsParser.BOTH_WAYS ->
            statement.headEnded = true;
        case GopsParser.OTHER_SET -> otherSet(i);
        case GopsParser.COLON -> colon(i);
        case GopsParser.IDENTIFIER -> identifier(i);
        case GopsParser.STRING, GopsParser.INTEGER -> word(i);
        default -> {}
      }
    }
  }

  private void enter(Inside inside) {
    outer.push(statement);
    statement = new Statement(inside);
  }

  private void leave() {
    if (!outer.isEmpty()) {
      statement = outer.pop();
    }
  }

  private void semicolon(int i) {
    int next = lexemes.type(i + 1);
    boolean ends =
        next == GopsParser.NEWLINE || next == GopsParser.CLOSE || i + 1 == lexemes.size();
    report(i, Code.GOPS1020, ends ? "" : ",");
    lexemes.retype(i, GopsParser.NEWLINE);
    statement = new Statement(statement.inside);
  }

  private void otherSet(int i) {
    report(i, Code.GOPS1019, "=");
    lexemes.retype(i, GopsParser.SET);
    statement.headEnded = true;
  }

  private void colon(int i) {
    int before = lexemes.type(i - 1);
    boolean named = before == GopsParser.IDENTIFIER || before == GopsParser.STRING;
    if (statement.inside == Inside.GROUP && named && !statement.headEnded) {
      assignWithColon(i);
    } else if (statement.isHead() && statement.begun) {
      if (!statement.labelled && named) {
        assignWithColon(i);
      } else if (lexemes.type(i + 1) == GopsParser.IDENTIFIER) {
        Span span = lexemes.span(i);
        errors.report(
            span, SyntaxErrors.of(Code.GOPS1021).fix(errors.place(span), spaced(i, "from"), "fix"));
        lexemes.retype(i, GopsParser.FROM);
      }
    }
  }

  private void assignWithColon(int i) {
    report(i, Code.GOPS1018, spaced(i, "="));
    lexemes.retype(i, GopsParser.SET);
    statement.headEnded = true;
  }

  /// The sign with a space on each side that has none yet.
  private String spaced(int i, String sign) {
    boolean left = lexemes.end(i - 1) == lexemes.start(i);
    boolean right = i + 1 < lexemes.size() && lexemes.start(i + 1) == lexemes.end(i);
    return (left ? " " : "") + sign + (right ? " " : "");
  }

  private void report(int i, Code code, String replacement) {
    Span span = lexemes.span(i);
    errors.reportHabit(
        span,
        SyntaxErrors.of(code, errors.file().text(span))
            .fix(errors.place(span), replacement, "fix"));
  }

  private void identifier(int i) {
    int before = lexemes.type(i - 1);
    if (before == GopsParser.AT) {
      return; // an annotation does not begin the statement that it stands before
    }
    String text = errors.file().text(lexemes.span(i));
    if (statement.inside == Inside.BLOCK && !statement.begun) {
      Integer keyword = OPENING.get(text);
      if (keyword != null && !startsName(lexemes.type(i + 1))) {
        lexemes.retype(i, keyword);
        statement.keyword = keyword;
      }
      statement.begun = true;
      return;
    }
    int type = inner(text, i, before);
    lexemes.retype(i, type);
    if (type == GopsParser.IDENTIFIER) {
      word(i);
    }
  }

  private int inner(String text, int i, int before) {
    return switch (text) {
      case "from" ->
          statement.isHead() && before != GopsParser.DOT ? GopsParser.FROM : GopsParser.IDENTIFIER;
      case "as" -> statement.keyword == GopsParser.IMPORT ? GopsParser.AS : GopsParser.IDENTIFIER;
      case "not" ->
          before == GopsParser.EXPECT && !startsName(lexemes.type(i + 1))
              ? GopsParser.NOT
              : GopsParser.IDENTIFIER;
      case "step" -> endsValue(before) ? GopsParser.STEP : GopsParser.IDENTIFIER;
      case "except" -> endsValue(before) ? GopsParser.EXCEPT : GopsParser.IDENTIFIER;
      default -> GopsParser.IDENTIFIER;
    };
  }

  /// Whether what comes before may be the end of a range.
  private boolean endsValue(int before) {
    return switch (before) {
      case GopsParser.INTEGER, GopsParser.TIME, GopsParser.ADDRESS -> true;
      case GopsParser.IDENTIFIER -> statement.headEnded || statement.inside != Inside.BLOCK;
      default -> false;
    };
  }

  private void word(int i) {
    int before = lexemes.type(i - 1);
    if (statement.begun && before != GopsParser.DOT) {
      statement.labelled = true;
    }
    statement.begun = true;
  }

  /// Whether the word before is a name because of what follows: `allow = true`, `deny.count`.
  private static boolean startsName(int next) {
    return switch (next) {
      case GopsParser.SET,
          GopsParser.APPEND,
          GopsParser.OTHER_SET,
          GopsParser.COLON,
          GopsParser.DOT,
          GopsParser.OPEN ->
          true;
      default -> false;
    };
  }
}
