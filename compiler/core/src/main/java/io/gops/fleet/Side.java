package io.gops.fleet;

import java.util.Locale;

/// A side of a pair; zones without a pair have only side A, which then appears in no generated
/// name.
public enum Side {
  A,
  B;

  public Side other() {
    return this == A ? B : A;
  }

  /// `a` or `b`.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
