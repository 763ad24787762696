package io.gops.schema;

import java.util.Optional;

/// One attribute of a kind.
///
/// @param doc a sentence an operator understands
/// @param required whether it must be written, here or in a template
/// @param defaultText its default as the language writes it
/// @param example a value as the language writes it
/// @param overridable whether an environment may set it by path
public record Attribute(
    String name,
    Type type,
    String doc,
    boolean required,
    Optional<String> defaultText,
    Optional<String> example,
    boolean overridable) {

  /// An optional attribute without a default.
  public static Attribute attribute(String name, Type type, String doc) {
    return new Attribute(name, type, doc, false, Optional.empty(), Optional.empty(), false);
  }

  /// The same, but it must be written.
  public Attribute mustBeGiven() {
    return new Attribute(name, type, doc, true, defaultText, example, overridable);
  }

  /// The same with a default.
  ///
  /// @param text the default as the language writes it
  public Attribute defaultsTo(String text) {
    return new Attribute(name, type, doc, required, Optional.of(text), example, overridable);
  }

  /// The same with an example value.
  public Attribute like(String text) {
    return new Attribute(name, type, doc, required, defaultText, Optional.of(text), overridable);
  }

  /// The same, and an environment may set it.
  public Attribute mayDifferByEnvironment() {
    return new Attribute(name, type, doc, required, defaultText, example, true);
  }
}
