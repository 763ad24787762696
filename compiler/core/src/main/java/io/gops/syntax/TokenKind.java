package io.gops.syntax;

/// What a token is, spaces and comments included.
public enum TokenKind {
  SPACE,
  NEWLINE,
  LINE_COMMENT,
  BLOCK_COMMENT,
  DOC_COMMENT,
  IDENTIFIER,
  STRING,
  NUMBER,
  ADDRESS,
  TIME,
  PUNCTUATION,
  /// Text that is no token of the language; an error was reported for it.
  UNKNOWN;

  /// Whether it has no meaning for the syntax tree.
  public boolean isTrivia() {
    return switch (this) {
      case SPACE, NEWLINE, LINE_COMMENT, BLOCK_COMMENT, DOC_COMMENT -> true;
      case IDENTIFIER, STRING, NUMBER, ADDRESS, TIME, PUNCTUATION, UNKNOWN -> false;
    };
  }
}
