package io.gops.syntax;

import io.gops.diagnostic.Code;
import io.gops.grammar.GopsParser;
import io.gops.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.tree.ErrorNode;
import org.antlr.v4.runtime.tree.ParseTree;
import org.jspecify.annotations.Nullable;

/// Turns parse trees of top-level entries into the syntax tree.
final class AstBuilder {
  private final SyntaxErrors errors;
  private final Tokens tokens;
  private final ExpressionBuilder expressions;
  private final List<Import> imports = new ArrayList<>();
  private final List<Const> consts = new ArrayList<>();
  private final List<Item> items = new ArrayList<>();
  private int depth;

  AstBuilder(SyntaxErrors errors, Tokens tokens) {
    this.errors = errors;
    this.tokens = tokens;
    this.expressions = new ExpressionBuilder(errors, block -> entries(block.entries()));
  }

  /// Adds what one parse tree holds.
  void add(GopsParser.FileContext file) {
    items.addAll(entries(file.entries()));
  }

  SyntaxTree build() {
    return new SyntaxTree(errors.file(), imports, consts, items, tokens);
  }

  // ---- entries

  private List<Item> entries(GopsParser.EntriesContext context) {
    List<Item> built = new ArrayList<>();
    @Nullable Item current = null;
    boolean comma = depth > 0;
    depth++;
    for (ParseTree child : context.children) {
      switch (child) {
        case GopsParser.LineContext line when line.item() != null -> {
          current = item(line.item());
          comma = false;
        }
        case GopsParser.SeparatorContext separator -> {
          if (separator.COMMA() != null) {
            if (comma) {
              expressions.extraComma(ExpressionBuilder.span(separator));
            }
            comma = true;
          }
          finish(current, built);
          current = null;
        }
        case GopsParser.BlockContext block -> current = withBlock(current, block);
        case ErrorNode error -> current = broken(current, error);
        default -> {}
      }
    }
    finish(current, built);
    depth--;
    return built;
  }

  private void finish(@Nullable Item item, List<Item> built) {
    if (item != null) {
      built.add(item instanceof Item.Declaration bare ? checkedBare(bare) : item);
    }
  }

  /// A word alone, or with a number, is an assignment or a declaration that was not finished.
  private Item checkedBare(Item.Declaration declaration) {
    boolean finished =
        declaration.body().isPresent()
            || declaration.base().isPresent()
            || (!declaration.labels().isEmpty()
                && declaration.labels().getLast() instanceof Label.Named);
    if (finished) {
      return declaration;
    }
    Span head = declaration.head();
    errors.report(head, SyntaxErrors.of(Code.GOPS1034, errors.file().text(head)).hint("hint"));
    return new Item.Broken(declaration.span());
  }

  /// A block that the grammar does not expect: the body of a head with a mistake in it.
  private Item withBlock(@Nullable Item current, GopsParser.BlockContext block) {
    Span span = ExpressionBuilder.span(block);
    Item.Body body = new Item.Body(span, entries(block.entries()));
    return switch (current) {
      case Item.Declaration d when d.body().isEmpty() ->
          new Item.Declaration(
              d.span().cover(span),
              d.doc(),
              d.annotations(),
              d.kind(),
              d.labels(),
              d.base(),
              Optional.of(body));
      case null -> new Item.Broken(span);
      default -> new Item.Broken(current.span().cover(span));
    };
  }

  /// Text behind a statement: nobody knows what was meant, so the statement counts as broken. A
  /// head waits for its block.
  private Item broken(@Nullable Item current, ErrorNode error) {
    Span span = ExpressionBuilder.span(error);
    return switch (current) {
      case Item.Declaration declaration -> declaration;
      case Item.Assignment a ->
          new Item.Assignment(
              a.span(),
              a.doc(),
              a.annotations(),
              a.path(),
              a.operator(),
              new Expression.Broken(a.value().span()));
      case null -> new Item.Broken(span);
      default -> new Item.Broken(current.span().cover(span));
    };
  }

  // ---- items

  private @Nullable Item item(GopsParser.ItemContext context) {
    Span span = ExpressionBuilder.span(context);
    if (context.statement() != null) {
      return statement(context, context.statement(), span);
    }
    if (context.constant() != null) {
      return constant(context, context.constant(), span);
    }
    if (context.exception != null) {
      return new Item.Broken(span);
    }
    if (context.importation() != null) {
      return importation(context, context.importation(), span);
    }
    Optional<DocComment> doc = doc(span);
    List<Annotation> annotations = annotations(context);
    if (context.requirement() != null) {
      return new Item.Required(
          span, doc, annotations, expressions.path(context.requirement().reference()));
    }
    if (context.trafficRule() != null) {
      GopsParser.TrafficRuleContext rule = context.trafficRule();
      return new Item.Rule(
          span,
          doc,
          annotations,
          rule.ALLOW() != null ? Item.Rule.Verdict.ALLOW : Item.Rule.Verdict.DENY,
          expressions.endpoint(rule.endpoint(0)),
          rule.BOTH_WAYS() != null,
          expressions.endpoint(rule.endpoint(1)));
    }
    return expectation(context.expectation(), span, doc, annotations);
  }

  private Item expectation(
      GopsParser.ExpectationContext context,
      Span span,
      Optional<DocComment> doc,
      List<Annotation> annotations) {
    Endpoint first = expressions.endpoint(context.endpoint(0));
    boolean expected = context.NOT() == null;
    if (context.ARROW() != null) {
      return new Item.ExpectReachable(
          span, doc, annotations, expected, first, expressions.endpoint(context.endpoint(1)));
    }
    Optional<Name> property = first.path().name();
    if (property.isEmpty() || first.port().isPresent()) {
      errors.report(
          new Span(first.span().end(), 0), SyntaxErrors.of(Code.GOPS1026).saying("end-of-line"));
      return new Item.Broken(span);
    }
    List<Item.Assignment> arguments =
        context.block() == null ? List.of() : expressions.assignments(context.block());
    return new Item.ExpectProperty(span, doc, annotations, expected, property.get(), arguments);
  }

  private @Nullable Item importation(
      GopsParser.ItemContext item, GopsParser.ImportationContext context, Span span) {
    if (depth > 1) {
      errors.report(span, SyntaxErrors.of(Code.GOPS1044, "import"));
      return new Item.Broken(span);
    }
    imports.add(
        new Import(
            span,
            annotations(item),
            expressions.string(context.string()),
            Optional.ofNullable(context.name()).map(expressions::name)));
    return null;
  }

  private @Nullable Item constant(
      GopsParser.ItemContext item, GopsParser.ConstantContext context, Span span) {
    if (depth > 1) {
      errors.report(span, SyntaxErrors.of(Code.GOPS1044, "const"));
      return new Item.Broken(span);
    }
    if (context.name() == null || context.name().exception != null) {
      return new Item.Broken(span);
    }
    Expression value =
        context.value() == null
            ? new Expression.Broken(new Span(span.end(), 0))
            : expressions.value(context.value());
    consts.add(
        new Const(span, doc(span), annotations(item), expressions.name(context.name()), value));
    return null;
  }

  private Item statement(
      GopsParser.ItemContext item, GopsParser.StatementContext context, Span span) {
    if (context.key == null || context.key.exception != null) {
      return new Item.Broken(span);
    }
    Path path = expressions.path(context.key);
    Optional<DocComment> doc = doc(span);
    List<Annotation> annotations = annotations(item);
    if (context.value() != null) {
      Item.Assignment.Operator operator =
          context.SET() != null ? Item.Assignment.Operator.SET : Item.Assignment.Operator.APPEND;
      return new Item.Assignment(
          span, doc, annotations, path, operator, expressions.value(context.value()));
    }
    return declaration(context, path, span, doc, annotations);
  }

  private Item declaration(
      GopsParser.StatementContext context,
      Path path,
      Span span,
      Optional<DocComment> doc,
      List<Annotation> annotations) {
    Optional<Name> kind = path.name();
    if (kind.isEmpty()) {
      errors.report(path.span(), SyntaxErrors.of(Code.GOPS1048, errors.file().text(path.span())));
      if (context.block() != null) {
        entries(context.block().entries());
      }
      return new Item.Broken(span);
    }
    List<Label> labels =
        context.label().stream()
            .filter(label -> label.exception == null)
            .map(expressions::label)
            .toList();
    Optional<Path> base =
        Optional.ofNullable(context.base)
            .filter(reference -> reference.exception == null)
            .map(expressions::path);
    Optional<Item.Body> body =
        Optional.ofNullable(context.block())
            .map(block -> new Item.Body(ExpressionBuilder.span(block), entries(block.entries())));
    return new Item.Declaration(span, doc, annotations, kind.get(), labels, base, body);
  }

  // ---- what stands before an item

  private List<Annotation> annotations(GopsParser.ItemContext context) {
    return context.annotation().stream()
        .filter(annotation -> annotation.name() != null && annotation.exception == null)
        .map(this::annotation)
        .toList();
  }

  private Annotation annotation(GopsParser.AnnotationContext context) {
    List<Annotation.Argument> arguments =
        context.slot().stream()
            .filter(slot -> slot.argument() != null && slot.exception == null)
            .map(slot -> argument(slot.argument()))
            .toList();
    return new Annotation(
        ExpressionBuilder.span(context), expressions.name(context.name()), arguments);
  }

  private Annotation.Argument argument(GopsParser.ArgumentContext context) {
    return new Annotation.Argument(
        ExpressionBuilder.span(context),
        Optional.ofNullable(context.name()).map(expressions::name),
        expressions.value(context.value()));
  }

  /// The `///` lines directly above the first token of an item.
  private Optional<DocComment> doc(Span item) {
    List<Integer> lines = new ArrayList<>();
    int newlines = 0;
    for (int i = tokens.at(item.offset()) - 1; i >= 0 && newlines < 2; i--) {
      TokenKind kind = tokens.kind(i);
      if (kind == TokenKind.NEWLINE) {
        newlines++;
      } else if (kind == TokenKind.DOC_COMMENT && newlines == 1 && startsLine(i)) {
        lines.addFirst(i);
        newlines = 0;
      } else if (kind != TokenKind.SPACE) {
        break;
      }
    }
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    Span span = tokens.span(lines.getFirst()).cover(tokens.span(lines.getLast()));
    String text = String.join("\n", lines.stream().map(this::docLine).toList());
    return Optional.of(new DocComment(span, text));
  }

  private boolean startsLine(int token) {
    int before = token - 1;
    if (before >= 0 && tokens.kind(before) == TokenKind.SPACE) {
      before--;
    }
    return before < 0 || tokens.kind(before) == TokenKind.NEWLINE;
  }

  private String docLine(int token) {
    String text = tokens.text(token).substring(3);
    return (text.startsWith(" ") ? text.substring(1) : text).stripTrailing();
  }
}
