package io.gops.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// How results are printed.
enum Format {
  TEXT,
  JSON,
  SARIF,
  GITHUB,
  GITLAB,
  JUNIT;

  /// All of them as a sentence lists them.
  static String list() {
    return Arrays.stream(values()).map(Format::toString).collect(Collectors.joining(", "));
  }

  /// As the option takes it.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
