package io.gops.diagnostic;

/// How much a diagnostic weighs; only an error fails a run.
public enum Severity {
  ERROR,
  WARNING,
  NOTE;

  /// Lower-case word for output.
  public String word() {
    return switch (this) {
      case ERROR -> "error";
      case WARNING -> "warning";
      case NOTE -> "note";
    };
  }
}
