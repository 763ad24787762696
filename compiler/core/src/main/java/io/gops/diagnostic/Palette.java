package io.gops.diagnostic;

/// Colours of terminal output, or none.
public enum Palette {
  PLAIN,
  COLOURED;

  private static final String RESET = "\u001b[0m";

  String severity(Severity severity, String text) {
    return switch (severity) {
      case ERROR -> paint("\u001b[1;31m", text);
      case WARNING -> paint("\u001b[1;33m", text);
      case NOTE -> paint("\u001b[1;36m", text);
    };
  }

  /// A title.
  public String strong(String text) {
    return paint("\u001b[1m", text);
  }

  /// What deserves a look.
  public String warning(String text) {
    return severity(Severity.WARNING, text);
  }

  String frame(String text) {
    return paint("\u001b[1;34m", text);
  }

  private String paint(String start, String text) {
    return switch (this) {
      case PLAIN -> text;
      case COLOURED -> start + text + RESET;
    };
  }
}
