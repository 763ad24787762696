package io.gops.diagnostic;

/// One line about a diagnostic, for a log: `games/clx.gops:12:3: error GOPS2016: no alert …`.
public final class LogLine {
  private LogLine() {}

  /// The line in English, without line end.
  public static String of(Diagnostic diagnostic) {
    String place = diagnostic.place().map(known -> known + ": ").orElse("");
    return place
        + diagnostic.severity().word()
        + " "
        + diagnostic.code()
        + ": "
        + Catalogue.of(Language.ENGLISH).text(diagnostic.message());
  }
}
