package io.gops.diagnostic;

/// How many columns of a terminal a character takes.
///
/// Two for the East Asian wide and full-width blocks and for emoji, none for combining marks and
/// format characters (Unicode Standard Annex 11, as the usual `wcwidth` does).
public final class DisplayWidth {
  private DisplayWidth() {}

  public static int of(int codePoint) {
    if (codePoint < 0x300) {
      return codePoint == 0xAD ? 0 : 1;
    }
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> isWide(codePoint) ? 2 : 1;
    };
  }

  public static int of(String text) {
    return text.codePoints().map(DisplayWidth::of).sum();
  }

  private static boolean isWide(int c) {
    return (c >= 0x1100 && c <= 0x115F) // Hangul Jamo
        || (c >= 0x2E80 && c <= 0x303E) // radicals, CJK punctuation
        || (c >= 0x3041 && c <= 0xA4CF) // kana, bopomofo, CJK ideographs, Yi
        || (c >= 0xA960 && c <= 0xA97C)
        || (c >= 0xAC00 && c <= 0xD7A3) // Hangul syllables
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0xFE30 && c <= 0xFE6B) // compatibility forms
        || (c >= 0xFF01 && c <= 0xFF60) // full-width forms
        || (c >= 0xFFE0 && c <= 0xFFE6)
        || (c >= 0x1F300 && c <= 0x1FAFF) // emoji
        || (c >= 0x20000 && c <= 0x3FFFD);
  }
}
