package io.gops.syntax;

import io.gops.source.Span;

/// An identifier.
///
/// @param text ASCII letters, digits, `_` and inner `-`; starts with a letter or `_`
public record Name(Span span, String text) implements Node {
  @Override
  public String toString() {
    return text;
  }
}
