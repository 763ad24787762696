package io.gops.adoption;

import java.util.List;
import java.util.stream.Collectors;

/// How texts of manifests are spelled in a source.
final class Spelled {
  private Spelled() {}

  /// A string literal. A `${` of the text stays one.
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                case '\r' -> quoted.append("\\r");
                default -> quoted.appendCodePoint(c);
              }
            });
    return quoted.append('"').toString().replace("${", "$${");
  }

  static String list(List<String> texts) {
    return texts.stream().map(Spelled::quoted).collect(Collectors.joining(", ", "[", "]"));
  }

  /// A name as a label, in quotes where it is no identifier.
  static String label(String name) {
    return name.matches("[A-Za-z]([A-Za-z0-9-]*[A-Za-z0-9])?") ? name : quoted(name);
  }
}
