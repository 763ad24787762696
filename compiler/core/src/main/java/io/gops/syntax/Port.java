package io.gops.syntax;

import io.gops.source.Span;

/// What follows the colon of an endpoint.
public sealed interface Port extends Node {
  /// A port by its name: `clx.engine:client`.
  record Named(Span span, String text) implements Port {}

  /// A port number, or a range of them when `last` differs.
  record Numbers(Span span, long first, long last) implements Port {}
}
