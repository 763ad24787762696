package io.gops.syntax;

import io.gops.source.Span;
import java.util.List;
import java.util.Optional;

/// `import "std/reload.gops" as reload`.
///
/// @param alias absent when the names are brought in without a prefix
public record Import(
    Span span, List<Annotation> annotations, Expression.StringLiteral path, Optional<Name> alias)
    implements Node {
  public Import {
    annotations = List.copyOf(annotations);
  }
}
