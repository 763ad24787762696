package io.gops.syntax;

import io.gops.source.Span;
import java.util.List;
import java.util.Optional;

/// `@suppress("GOPS3012", reason = "…", until = "2027-01-31")`.
///
/// @param arguments in source order
public record Annotation(Span span, Name name, List<Argument> arguments) implements Node {
  public Annotation {
    arguments = List.copyOf(arguments);
  }

  /// @param name absent for a positional argument
  public record Argument(Span span, Optional<Name> name, Expression value) implements Node {}
}
