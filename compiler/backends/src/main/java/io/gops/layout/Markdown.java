package io.gops.layout;

/// A value as plain text inside a line of Markdown.
public final class Markdown {
  private static final String MARKUP = "\\`*_{}[]#+!|~$";

  private Markdown() {}

  /// The value with everything escaped that could become markup, a mention, a link, HTML or the end
  /// of a table cell; control characters become spaces.
  public static String text(String value) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '&' -> text.append("&amp;");
        case '<' -> text.append("&lt;");
        case '>' -> text.append("&gt;");
        // A backslash does not stop a mention or an automatic link; a character reference does.
        case '@' -> text.append("&#64;");
        case ':' -> text.append(value.startsWith("://", i) ? "&#58;" : ":");
        case '.' -> text.append(value.startsWith("www", i - 3) ? "&#46;" : ".");
        default -> {
          if (c < ' ' || c == 0x7f) {
            text.append(' ');
          } else {
            text.append(MARKUP.indexOf(c) >= 0 ? "\\" : "").append(c);
          }
        }
      }
    }
    return text.toString();
  }
}
