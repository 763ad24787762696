package io.gops.syntax;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.grammar.GopsParser;
import io.gops.source.Span;
import java.util.HashSet;
import java.util.Set;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.atn.RuleTransition;

/// What the parser does with a mistake: one error in words, then on at the end of the line, list
/// cell or argument it is in. Nothing is guessed into or out of the text.
final class Mistakes extends DefaultErrorStrategy {
  private static final int CALLS_BLOCK = callsBlock();

  private final SyntaxErrors errors;

  Mistakes(SyntaxErrors errors) {
    this.errors = errors;
  }

  @Override
  public Token recoverInline(Parser recognizer) {
    throw new InputMismatchException(recognizer);
  }

  @Override
  public void reportError(Parser recognizer, RecognitionException e) {
    if (!inErrorRecoveryMode(recognizer)) {
      beginErrorCondition(recognizer);
      Token found = recognizer.getCurrentToken();
      if (recognizer.getContext() instanceof GopsParser.ItemContext item) {
        reportAnnotation(item, found);
      } else if (isVersion(found)
          && recognizer.getContext() instanceof GopsParser.StatementContext) {
        errors.report(span(found), ExpressionBuilder.versionInQuotes(errors, span(found)));
      } else {
        report(expected(recognizer.getContext()), found);
      }
    }
  }

  /// Only annotations may stand before what the rule of an item needs.
  private void reportAnnotation(GopsParser.ItemContext item, Token found) {
    boolean isEnd = found.getType() == Token.EOF || found.getType() == GopsParser.CLOSE;
    if (isEnd && !item.annotation().isEmpty()) {
      GopsParser.AnnotationContext last = item.annotation().getLast();
      Span name = Span.between(last.start.getStartIndex(), last.name().stop.getStopIndex() + 1);
      errors.report(name, SyntaxErrors.of(Code.GOPS1031, errors.file().text(name)));
    } else {
      Span span = span(found);
      errors.report(
          span,
          SyntaxErrors.of(Code.GOPS1031, errors.file().text(span))
              .saying("found", errors.file().text(span)));
    }
  }

  /// Leaves the rule, and those around it up to one that ends where [#sync] can go on.
  @Override
  public void recover(Parser recognizer, RecognitionException e) {
    switch (recognizer.getContext()) {
      case GopsParser.FileContext c -> {}
      case GopsParser.ItemContext c -> {}
      case GopsParser.ValueContext c -> {}
      case GopsParser.CellContext c -> {}
      case GopsParser.SlotContext c -> {}
      default -> throw e;
    }
  }

  /// Between entries, cells and arguments: skips what belongs to none. Blocks are read all the
  /// same, so that the declarations in them are not lost.
  @Override
  public void sync(Parser recognizer) {
    switch (recognizer.getContext()) {
      case GopsParser.EntriesContext entries -> {
        if (entries.getChildCount() > 0) {
          skip(recognizer, GopsParser.CLOSE, GopsParser.NEWLINE, true);
        }
      }
      case GopsParser.ListContext list -> {
        if (list.getChildCount() > 1) {
          skip(recognizer, GopsParser.CLOSE_LIST, GopsParser.NEWLINE, false);
        }
      }
      case GopsParser.AnnotationContext annotation -> {
        if (annotation.slot(0) != null) {
          skip(recognizer, GopsParser.CLOSE_GROUP, GopsParser.COMMA, false);
        }
      }
      default -> {}
    }
  }

  private void skip(Parser recognizer, int closing, int separator, boolean readBlocks) {
    int next = recognizer.getTokenStream().LA(1);
    while (next != Token.EOF && next != closing && next != separator && next != GopsParser.COMMA) {
      reportLeftover(recognizer);
      if (next == GopsParser.OPEN && readBlocks) {
        readBlock((GopsParser) recognizer);
      } else if (Brackets.opens(next)) {
        skipBracket(recognizer);
      } else {
        recognizer.consume();
      }
      next = recognizer.getTokenStream().LA(1);
    }
  }

  /// Reads a block where the grammar has none. Predictions inside it look at the states that called
  /// each rule, so the parser is put into one that calls a block.
  private static void readBlock(GopsParser parser) {
    int state = parser.getState();
    parser.setState(CALLS_BLOCK);
    parser.block();
    parser.setState(state);
  }

  private static int callsBlock() {
    for (ATNState state : GopsParser._ATN.states) {
      if (state.ruleIndex == GopsParser.RULE_statement
          && state.getNumberOfTransitions() > 0
          && state.transition(0) instanceof RuleTransition call
          && call.ruleIndex == GopsParser.RULE_block) {
        return state.stateNumber;
      }
    }
    throw new AssertionError("a statement has a block");
  }

  private static void skipBracket(Parser recognizer) {
    int depth = 0;
    do {
      int type = recognizer.getTokenStream().LA(1);
      depth += Brackets.opens(type) ? 1 : Brackets.closes(type) ? -1 : 0;
      recognizer.consume();
    } while (depth > 0 && recognizer.getTokenStream().LA(1) != Token.EOF);
  }

  private void reportLeftover(Parser recognizer) {
    if (inErrorRecoveryMode(recognizer)) {
      return;
    }
    beginErrorCondition(recognizer);
    Token found = recognizer.getCurrentToken();
    Token before = recognizer.getTokenStream().LT(-1);
    Span span = span(found);
    boolean opensStatement = recognizer.getTokenStream().index() == 0 || separates(before);
    if (isVersion(found)) {
      errors.report(span, ExpressionBuilder.versionInQuotes(errors, span));
    } else if (recognizer.getContext() instanceof GopsParser.EntriesContext entries) {
      reportAfterStatement(recognizer, entries, opensStatement);
    } else if (opensStatement) {
      report(Code.GOPS1023, found);
    } else if (startsValue(found)) {
      Diagnostic.Builder error = SyntaxErrors.of(Code.GOPS1045, errors.file().text(span));
      Span end = new Span(before.getStopIndex() + 1, 0);
      errors.report(
          span, isAllThatLacks(recognizer) ? error.fix(errors.place(end), ",", "fix") : error);
    } else {
      report(Code.GOPS1032, found);
    }
  }

  private void reportAfterStatement(
      Parser recognizer, GopsParser.EntriesContext entries, boolean opensStatement) {
    Token found = recognizer.getCurrentToken();
    Token before = recognizer.getTokenStream().LT(-1);
    int next = recognizer.getTokenStream().LA(2);
    Span span = span(found);
    boolean isName = found.getType() == GopsParser.IDENTIFIER;
    if (found.getType() == GopsParser.OPEN) {
      errors.report(span, SyntaxErrors.of(Code.GOPS1033).hint("hint"));
    } else if (opensStatement) {
      report(Code.GOPS1024, found);
    } else if (isName && (next == GopsParser.SET || next == GopsParser.APPEND)) {
      Span end = new Span(before.getStopIndex() + 1, 0);
      errors.report(
          span,
          SyntaxErrors.of(Code.GOPS1046, errors.file().text(span))
              .fix(errors.place(end), ",", "fix"));
    } else if (isName && isNumber(before)) {
      errors.report(span, spaceBeforeUnit(before, found));
    } else if (found.getType() == GopsParser.SET && endsWithHead(entries)) {
      errors.report(span, SyntaxErrors.of(Code.GOPS1035).hint("hint"));
    } else {
      report(Code.GOPS1032, found);
    }
  }

  private static boolean endsWithHead(GopsParser.EntriesContext entries) {
    return entries.getChild(entries.getChildCount() - 1) instanceof GopsParser.LineContext line
        && line.item() != null
        && line.item().statement() != null
        && line.item().statement().value() == null;
  }

  private static boolean separates(Token token) {
    return switch (token.getType()) {
      case GopsParser.NEWLINE,
          GopsParser.COMMA,
          GopsParser.OPEN,
          GopsParser.OPEN_LIST,
          GopsParser.OPEN_GROUP ->
          true;
      default -> false;
    };
  }

  /// Whether the list around the current token is right with a comma before it: every cell has a
  /// value, and all of them or none are points.
  private static boolean isAllThatLacks(Parser recognizer) {
    TokenStream tokens = recognizer.getTokenStream();
    int here = tokens.index();
    int at = here;
    for (int depth = 0; at > 0; at--) {
      int type = tokens.get(at - 1).getType();
      depth += Brackets.closes(type) ? 1 : Brackets.opens(type) ? -1 : 0;
      if (depth < 0) {
        break;
      }
    }
    Set<Integer> arrowsOfCells = new HashSet<>();
    int arrows = 0;
    int values = 0;
    for (int depth = 0; ; at++) {
      int type = tokens.get(at).getType();
      boolean ends =
          depth == 0 && (type == Token.EOF || type == GopsParser.COMMA || Brackets.closes(type));
      if (ends || at == here) {
        if (values != arrows + 1) {
          return false;
        }
        arrowsOfCells.add(arrows);
        arrows = 0;
        values = 0;
      }
      if (depth == 0 && (type == Token.EOF || Brackets.closes(type))) {
        return arrowsOfCells.size() == 1;
      }
      arrows += depth == 0 && type == GopsParser.ARROW ? 1 : 0;
      boolean isWord = type != GopsParser.ARROW && type != GopsParser.COMMA;
      values += depth == 0 && isWord && type != GopsParser.NEWLINE ? 1 : 0;
      depth += Brackets.opens(type) ? 1 : Brackets.closes(type) ? -1 : 0;
    }
  }

  private static boolean startsValue(Token token) {
    return switch (token.getType()) {
      case GopsParser.INTEGER,
          GopsParser.QUANTITY,
          GopsParser.PERCENT,
          GopsParser.TIME,
          GopsParser.ADDRESS,
          GopsParser.CIDR,
          GopsParser.STRING,
          GopsParser.IDENTIFIER,
          GopsParser.OPEN,
          GopsParser.OPEN_LIST ->
          true;
      default -> false;
    };
  }

  private Diagnostic.Builder spaceBeforeUnit(Token number, Token unit) {
    Span gap = Span.between(number.getStopIndex() + 1, unit.getStartIndex());
    return SyntaxErrors.of(
            Code.GOPS1036, errors.file().text(span(number)), errors.file().text(span(unit)))
        .fix(errors.place(gap), "", "fix");
  }

  private static boolean isVersion(Token token) {
    return token.getType() == GopsParser.VERSION || token.getType() == GopsParser.DECIMAL;
  }

  private static boolean isNumber(Token token) {
    return token.getType() == GopsParser.INTEGER || token.getType() == GopsParser.DECIMAL;
  }

  /// What was wanted at this point of the grammar, in one word.
  private static Code expected(ParserRuleContext context) {
    return switch (context) {
      case GopsParser.StringContext c -> Code.GOPS1027;
      case GopsParser.TrafficRuleContext c -> Code.GOPS1026;
      case GopsParser.ConstantContext c -> Code.GOPS1028;
      case GopsParser.NumbersContext c -> Code.GOPS1029;
      case GopsParser.ListContext c -> Code.GOPS1030;
      case GopsParser.PortContext c -> Code.GOPS1047;
      case GopsParser.NameContext c -> expectedName(c.getParent());
      case GopsParser.SegmentContext c -> Code.GOPS1024;
      case GopsParser.PrimaryContext c -> c.getChildCount() == 0 ? Code.GOPS1023 : Code.GOPS1032;
      default -> Code.GOPS1032;
    };
  }

  private static Code expectedName(ParserRuleContext parent) {
    return parent instanceof GopsParser.ReferenceContext reference
            && reference.getParent() instanceof GopsParser.EndpointContext
        ? Code.GOPS1025
        : Code.GOPS1024;
  }

  private void report(Code code, Token found) {
    Span span = span(found);
    switch (found.getType()) {
      case Token.EOF -> errors.report(span, SyntaxErrors.of(code).saying("end-of-file"));
      case GopsParser.NEWLINE ->
          errors.report(new Span(span.offset(), 0), SyntaxErrors.of(code).saying("end-of-line"));
      default -> errors.report(span, SyntaxErrors.of(code, errors.file().text(span)));
    }
  }

  private static Span span(Token token) {
    return Span.between(token.getStartIndex(), token.getStopIndex() + 1);
  }
}
