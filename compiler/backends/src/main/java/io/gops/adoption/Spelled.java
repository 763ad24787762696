package io.gops.adoption;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// How texts of manifests are spelled in a source.
final class Spelled {
  private Spelled() {}

  /// A string literal. A `${` of the text stays one.
  static String quoted(String text) {
    return "\"" + inside(text) + "\"";
  }

  /// What stands between the quotes of a string literal.
  static String inside(String text) {
    StringBuilder quoted = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> {
                  if (Character.isISOControl(c)) {
                    quoted.append("\\u{").append(Integer.toHexString(c)).append('}');
                  } else {
                    quoted.appendCodePoint(c);
                  }
                }
              }
            });
    return quoted.toString().replace("${", "$${");
  }

  static String list(List<String> texts) {
    return texts.stream().map(Spelled::quoted).collect(Collectors.joining(", ", "[", "]"));
  }

  /// A name as a label, in quotes where it is no identifier.
  static String label(String name) {
    return name.matches("[A-Za-z_]([A-Za-z0-9_-]*[A-Za-z0-9_])?") ? name : quoted(name);
  }

  /// A name that Kubernetes and the language take, as near to the wanted one as can be.
  static String name(String wanted) {
    String name =
        wanted
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9-]+", "-")
            .replaceAll("^[^a-z]+", "")
            .replaceAll("-+$", "");
    return name.isEmpty() ? "game" : name.substring(0, Math.min(name.length(), 40));
  }
}
