package io.gops.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// How the changes of a fleet are printed.
enum DiffFormat {
  TEXT(Format.TEXT),
  MARKDOWN(Format.TEXT),
  HTML(Format.TEXT),
  JSON(Format.JSON),
  SARIF(Format.SARIF),
  GITHUB(Format.GITHUB),
  GITLAB(Format.GITLAB),
  JUNIT(Format.JUNIT);

  private final Format ofProblems;

  DiffFormat(Format ofProblems) {
    this.ofProblems = ofProblems;
  }

  /// How it is said that there is nothing to print.
  Format ofProblems() {
    return ofProblems;
  }

  /// All of them as a sentence lists them.
  static String list() {
    return Arrays.stream(values()).map(DiffFormat::toString).collect(Collectors.joining(", "));
  }

  /// As the option takes it.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
