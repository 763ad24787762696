package io.gops.lsp.meaning;

import io.gops.schema.Attribute;
import io.gops.schema.Kind;
import io.gops.schema.Type;
import io.gops.source.Span;
import io.gops.syntax.Expression;
import java.util.Optional;

/// A word or value of a file and what it is.
public sealed interface Mark {
  Span span();

  /// The word of a kind, or of its variant.
  ///
  /// @param written the words that begin the declaration: `release ab_switch`
  record KindWord(Span span, String written, Kind kind) implements Mark {}

  /// A word with a meaning of its own: `template`, `from`, `override`, `internet`.
  record Keyword(Span span) implements Mark {}

  /// The name of an annotation: `suppress`.
  record AnnotationName(Span span, String name) implements Mark {}

  /// The name of an attribute that is set.
  ///
  /// @param owner the kind that has it
  record AttributeName(Span span, Kind owner, Attribute attribute) implements Mark {}

  /// The name in a declaration that declares it.
  record Declares(Span span, Definition definition) implements Mark {}

  /// A name of something declared elsewhere.
  ///
  /// @param space what it probably names, for colours
  /// @param meaning what it names, given all names of the fleet
  record Use(Span span, String space, Meaning meaning) implements Mark {}

  /// A word of a fixed list: `packed`.
  record Word(Span span) implements Mark {}

  /// An amount or number.
  ///
  /// @param type of the attribute that it is written for
  record Amount(Span span, Expression value, Optional<Type> type) implements Mark {}

  /// The name of a file of the fleet or the library.
  ///
  /// @param path in the fleet
  record FileName(Span span, String path) implements Mark {}

  /// Finds what a name means.
  @FunctionalInterface
  interface Meaning {
    Optional<Symbol> in(Names names);
  }
}
