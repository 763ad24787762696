package io.gops.bind;

import io.gops.diagnostic.Diagnostics;
import io.gops.schema.Attribute;
import io.gops.source.SourceFile;
import io.gops.syntax.Const;
import io.gops.syntax.Parser;
import io.gops.syntax.SyntaxTree;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/// The defaults of the schema as values, each read once. They are written in the language, so they
/// are read as the language.
final class Defaults {
  /// The schema is the same for every fleet of a process, and a value does not change.
  private static final Map<Attribute, Optional<Value>> VALUES =
      Collections.synchronizedMap(new IdentityHashMap<>());

  /// The default of an attribute; a default that cannot be read is a mistake in the schema.
  Optional<Value> of(Attribute attribute) {
    return VALUES.computeIfAbsent(
        attribute, _ -> attribute.defaultText().map(text -> read(attribute, text)));
  }

  private static Value read(Attribute attribute, String text) {
    Diagnostics diagnostics = new Diagnostics();
    SyntaxTree tree =
        Parser.parse(new SourceFile("schema", "const default = " + text + "\n"), diagnostics);
    Problems problems = new Problems(diagnostics);
    Const declaration = tree.consts().getFirst();
    Value value =
        new Conformance(problems, new Evaluator(problems))
            .value(
                declaration.value(),
                attribute.type(),
                new Scope(tree, problems.suspects()),
                attribute.name());
    if (diagnostics.hasErrors()) {
      throw new IllegalStateException("default of " + attribute.name() + ": " + text);
    }
    return value;
  }
}
