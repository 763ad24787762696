package io.gops.lsp.feature;

import io.gops.lsp.fleet.View;
import io.gops.lsp.text.Positions;
import io.gops.source.SourceFile;
import io.gops.source.Span;
import io.gops.syntax.Expression;
import io.gops.syntax.Item;
import io.gops.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.eclipse.lsp4j.SelectionRange;

/// What a selection grows to: the word, the value, the statement, what is between the braces, the
/// declaration, the file.
public final class Selections {
  private final SyntaxTree tree;
  private final int offset;
  private final List<Span> spans = new ArrayList<>();

  private Selections(SyntaxTree tree, int offset) {
    this.tree = tree;
    this.offset = offset;
  }

  public static SelectionRange at(View view, int offset) {
    Selections found = new Selections(view.tree(), offset);
    found.collect();
    SourceFile file = view.text();
    SelectionRange outer = null;
    Span last = null;
    for (Span span : found.spans) {
      if (!span.equals(last)) {
        SelectionRange inner = new SelectionRange(Positions.of(file, span), null);
        if (outer != null) {
          inner.setParent(outer);
        }
        outer = inner;
        last = span;
      }
    }
    return outer == null
        ? new SelectionRange(Positions.of(file, new Span(offset, 0)), null)
        : outer;
  }

  private void collect() {
    add(Span.between(0, tree.file().text().length()));
    tree.imports().forEach(found -> add(found.span()));
    tree.consts()
        .forEach(
            found -> {
              add(found.span());
              expression(found.value());
            });
    tree.items().forEach(this::item);
    if (tree.tokens().size() > 0) {
      int token = tree.tokens().at(offset);
      if (token > 0
          && tree.tokens().kind(token).isTrivia()
          && tree.tokens().start(token) == offset) {
        token--;
      }
      if (token >= 0 && !tree.tokens().kind(token).isTrivia()) {
        add(tree.tokens().span(token));
      }
    }
    spans.sort(Comparator.comparingInt(Span::length).reversed());
  }

  private void add(Span span) {
    if (span.touches(offset)) {
      spans.add(span);
    }
  }

  private void item(Item item) {
    if (!item.span().touches(offset)) {
      return;
    }
    add(item.span());
    switch (item) {
      case Item.Declaration declaration -> {
        add(declaration.head());
        declaration
            .body()
            .ifPresent(
                body -> {
                  add(body.span());
                  if (body.span().length() >= 2) {
                    add(Span.between(body.span().offset() + 1, body.span().end() - 1));
                  }
                });
        declaration.items().forEach(this::item);
      }
      case Item.Assignment assignment -> {
        add(assignment.path().span());
        expression(assignment.value());
      }
      case Item.Rule rule -> {
        add(rule.from().span());
        add(rule.to().span());
      }
      case Item.ExpectReachable expectation -> {
        add(expectation.from().span());
        add(expectation.to().span());
      }
      case Item.ExpectProperty expectation -> expectation.arguments().forEach(this::item);
      case Item.Required _, Item.Broken _ -> {}
    }
  }

  private void expression(Expression expression) {
    add(expression.span());
    switch (expression) {
      case Expression.ListLiteral(_, List<Expression> elements) ->
          elements.forEach(this::expression);
      case Expression.PointList(_, List<Expression.Point> points) ->
          points.forEach(this::expression);
      case Expression.Point(_, Expression at, Expression value) -> {
        expression(at);
        expression(value);
      }
      case Expression.ObjectLiteral(_, List<Item.Assignment> entries) ->
          entries.forEach(this::item);
      case Expression.Binary(_, _, Expression left, Expression right) -> {
        expression(left);
        expression(right);
      }
      case Expression.Range(_, Expression from, Expression to, _, _) -> {
        expression(from);
        expression(to);
      }
      case Expression _ -> {}
    }
  }
}
