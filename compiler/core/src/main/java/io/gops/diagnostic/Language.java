package io.gops.diagnostic;

/// A language in which the compiler speaks. Chosen by an option, never by the locale: output that
/// is compared or read by another program is the same everywhere.
public enum Language {
  ENGLISH("en"),
  CHINESE("zh");

  private final String tag;

  Language(String tag) {
    this.tag = tag;
  }

  /// BCP 47 tag, as the option takes it.
  public String tag() {
    return tag;
  }
}
