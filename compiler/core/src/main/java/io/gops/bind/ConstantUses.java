package io.gops.bind;

import io.gops.source.Place;
import io.gops.syntax.Const;
import io.gops.syntax.Expression;
import io.gops.syntax.Item;
import io.gops.syntax.Path;
import io.gops.syntax.StringPart;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Which constants each assignment is made with, and where each constant is used.
final class ConstantUses {
  private final Map<Place, Set<Scope.Found<Const>>> byAssignment = new LinkedHashMap<>();
  private final Map<Place, List<Place>> byConstant = new LinkedHashMap<>();

  ConstantUses(Collection<Scope> scopes) {
    for (Scope scope : scopes) {
      scope.tree().items().forEach(item -> item(item, scope));
      for (Const declared : scope.tree().consts()) {
        expression(declared.value(), scope, path -> use(path, scope, scope.place(declared)));
      }
    }
  }

  /// The constants that an assignment is made with, each followed by those it is made of itself.
  Set<Scope.Found<Const>> of(Place assignment) {
    Set<Scope.Found<Const>> all = new LinkedHashSet<>();
    collect(assignment, all);
    return all;
  }

  private void collect(Place place, Set<Scope.Found<Const>> all) {
    for (Scope.Found<Const> found : byAssignment.getOrDefault(place, Set.of())) {
      if (all.add(found)) {
        collect(found.scope().place(found.declaration()), all);
      }
    }
  }

  /// Where a constant is used: the assignments and constants it is written in.
  ///
  /// @param declaration of the constant; two files may declare the same words in the same place
  List<Place> users(Place declaration) {
    return byConstant.getOrDefault(declaration, List.of());
  }

  private void item(Item item, Scope scope) {
    switch (item) {
      case Item.Declaration declaration -> declaration.items().forEach(inner -> item(inner, scope));
      case Item.Assignment assignment ->
          expression(assignment.value(), scope, path -> use(path, scope, scope.place(assignment)));
      case Item.Required _,
          Item.Rule _,
          Item.ExpectReachable _,
          Item.ExpectProperty _,
          Item.Broken _ -> {}
    }
  }

  private void use(Path path, Scope scope, Place user) {
    scope
        .constant(path)
        .ifPresent(
            found -> {
              byAssignment.computeIfAbsent(user, _ -> new LinkedHashSet<>()).add(found);
              List<Place> uses =
                  byConstant.computeIfAbsent(
                      found.scope().place(found.declaration()), _ -> new ArrayList<>());
              if (!uses.contains(user)) {
                uses.add(user);
              }
            });
  }

  private static void expression(Expression expression, Scope scope, Consumer<Path> uses) {
    switch (expression) {
      case Expression.Reference(_, Path path) -> uses.accept(path);
      case Expression.StringLiteral(_, List<StringPart> parts) -> {
        for (StringPart part : parts) {
          if (part instanceof StringPart.Interpolation(_, Path path, _)) {
            uses.accept(path);
          }
        }
      }
      case Expression.Range(_, var from, var to, var step, var except) -> {
        expression(from, scope, uses);
        expression(to, scope, uses);
        step.ifPresent(inner -> expression(inner, scope, uses));
        except.forEach(inner -> expression(inner, scope, uses));
      }
      case Expression.ListLiteral(_, var elements) ->
          elements.forEach(inner -> expression(inner, scope, uses));
      case Expression.PointList(_, var points) ->
          points.forEach(inner -> expression(inner, scope, uses));
      case Expression.Point(_, var at, var value) -> {
        expression(at, scope, uses);
        expression(value, scope, uses);
      }
      case Expression.ObjectLiteral(_, var entries) ->
          entries.forEach(entry -> expression(entry.value(), scope, uses));
      case Expression.Binary(_, _, var left, var right) -> {
        expression(left, scope, uses);
        expression(right, scope, uses);
      }
      case Expression.Negation(_, var operand) -> expression(operand, scope, uses);
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
}
