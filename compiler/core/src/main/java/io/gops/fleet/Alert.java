package io.gops.fleet;

import io.gops.source.Origins;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A condition that somebody should know of while it holds.
///
/// @param expression what Prometheus looks for
/// @param lasting how long it must hold
/// @param summary one sentence for whoever is called
/// @param runbook URL of what to do; empty when there is none
public record Alert(
    String name,
    Text expression,
    Duration lasting,
    Severity severity,
    Text summary,
    Optional<String> runbook,
    Origins origins) {
  /// How soon somebody should look.
  public enum Severity {
    INFO,
    WARNING,
    CRITICAL
  }

  /// A text with places that are filled in.
  public record Text(List<Part> parts) {
    public Text {
      parts = List.copyOf(parts);
    }
  }

  /// A piece of a text.
  public sealed interface Part {}

  public record Literal(String text) implements Part {}

  /// What the compiler knows of the game.
  public enum Fact implements Part {
    NAME("game.name"),
    NAMESPACE("game.namespace"),
    /// Names of the script sidecars of its roles, as alternatives of a pattern.
    SIDECARS("game.sidecars");

    private final String path;

    Fact(String path) {
      this.path = path;
    }

    /// How the language writes it.
    public String path() {
      return path;
    }
  }

  /// A label of the series for which it holds; only Prometheus knows it.
  public record Label(String name) implements Part {}

  /// The value of the expression; only Prometheus knows it.
  public record Measured() implements Part {}
}
