package io.gops.cli;

import java.util.Locale;

/// How results are printed.
enum Format {
  TEXT,
  JSON;

  /// As the option takes it.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
