package io.gops.syntax;

import io.gops.source.Span;
import java.util.List;
import java.util.Optional;

/// `const registry = "registry.example.com/clx"`.
public record Const(
    Span span, Optional<DocComment> doc, List<Annotation> annotations, Name name, Expression value)
    implements Node {
  public Const {
    annotations = List.copyOf(annotations);
  }
}
