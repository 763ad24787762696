package io.gops.syntax;

import io.gops.source.Span;
import java.util.Optional;

/// One end of a rule: `internet`, `clx.engine:client`, `db:3306`.
public record Endpoint(Span span, Path path, Optional<Port> port) implements Node {}
