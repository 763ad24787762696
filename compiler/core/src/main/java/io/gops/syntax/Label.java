package io.gops.syntax;

import io.gops.source.Span;

/// What stands between a declaration's kind and its body: `game clx`, `version "1.8.3"`,
/// `hosts 1..30`.
public sealed interface Label extends Node {
  /// An identifier.
  record Named(Span span, String text) implements Label {}

  /// A quoted label.
  record Quoted(Span span, Expression.StringLiteral value) implements Label {}

  /// A range of whole numbers, or one number.
  ///
  /// @param value an [Expression.Range] or an [Expression.Int]
  record Numbers(Span span, Expression value) implements Label {}
}
