package io.gops.yaml;

import java.util.Locale;
import java.util.Set;

/// The one place that turns text into a YAML scalar.
///
/// A plain scalar is written only for text that no YAML 1.1 or 1.2 reader can take for anything but
/// a string: it begins with a letter, `_` or `/`, has only characters of a short list, and is not
/// one of the words that mean a truth value, nothing or a number. All the rest is quoted.
final class Scalars {
  /// Words that begin with a letter and yet are no strings to some reader.
  private static final Set<String> WORDS =
      Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf");

  private static final int LONGEST_WORD = 5;

  /// Characters that may follow the first of a plain scalar.
  private static final boolean[] PLAIN = table("_/.-:@+=,()$%~");

  /// Characters that may begin a plain scalar.
  private static final boolean[] FIRST = firsts();

  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private Scalars() {}

  /// Appends `text` as a plain or a quoted scalar on one line.
  static void append(StringBuilder out, String text) {
    if (isPlain(text)) {
      out.append(text);
    } else {
      quote(out, text);
    }
  }

  /// Whether `text` may stand without quotes.
  static boolean isPlain(String text) {
    int length = text.length();
    if (length == 0 || !FIRST[index(text.charAt(0))] || text.charAt(length - 1) == ':') {
      return false;
    }
    for (int i = 1; i < length; i++) {
      if (!PLAIN[index(text.charAt(i))]) {
        return false;
      }
    }
    return length > LONGEST_WORD || !WORDS.contains(text.toLowerCase(Locale.ROOT));
  }

  /// Whether `text` has several lines that a literal block shows as they are. Text whose blanks
  /// would be invisible or would change the block's indentation is quoted instead.
  static boolean isLiteral(String text) {
    int length = text.length();
    if (text.indexOf('\n') < 0 || isBlank(text.charAt(0)) || text.endsWith("\n\n")) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      boolean lineStart = i == 0 || text.charAt(i - 1) == '\n';
      boolean lineEnd = i + 1 == length || text.charAt(i + 1) == '\n';
      if (c == '\t' ? lineStart || lineEnd : c == ' ' && lineEnd) {
        return false;
      }
      if (c != '\n' && c != '\t' && mustEscape(text, i)) {
        return false;
      }
    }
    return length > 1;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n';
  }

  /// Single quotes keep JSON readable; everything else is escaped in double quotes.
  private static void quote(StringBuilder out, String text) {
    if (text.indexOf('"') >= 0 && isSingleQuotable(text)) {
      out.append('\'').append(text).append('\'');
      return;
    }
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        case '\r' -> out.append("\\r");
        default -> {
          if (mustEscape(text, i)) {
            escape(out, c);
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static boolean isSingleQuotable(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\'' || mustEscape(text, i)) {
        return false;
      }
    }
    return true;
  }

  private static void escape(StringBuilder out, char c) {
    out.append(c < 0x100 ? "\\x" : "\\u");
    for (int shift = c < 0x100 ? 4 : 12; shift >= 0; shift -= 4) {
      out.append(HEX[c >> shift & 15]);
    }
  }

  /// Whether the character is not printable, ends a line for some reader, or is half a character.
  private static boolean mustEscape(String text, int i) {
    char c = text.charAt(i);
    if (c < 0x7F) {
      return c < ' ';
    }
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
    }
    return c <= 0xA0 || isInvisible(c);
  }

  /// Line separators, byte order marks, and the marks that turn the direction of text, which could
  /// make a reviewer read something other than what stands there.
  private static boolean isInvisible(char c) {
    return (c >= 0x2028 && c <= 0x202E)
        || (c >= 0x200B && c <= 0x200F)
        || (c >= 0x2060 && c <= 0x206F)
        || c == 0xFEFF
        || c >= 0xFFF0;
  }

  /// Non-ASCII characters share the last entry, which is false in both tables.
  private static int index(char c) {
    return c < 0x7F ? c : 0x7F;
  }

  private static boolean[] firsts() {
    boolean[] table = table("_/");
    for (char c = '0'; c <= '9'; c++) {
      table[c] = false;
    }
    return table;
  }

  private static boolean[] table(String signs) {
    boolean[] table = new boolean[0x80];
    for (char c = '0'; c <= 'z'; c++) {
      table[c] = Character.isLetterOrDigit(c);
    }
    signs.chars().forEach(c -> table[c] = true);
    return table;
  }
}
