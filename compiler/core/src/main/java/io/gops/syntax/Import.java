package io.gops.syntax;

import io.gops.source.Span;
import java.util.Optional;

/// `import "std/reload.gops" as reload`.
///
/// @param alias absent when the names are brought in without a prefix
public record Import(Span span, Expression.StringLiteral path, Optional<Name> alias)
    implements Node {}
