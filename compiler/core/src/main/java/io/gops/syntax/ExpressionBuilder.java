package io.gops.syntax;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.grammar.GopsParser;
import io.gops.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/// Turns the parse tree of values and names into syntax tree nodes, and checks what the grammar
/// leaves open: sizes of numbers, octets, hours.
final class ExpressionBuilder {
  /// Longest sum or product; deeper trees would exhaust the stack of whoever walks them.
  static final int OPERATOR_LIMIT = 64;

  private final SyntaxErrors errors;
  private final Function<GopsParser.BlockContext, List<Item>> blocks;

  /// @param blocks builds the items between braces
  ExpressionBuilder(SyntaxErrors errors, Function<GopsParser.BlockContext, List<Item>> blocks) {
    this.errors = errors;
    this.blocks = blocks;
  }

  // ---- spans

  static Span span(Token token) {
    return Span.between(token.getStartIndex(), token.getStopIndex() + 1);
  }

  static Span span(TerminalNode node) {
    return span(node.getSymbol());
  }

  static Span span(ParserRuleContext context) {
    Token stop = context.getStop();
    int start = context.getStart().getStartIndex();
    return stop == null ? new Span(start, 0) : Span.between(start, stop.getStopIndex() + 1);
  }

  String text(Span span) {
    return errors.file().text(span);
  }

  // ---- names

  Name name(GopsParser.NameContext context) {
    Span span = span(context);
    return new Name(span, text(span));
  }

  Expression.StringLiteral string(GopsParser.StringContext context) {
    return StringReader.read(span(context), errors);
  }

  Path path(GopsParser.PathContext context) {
    List<Path.Segment> segments = new ArrayList<>();
    if (context.name() != null) {
      segments.add(nameSegment(context.name()));
    } else {
      segments.add(quotedSegment(context.string()));
    }
    context.segment().forEach(segment -> segments.add(segment(segment)));
    return new Path(span(context), segments);
  }

  Path path(GopsParser.ReferenceContext context) {
    List<Path.Segment> segments = new ArrayList<>();
    segments.add(nameSegment(context.name()));
    context.segment().forEach(segment -> segments.add(segment(segment)));
    return new Path(span(context), segments);
  }

  private Path.Segment segment(GopsParser.SegmentContext context) {
    if (context.name() != null) {
      return nameSegment(context.name());
    }
    if (context.string() != null) {
      return quotedSegment(context.string());
    }
    long first = number(context.INTEGER(0));
    return new Path.NumberSegment(
        span(context), first, context.INTEGER(1) == null ? first : number(context.INTEGER(1)));
  }

  private Path.Segment nameSegment(GopsParser.NameContext context) {
    Name name = name(context);
    return new Path.NameSegment(name.span(), name.text());
  }

  private Path.Segment quotedSegment(GopsParser.StringContext context) {
    Expression.StringLiteral literal = string(context);
    Optional<String> constant = literal.constant();
    if (constant.isEmpty()) {
      errors.report(literal.span(), SyntaxErrors.of(Code.GOPS1011, text(literal.span())));
    }
    return new Path.QuotedSegment(literal.span(), constant.orElse(text(literal.span())));
  }

  private long number(TerminalNode node) {
    Span span = span(node);
    if (span.length() > 18) {
      errors.report(span, SyntaxErrors.of(Code.GOPS1040, text(span)));
      return 0;
    }
    return Long.parseLong(text(span));
  }

  Endpoint endpoint(GopsParser.EndpointContext context) {
    return new Endpoint(
        span(context),
        path(context.reference()),
        Optional.ofNullable(context.port()).map(this::port));
  }

  private Port port(GopsParser.PortContext context) {
    if (context.name() != null) {
      Name name = name(context.name());
      return new Port.Named(name.span(), name.text());
    }
    long first = number(context.INTEGER(0));
    return new Port.Numbers(
        span(context), first, context.INTEGER(1) == null ? first : number(context.INTEGER(1)));
  }

  Label label(GopsParser.LabelContext context) {
    Span span = span(context);
    if (context.name() != null) {
      return new Label.Named(span, text(span));
    }
    if (context.string() != null) {
      return new Label.Quoted(span, string(context.string()));
    }
    return new Label.Numbers(span, numbers(context.numbers()));
  }

  private Expression numbers(GopsParser.NumbersContext context) {
    int next = 0;
    Expression first = integer(context.INTEGER(next++));
    Optional<Expression> last = Optional.empty();
    Optional<Expression> step = Optional.empty();
    if (context.RANGE() != null) {
      last = Optional.of(integer(context.INTEGER(next++)));
    }
    if (context.STEP() != null) {
      step = Optional.of(integer(context.INTEGER(next)));
    }
    List<Expression> except = context.list() == null ? List.of() : cells(context.list());
    return last.isEmpty() && step.isEmpty() && except.isEmpty()
        ? first
        : new Expression.Range(span(context), first, last.orElse(first), step, except);
  }

  private Expression integer(TerminalNode node) {
    Span span = span(node);
    return new Expression.Int(span, text(span));
  }

  // ---- values

  /// A value; broken when its error has been reported.
  Expression value(GopsParser.ValueContext context) {
    return context.exception != null || context.expression() == null
        ? new Expression.Broken(span(context))
        : expression(context.expression());
  }

  private Expression expression(GopsParser.ExpressionContext context) {
    Expression left = product(context.product(0));
    if (tooLong(context)) {
      return new Expression.Broken(span(context));
    }
    for (int i = 1; i < context.product().size(); i++) {
      TerminalNode sign = (TerminalNode) context.getChild(2 * i - 1);
      Expression right = product(context.product(i));
      Expression.Binary.Operator operator =
          sign.getSymbol().getType() == GopsParser.PLUS
              ? Expression.Binary.Operator.ADD
              : Expression.Binary.Operator.SUBTRACT;
      left = new Expression.Binary(left.span().cover(right.span()), operator, left, right);
    }
    return left;
  }

  private Expression product(GopsParser.ProductContext context) {
    Expression left = signed(context.signed(0));
    if (tooLong(context)) {
      return new Expression.Broken(span(context));
    }
    for (int i = 1; i < context.signed().size(); i++) {
      TerminalNode sign = (TerminalNode) context.getChild(2 * i - 1);
      Expression right = signed(context.signed(i));
      Expression.Binary.Operator operator =
          sign.getSymbol().getType() == GopsParser.STAR
              ? Expression.Binary.Operator.MULTIPLY
              : Expression.Binary.Operator.DIVIDE;
      left = new Expression.Binary(left.span().cover(right.span()), operator, left, right);
    }
    return left;
  }

  private boolean tooLong(ParserRuleContext context) {
    boolean tooLong = context.getChildCount() > 2 * OPERATOR_LIMIT + 1;
    if (tooLong) {
      errors.report(span(context), SyntaxErrors.of(Code.GOPS1043, OPERATOR_LIMIT));
    }
    return tooLong;
  }

  private Expression signed(GopsParser.SignedContext context) {
    Expression operand = operand(context.operand());
    return context.MINUS() == null ? operand : new Expression.Negation(span(context), operand);
  }

  private Expression operand(GopsParser.OperandContext context) {
    Expression first = primary(context.primary(0));
    if (context.getChildCount() == 1) {
      return first;
    }
    int next = 1;
    Expression last = context.RANGE() == null ? first : primary(context.primary(next++));
    Optional<Expression> step =
        context.STEP() == null ? Optional.empty() : Optional.of(primary(context.primary(next)));
    List<Expression> except = context.list() == null ? List.of() : cells(context.list());
    return new Expression.Range(span(context), first, last, step, except);
  }

  private Expression primary(GopsParser.PrimaryContext context) {
    if (context.string() != null) {
      return string(context.string());
    }
    if (context.reference() != null) {
      return reference(context.reference());
    }
    if (context.list() != null) {
      return list(context.list());
    }
    if (context.block() != null) {
      return object(context.block());
    }
    return context.expression() != null
        ? expression(context.expression())
        : literal(context.getStart());
  }

  private Expression reference(GopsParser.ReferenceContext context) {
    Path path = path(context);
    return switch (path.text()) {
      case "true" -> new Expression.Bool(path.span(), true);
      case "false" -> new Expression.Bool(path.span(), false);
      default -> new Expression.Reference(path.span(), path);
    };
  }

  private Expression literal(Token token) {
    Span span = span(token);
    String text = text(span);
    return switch (token.getType()) {
      case GopsParser.INTEGER -> new Expression.Int(span, text);
      case GopsParser.DECIMAL -> new Expression.Decimal(span, text);
      case GopsParser.PERCENT -> new Expression.Percent(span, text.substring(0, text.length() - 1));
      case GopsParser.QUANTITY -> quantity(span, text);
      case GopsParser.TIME -> time(span, text);
      case GopsParser.ADDRESS -> address(span, text);
      case GopsParser.CIDR -> cidr(span, text);
      default -> {
        errors.report(span, versionInQuotes(errors, span));
        yield new Expression.Broken(span);
      }
    };
  }

  /// The error for a version such as 1.8.3 that stands without quotes.
  static Diagnostic.Builder versionInQuotes(SyntaxErrors errors, Span span) {
    String text = errors.file().text(span);
    return SyntaxErrors.of(Code.GOPS1037, text).fix(errors.place(span), '"' + text + '"', "fix");
  }

  private static Expression quantity(Span span, String text) {
    int unit = 0;
    while (Character.isDigit(text.charAt(unit)) || text.charAt(unit) == '.') {
      unit++;
    }
    return new Expression.Quantity(span, text.substring(0, unit), text.substring(unit));
  }

  private Expression time(Span span, String text) {
    int colon = text.indexOf(':');
    int hour = Integer.parseInt(text.substring(0, colon));
    int minute = Integer.parseInt(text.substring(colon + 1));
    if (hour > 23 || minute > 59) {
      errors.report(span, SyntaxErrors.of(Code.GOPS1039, text));
      return new Expression.Broken(span);
    }
    return new Expression.TimeOfDay(span, hour, minute);
  }

  private Expression address(Span span, String text) {
    return AddressText.isValid(text) ? new Expression.Address(span, text) : badAddress(span, text);
  }

  private Expression cidr(Span span, String text) {
    int slash = text.indexOf('/');
    String address = text.substring(0, slash);
    String prefix = text.substring(slash + 1);
    int limit = address.indexOf(':') < 0 ? 32 : 128;
    return AddressText.isValid(address) && prefix.length() <= 3 && Integer.parseInt(prefix) <= limit
        ? new Expression.Cidr(span, address, Integer.parseInt(prefix))
        : badAddress(span, text);
  }

  private Expression badAddress(Span span, String text) {
    errors.report(span, SyntaxErrors.of(Code.GOPS1038, text).hint("hint"));
    return new Expression.Broken(span);
  }

  // ---- lists and objects

  private Expression list(GopsParser.ListContext context) {
    List<Expression> cells = cells(context);
    Span span = span(context);
    List<Expression.Point> points =
        cells.stream()
            .filter(Expression.Point.class::isInstance)
            .map(Expression.Point.class::cast)
            .toList();
    if (points.isEmpty()) {
      return new Expression.ListLiteral(span, cells);
    }
    Optional<Expression> other =
        cells.stream().filter(cell -> !(cell instanceof Expression.Point)).findFirst();
    if (other.isEmpty()) {
      return new Expression.PointList(span, points);
    }
    if (!(other.get() instanceof Expression.Broken)) {
      errors.report(other.get().span(), SyntaxErrors.of(Code.GOPS1042).hint("hint"));
    }
    return new Expression.Broken(span);
  }

  private List<Expression> cells(GopsParser.ListContext context) {
    List<Expression> cells = new ArrayList<>();
    boolean comma = true;
    for (ParseTree child : context.children) {
      switch (child) {
        case GopsParser.CellContext cell when cell.exception != null -> {
          cells.add(new Expression.Broken(span(cell)));
          comma = false;
        }
        case GopsParser.CellContext cell when cell.element() != null -> {
          cells.add(element(cell.element()));
          comma = false;
        }
        case GopsParser.SeparatorContext separator when separator.COMMA() != null -> {
          if (comma) {
            extraComma(span(separator));
          }
          comma = true;
        }
        default -> {}
      }
    }
    return cells;
  }

  /// Reports a comma with nothing before it. It can go, unless it stands where a line begins: there
  /// something was lost.
  void extraComma(Span comma) {
    int start = errors.file().lineStart(errors.file().line(comma.offset()));
    boolean begins = errors.file().text().substring(start, comma.offset()).isBlank();
    Diagnostic.Builder error = SyntaxErrors.of(Code.GOPS1022);
    errors.report(comma, begins ? error : error.fix(errors.place(comma), "", "fix"));
  }

  private Expression element(GopsParser.ElementContext context) {
    Expression at = expression(context.expression(0));
    return context.expression(1) == null
        ? at
        : new Expression.Point(span(context), at, expression(context.expression(1)));
  }

  private Expression object(GopsParser.BlockContext context) {
    return new Expression.ObjectLiteral(span(context), assignments(context));
  }

  /// The entries between braces where only `name = value` may stand.
  List<Item.Assignment> assignments(GopsParser.BlockContext context) {
    List<Item.Assignment> entries = new ArrayList<>();
    for (Item item : blocks.apply(context)) {
      switch (item) {
        case Item.Assignment assignment -> entries.add(assignment);
        case Item.Broken broken -> {}
        case Item.Declaration declaration -> notInObject(declaration.kind().span());
        case Item.Required required -> notInObject(required.span());
        case Item.Rule rule -> notInObject(rule.span());
        case Item.ExpectReachable expect -> notInObject(expect.span());
        case Item.ExpectProperty expect -> notInObject(expect.span());
      }
    }
    return entries;
  }

  private void notInObject(Span span) {
    errors.report(span, SyntaxErrors.of(Code.GOPS1041).hint("hint"));
  }
}
