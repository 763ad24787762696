package io.gops.bind;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.fleet.Alert;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Makes the alerts of a game.
final class Alerts {
  private static final String LABEL = "label.";
  private static final String VALUE = "value";

  private final Problems problems;

  Alerts(Problems problems) {
    this.problems = problems;
  }

  /// Whether an expression may have this place to fill in.
  static boolean isFact(String path) {
    return Arrays.stream(Alert.Fact.values()).anyMatch(fact -> fact.path().equals(path));
  }

  /// Whether a sentence about a firing alert may have this place to fill in.
  static boolean isFactOrMeasured(String path) {
    return isFact(path) || path.equals(VALUE) || path.matches("label\\.[a-zA-Z_][a-zA-Z0-9_]*");
  }

  SortedMap<String, Alert> alerts(Attributes game) {
    SortedMap<String, Alert> alerts = new TreeMap<>();
    for (Attributes block : game.children("alert")) {
      alerts.put(block.block().label(), alert(block));
    }
    return alerts;
  }

  private Alert alert(Attributes block) {
    Alert.Text expression = text(block, "expr");
    block
        .value("expr")
        .flatMap(_ -> Queries.flaw(literal(expression)))
        .ifPresent(
            flaw ->
                problems.report(
                    Diagnostic.of(Code.GOPS2091, block.block().label(), flaw)
                        .at(block.place("expr"))
                        .hint("hint")));
    return new Alert(
        block.block().label(),
        expression,
        block.duration("for").orElse(Duration.ZERO),
        block.constant("severity", Alert.Severity.class).orElse(Alert.Severity.WARNING),
        text(block, "summary"),
        block.text("runbook"),
        block.origins());
  }

  private static Alert.Text text(Attributes block, String attribute) {
    Optional<Value> value = block.value(attribute);
    return value.isPresent() && value.get() instanceof Value.Text(List<Value.Part> parts)
        ? new Alert.Text(parts.stream().map(Alerts::part).toList())
        : new Alert.Text(List.of());
  }

  private static Alert.Part part(Value.Part part) {
    return switch (part) {
      case Value.Literal(String text) -> new Alert.Literal(text);
      case Value.Hole(String path, int _, var _) when path.equals(VALUE) -> new Alert.Measured();
      case Value.Hole(String path, int _, var _) when path.startsWith(LABEL) ->
          new Alert.Label(path.substring(LABEL.length()));
      case Value.Hole(String path, int _, var _) ->
          Arrays.stream(Alert.Fact.values())
              .filter(fact -> fact.path().equals(path))
              .<Alert.Part>map(fact -> fact)
              .findFirst()
              .orElse(new Alert.Literal(path));
    };
  }

  /// What stands in a query whatever is filled in.
  private static String literal(Alert.Text text) {
    StringBuilder written = new StringBuilder();
    for (Alert.Part part : text.parts()) {
      written.append(part instanceof Alert.Literal(String words) ? words : "x");
    }
    return written.toString();
  }
}
