package io.gops.adoption;

import io.gops.json.Json;
import java.util.List;
import java.util.Optional;

/// Alerts of a game, from the rules for Prometheus in its namespace.
final class AlertText {
  private AlertText() {}

  /// The blocks of the rules that name the game, or stand in an object named after it.
  static String of(String namespace, String game, ClusterObjects objects) {
    StringBuilder text = new StringBuilder();
    for (Manifest object : objects.of("PrometheusRule")) {
      boolean isNamed = object.name().equals("gops-" + game) || object.name().equals(game);
      if (object.namespace().equals(namespace) && isNamed) {
        for (Json group : Manifest.items(object.content(), "spec", "groups")) {
          Manifest.items(group, "rules").forEach(rule -> alert(rule).ifPresent(text::append));
        }
      }
    }
    return text.toString();
  }

  private static Optional<String> alert(Json rule) {
    Optional<String> name = Manifest.text(rule, "alert");
    Optional<String> condition = Manifest.text(rule, "expr");
    Optional<String> summary = Manifest.text(rule, "annotations", "summary");
    if (name.isEmpty() || condition.isEmpty() || summary.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder("  alert " + Spelled.label(name.get()) + " {\n");
    text.append("    expr = ").append(Spelled.quoted(condition.get())).append('\n');
    Manifest.text(rule, "for")
        .flatMap(AlertText::duration)
        .ifPresent(time -> text.append("    for = ").append(time).append('\n'));
    Manifest.text(rule, "labels", "severity")
        .filter(List.of("info", "warning", "critical")::contains)
        .ifPresent(severity -> text.append("    severity = ").append(severity).append('\n'));
    text.append("    summary = \"").append(summary(summary.get())).append("\"\n");
    Manifest.text(rule, "annotations", "runbook_url")
        .ifPresent(url -> text.append("    runbook = ").append(Spelled.quoted(url)).append('\n'));
    return Optional.of(text.append("  }\n").toString());
  }

  private static Optional<String> duration(String time) {
    return time.matches("[0-9]+[smh]")
        ? Optional.of(time.replaceFirst("m$", "min"))
        : Optional.empty();
  }

  /// Labels and the value, where Prometheus puts them in.
  private static String summary(String text) {
    return Spelled.inside(text)
        .replaceAll("\\{\\{ ?\\$labels\\.([A-Za-z_][A-Za-z0-9_]*) ?}}", "\\${label.$1}")
        .replaceAll("\\{\\{ ?\\$value ?}}", "\\${value}");
  }
}
