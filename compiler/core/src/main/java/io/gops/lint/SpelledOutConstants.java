package io.gops.lint;

import io.gops.bind.Survey;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.source.Place;
import io.gops.source.Span;
import io.gops.syntax.Const;
import io.gops.syntax.Expression;
import io.gops.syntax.Item;
import io.gops.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// GOPS7009: a quantity or a text that a constant of the file already has a name for.
final class SpelledOutConstants implements Rule {
  /// Shorter texts are alike by chance.
  private static final int LEAST_TEXT = 8;

  /// What may follow a constant at the beginning of a text: a path, a tag, a digest.
  private static final String ENDS = "/:@.";

  /// A constant as the file writes it.
  private record Known(String name, Place place, Expression value) {}

  @Override
  public void judge(Subject subject, Consumer<Diagnostic.Builder> report) {
    for (Survey.File file : subject.files()) {
      List<Known> known = visible(file, subject.survey());
      if (!known.isEmpty()) {
        file.tree().items().forEach(item -> item(item, file.tree(), known, report));
      }
    }
  }

  private static List<Known> visible(Survey.File file, Survey survey) {
    List<Known> known = new ArrayList<>(constants(file, ""));
    for (Survey.Imported imported : file.imports()) {
      Survey.File other = survey.files().get(imported.path());
      if (other != null) {
        String prefix = imported.written().alias().map(alias -> alias + ".").orElse("");
        known.addAll(constants(other, prefix));
      }
    }
    return known;
  }

  private static List<Known> constants(Survey.File file, String prefix) {
    List<Known> known = new ArrayList<>();
    for (Const constant : file.tree().consts()) {
      boolean isLiteral =
          switch (constant.value()) {
            case Expression.Quantity _ -> true;
            case Expression.StringLiteral text ->
                text.constant().filter(t -> t.length() >= LEAST_TEXT).isPresent();
            case Expression _ -> false;
          };
      if (isLiteral) {
        known.add(
            new Known(
                prefix + constant.name(), file.tree().place(constant.name()), constant.value()));
      }
    }
    return known;
  }

  private static void item(
      Item item, SyntaxTree tree, List<Known> known, Consumer<Diagnostic.Builder> report) {
    switch (item) {
      case Item.Declaration declaration ->
          declaration.items().forEach(inner -> item(inner, tree, known, report));
      case Item.Assignment assignment -> value(assignment.value(), tree, known, report);
      case Item _ -> {}
    }
  }

  private static void value(
      Expression value, SyntaxTree tree, List<Known> known, Consumer<Diagnostic.Builder> report) {
    switch (value) {
      case Expression.ListLiteral list ->
          list.elements().forEach(element -> value(element, tree, known, report));
      case Expression.Quantity _, Expression.StringLiteral _ -> {
        List<Spelling> spelled =
            known.stream().flatMap(one -> spelling(value, tree, one).stream()).toList();
        if (!spelled.isEmpty()) {
          report.accept(spelledOut(spelled));
        }
      }
      case Expression _ -> {}
    }
  }

  /// How a text would use a constant.
  private record Spelling(Known known, Place place, String replacement) {}

  private static Optional<Spelling> spelling(Expression value, SyntaxTree tree, Known known) {
    return switch (value) {
      case Expression.Quantity(_, String number, String unit)
          when known.value() instanceof Expression.Quantity(_, String n, String u)
              && n.equals(number)
              && u.equals(unit) ->
          Optional.of(new Spelling(known, tree.place(value), known.name()));
      case Expression.StringLiteral literal
          when known.value() instanceof Expression.StringLiteral text ->
          text(literal, text.constant().orElseThrow(), tree, known);
      case Expression _ -> Optional.empty();
    };
  }

  /// The text itself, or its beginning up to a separator. It must be spelled without escapes.
  private static Optional<Spelling> text(
      Expression.StringLiteral literal, String constant, SyntaxTree tree, Known known) {
    Place place = tree.place(literal);
    String raw = place.text();
    if (raw.equals("\"" + constant + "\"")) {
      return Optional.of(new Spelling(known, place, known.name()));
    }
    int end = constant.length() + 1;
    boolean begins =
        raw.startsWith("\"" + constant) && end < raw.length() && ENDS.indexOf(raw.charAt(end)) >= 0;
    Span head = new Span(place.span().offset() + 1, constant.length());
    return begins
        ? Optional.of(new Spelling(known, tree.place(head), "${" + known.name() + "}"))
        : Optional.empty();
  }

  private static Diagnostic.Builder spelledOut(List<Spelling> spelled) {
    Spelling first = spelled.getFirst();
    Diagnostic.Builder problem =
        Diagnostic.of(Code.GOPS7009, first.place().text(), first.known().name())
            .at(first.place())
            .related(first.known().place(), "related");
    // Of several constants with one value a person must choose.
    for (Spelling each : spelled) {
      problem.fix(each.place(), each.replacement(), "fix", each.known().name());
    }
    return problem;
  }
}
