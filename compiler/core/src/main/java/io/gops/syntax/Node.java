package io.gops.syntax;

import io.gops.source.Span;

/// A piece of the syntax tree. Its span covers exactly the text it was read from.
public sealed interface Node
    permits Annotation,
        Annotation.Argument,
        Const,
        DocComment,
        Endpoint,
        Expression,
        Import,
        Item,
        Label,
        Name,
        Path,
        Path.Segment,
        Port,
        StringPart {
  Span span();
}
