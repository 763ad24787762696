package io.gops.kubernetes;

import java.util.Set;

/// Kubernetes replaces `$(NAME)` in commands, arguments and variables; this keeps text as it is,
/// except for variables that the container declares.
final class Expansion {
  private Expansion() {}

  /// The text that Kubernetes turns back into `text`.
  static String escape(String text) {
    return escape(text, Set.of());
  }

  /// The text that Kubernetes turns back into `text` with the values of declared variables.
  static String escape(String text, Set<String> declared) {
    if (text.indexOf('$') < 0) {
      return text;
    }
    StringBuilder escaped = new StringBuilder(text.length() + 4);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      escaped.append(c);
      if (c == '$'
          && i + 1 < text.length()
          && (text.charAt(i + 1) == '(' || text.charAt(i + 1) == '$')
          && !refers(text, i, declared)) {
        escaped.append('$');
      }
    }
    return escaped.toString();
  }

  /// Whether a declared variable is named at a `$`. One that is doubled names nothing.
  private static boolean refers(String text, int dollar, Set<String> declared) {
    int close = text.indexOf(')', dollar);
    boolean doubled = dollar > 0 && text.charAt(dollar - 1) == '$';
    return !doubled
        && text.charAt(dollar + 1) == '('
        && close > 0
        && declared.contains(text.substring(dollar + 2, close));
  }
}
