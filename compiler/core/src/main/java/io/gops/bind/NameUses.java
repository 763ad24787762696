package io.gops.bind;

import io.gops.source.Place;
import io.gops.syntax.Expression;
import io.gops.syntax.Import;
import io.gops.syntax.Item;
import io.gops.syntax.Label;
import io.gops.syntax.Path;
import io.gops.syntax.StringPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds every place of a file that names a constant or a template.
final class NameUses {
  private final Scope scope;
  private final List<Survey.Use> uses = new ArrayList<>();

  private NameUses(Scope scope) {
    this.scope = scope;
  }

  static List<Survey.Use> of(Scope scope) {
    NameUses found = new NameUses(scope);
    scope.tree().consts().forEach(declared -> found.expression(declared.value()));
    scope.tree().items().forEach(found::item);
    return found.uses;
  }

  private void item(Item item) {
    switch (item) {
      case Item.Declaration declaration -> {
        declaration.labels().forEach(this::label);
        declaration
            .base()
            .flatMap(base -> scope.template(base).map(found -> new Named(base, found)))
            .ifPresent(named -> use(named.path, named.found, named.found.declaration().head()));
        declaration.items().forEach(this::item);
      }
      case Item.Assignment assignment -> expression(assignment.value());
      case Item.ExpectProperty expectation ->
          expectation.arguments().forEach(argument -> expression(argument.value()));
      case Item.Required _, Item.Rule _, Item.ExpectReachable _, Item.Broken _ -> {}
    }
  }

  private record Named(Path path, Scope.Found<Item.Declaration> found) {}

  private void label(Label label) {
    switch (label) {
      case Label.Quoted(_, Expression.StringLiteral value) -> expression(value);
      case Label.Numbers(_, Expression value) -> expression(value);
      case Label.Named _ -> {}
    }
  }

  private void expression(Expression expression) {
    switch (expression) {
      case Expression.Reference(_, Path path) -> constant(path);
      case Expression.StringLiteral(_, List<StringPart> parts) -> parts.forEach(this::part);
      case Expression.Range(_, Expression from, Expression to, var step, var except) -> {
        expression(from);
        expression(to);
        step.ifPresent(this::expression);
        except.forEach(this::expression);
      }
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
      case Expression.Negation(_, Expression operand) -> expression(operand);
      case Expression.Int _,
          Expression.Decimal _,
          Expression.Quantity _,
          Expression.Percent _,
          Expression.Bool _,
          Expression.TimeOfDay _,
          Expression.Address _,
          Expression.Cidr _,
          Expression.Broken _ -> {}
    }
  }

  private void part(StringPart part) {
    if (part instanceof StringPart.Interpolation(_, Path path, _)) {
      constant(path);
    }
  }

  private void constant(Path path) {
    scope.constant(path).ifPresent(found -> use(path, found, found.declaration().name().span()));
  }

  private void use(Path path, Scope.Found<?> found, io.gops.source.Span name) {
    Place meant = found.scope().place(name);
    uses.add(new Survey.Use(scope.place(path), meant, through(path, found.scope())));
  }

  /// The first import that brings in what a path names.
  private Optional<Place> through(Path path, Scope meant) {
    if (meant == scope) {
      return Optional.empty();
    }
    Optional<String> alias =
        path.segments().size() > 1 ? Optional.of(path.head()) : Optional.empty();
    String own = scope.tree().file().path();
    return scope.tree().imports().stream()
        .filter(i -> i.alias().map(name -> name.text()).equals(alias))
        .filter(i -> target(own, i).equals(Optional.of(meant.tree().file().path())))
        .findFirst()
        .map(scope::place);
  }

  /// The path that an import names.
  static Optional<String> target(String file, Import written) {
    return written.path().constant().flatMap(text -> Sources.resolve(file, text));
  }
}
