package io.gops.kubernetes;

/// Kubernetes replaces `$(NAME)` in commands, arguments and variables; this keeps text as it is.
final class Expansion {
  private Expansion() {}

  /// The text that Kubernetes turns back into `text`.
  static String escape(String text) {
    if (text.indexOf('$') < 0) {
      return text;
    }
    StringBuilder escaped = new StringBuilder(text.length() + 4);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      escaped.append(c);
      if (c == '$'
          && i + 1 < text.length()
          && (text.charAt(i + 1) == '(' || text.charAt(i + 1) == '$')) {
        escaped.append('$');
      }
    }
    return escaped.toString();
  }
}
