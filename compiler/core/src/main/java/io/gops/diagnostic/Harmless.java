package io.gops.diagnostic;

import java.util.Locale;

/// Text of a file or a name, made safe to show on a terminal.
///
/// A control character becomes its picture (ESC is shown as `␛`), and what reorders or hides text
/// (bidirectional overrides, zero-width and other format characters, lone surrogates) its number
/// (`<U+202E>`), so that nothing in a source can move the cursor, colour the screen or disguise
/// itself in a message.
public final class Harmless {
  private Harmless() {}

  public static String text(String text) {
    if (text.codePoints().allMatch(Harmless::isPlain)) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> shown.append(shown(c)));
    return shown.toString();
  }

  /// How one code point is shown.
  static String shown(int codePoint) {
    if (isPlain(codePoint)) {
      return Character.toString(codePoint);
    }
    if (codePoint < 0x20) {
      return Character.toString(0x2400 + codePoint);
    }
    return codePoint == 0x7F ? "\u2421" : String.format(Locale.ROOT, "<U+%04X>", codePoint);
  }

  private static boolean isPlain(int codePoint) {
    if (codePoint >= 0x20 && codePoint < 0x7F) {
      return true;
    }
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
