package io.gops.syntax;

import io.gops.source.Span;

/// A piece of a string.
public sealed interface StringPart extends Node {
  /// Text that stands for itself.
  ///
  /// @param text escapes decoded, `$${` turned into `${`
  record Literal(Span span, String text) implements StringPart {}

  /// `${zone.id}`, `${n:03d}`.
  ///
  /// @param digits least number of digits, filled with zeros; 0 when no format is given
  record Interpolation(Span span, Path path, int digits) implements StringPart {}
}
