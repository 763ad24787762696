package io.gops.syntax;

import io.gops.source.Span;

/// The `///` lines directly above a declaration.
///
/// @param text without the slashes and one following space, lines joined by `\n`
public record DocComment(Span span, String text) implements Node {}
