package io.gops.bind;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Severity;
import io.gops.diagnostic.Suppression;
import io.gops.diagnostic.Waiver;
import io.gops.source.Place;
import io.gops.syntax.Annotation;
import io.gops.syntax.Expression;
import io.gops.syntax.Item;
import io.gops.syntax.Node;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads the annotations of a file: `@suppress` answers for a warning, `@waive` for a change.
final class Annotations {
  private static final String SUPPRESS = "suppress";
  private static final String WAIVE = "waive";

  /// The id of a change, or a class of consequences.
  private static final Pattern WAIVABLE = Pattern.compile("[0-9a-f]{12}|R[0-6]");

  private final Scope scope;
  private final Problems problems;

  private Annotations(Scope scope, Problems problems) {
    this.scope = scope;
    this.problems = problems;
  }

  /// Hands the suppressions of a file to the diagnostics; reports those that cannot be read.
  static void read(Scope scope, Problems problems) {
    Annotations annotations = new Annotations(scope, problems);
    scope.tree().imports().forEach(i -> annotations.all(i.annotations(), i));
    scope.tree().consts().forEach(c -> annotations.all(c.annotations(), c));
    scope.tree().items().forEach(annotations::item);
  }

  private void item(Item item) {
    List<Annotation> annotations =
        switch (item) {
          case Item.Declaration declaration -> {
            declaration.items().forEach(this::item);
            yield declaration.annotations();
          }
          case Item.Assignment assignment -> assignment.annotations();
          case Item.Required required -> required.annotations();
          case Item.Rule rule -> rule.annotations();
          case Item.ExpectReachable expectation -> expectation.annotations();
          case Item.ExpectProperty expectation -> expectation.annotations();
          case Item.Broken _ -> List.of();
        };
    all(annotations, item);
  }

  private void all(List<Annotation> annotations, Node annotated) {
    annotations.forEach(annotation -> annotation(annotation, scope.place(annotated)));
  }

  private void annotation(Annotation annotation, Place annotated) {
    switch (annotation.name().text()) {
      case SUPPRESS -> suppression(annotation, annotated);
      case WAIVE -> waiver(annotation, annotated);
      default ->
          problems.report(
              Names.meant(
                  Diagnostic.of(Code.GOPS2059, annotation.name().text())
                      .at(scope.place(annotation.name())),
                  scope.place(annotation.name()),
                  annotation.name().text(),
                  List.of(SUPPRESS, WAIVE)));
    }
  }

  /// A waiver without a reason or without an end is none.
  private void waiver(Annotation annotation, Place annotated) {
    Place place = scope.place(annotation);
    List<String> whats = new ArrayList<>();
    String reason = "";
    Optional<LocalDate> until = Optional.empty();
    for (Annotation.Argument argument : annotation.arguments()) {
      Optional<String> text = text(argument);
      boolean readable =
          switch (argument.name().map(written -> written.text()).orElse("")) {
            case "" -> text.filter(what -> WAIVABLE.matcher(what).matches()).isPresent();
            case "reason" -> text.isPresent();
            case "until" -> text.flatMap(Annotations::day).isPresent();
            default -> false;
          };
      if (!readable) {
        Place wrong = scope.place(argument);
        problems.report(
            Diagnostic.of(Code.GOPS2061)
                .saying("waive", wrong.text(), "\"R4\", reason = \"…\", until = \"2027-01-31\"")
                .at(wrong));
        return;
      }
      switch (argument.name().map(written -> written.text()).orElse("")) {
        case "reason" -> reason = text.orElse("");
        case "until" -> until = text.flatMap(Annotations::day);
        default -> whats.add(text.orElse(""));
      }
    }
    if (whats.isEmpty() || reason.isBlank() || until.isEmpty()) {
      String missing =
          whats.isEmpty() ? "a change or class" : reason.isBlank() ? "a reason" : "a last day";
      problems.report(
          Diagnostic.of(Code.GOPS2060).saying("waive", missing).at(place).hint("waive-hint"));
      return;
    }
    String why = reason;
    LocalDate last = until.get();
    whats.forEach(
        what -> problems.diagnostics().waive(new Waiver(what, annotated, place, why, last)));
  }

  private void suppression(Annotation annotation, Place annotated) {
    Place place = scope.place(annotation);
    List<Code> codes = new ArrayList<>();
    String reason = "";
    Optional<LocalDate> until = Optional.empty();
    boolean readable = true;
    for (Annotation.Argument argument : annotation.arguments()) {
      String name = argument.name().map(written -> written.text()).orElse("");
      Optional<String> text = text(argument);
      switch (name) {
        case "" -> readable &= code(argument, text, codes);
        case "reason" -> reason = text.orElse("");
        case "until" -> {
          until = text.flatMap(Annotations::day);
          readable &= until.isPresent() || unreadable(argument, "until = \"2027-01-31\"");
        }
        default -> readable = unreadable(argument, "reason = \"…\", until = \"2027-01-31\"");
      }
    }
    if (readable && (codes.isEmpty() || reason.isBlank())) {
      problems.report(
          Diagnostic.of(Code.GOPS2060, codes.isEmpty() ? "the code of a warning" : "a reason")
              .at(place)
              .hint("hint"));
      return;
    }
    if (readable) {
      String why = reason;
      Optional<LocalDate> last = until;
      codes.forEach(
          code ->
              problems.diagnostics().suppress(new Suppression(code, annotated, place, why, last)));
    }
  }

  private static Optional<String> text(Annotation.Argument argument) {
    return argument.value() instanceof Expression.StringLiteral literal
        ? literal.constant()
        : Optional.empty();
  }

  private static Optional<LocalDate> day(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  /// Takes in a code; false when there is none that can be suppressed.
  private boolean code(Annotation.Argument argument, Optional<String> text, List<Code> codes) {
    Place place = scope.place(argument.value());
    Optional<Code> found =
        Arrays.stream(Code.values()).filter(c -> c.name().equals(text.orElse(""))).findFirst();
    if (found.isEmpty()) {
      return unreadable(argument, "\"GOPS6102\"");
    }
    if (found.get().severity() == Severity.ERROR) {
      problems.report(
          Diagnostic.of(Code.GOPS2062, found.get()).at(place).hint("hint", found.get()));
      return false;
    }
    codes.add(found.get());
    return true;
  }

  /// @return false
  private boolean unreadable(Annotation.Argument argument, String wanted) {
    Place place = scope.place(argument);
    problems.report(Diagnostic.of(Code.GOPS2061, place.text(), wanted).at(place));
    return false;
  }
}
