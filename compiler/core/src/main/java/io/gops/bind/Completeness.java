package io.gops.bind;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.schema.Attribute;
import io.gops.schema.Kind;
import io.gops.source.Place;
import java.util.Optional;

/// Checks that a merged block has everything that must be given.
///
/// A block of which a part could not be read is not asked: what it lacks may be that part.
final class Completeness {
  private final Problems problems;

  Completeness(Problems problems) {
    this.problems = problems;
  }

  /// Checks a block and what is nested in it.
  void check(Block block) {
    boolean unreadable =
        block.declaration().place().filter(problems.suspects()::inside).isPresent();
    if (!block.damaged() && !unreadable) {
      block.demands().forEach((name, place) -> demand(block, name, place));
      block.kind().attributes().values().stream()
          .filter(Attribute::required)
          .filter(attribute -> !block.has(attribute.name()))
          .filter(attribute -> !block.demands().containsKey(attribute.name()))
          .forEach(attribute -> missing(block, attribute));
      block.kind().nested().values().stream()
          .filter(kind -> kind.occurs() == Kind.Occurs.REQUIRED)
          .filter(kind -> block.child(kind.name()).isEmpty())
          .forEach(kind -> missing(block, kind));
    }
    if (!block.damaged()) {
      block.children().stream()
          .filter(child -> !child.word().equals("version") && !child.word().equals("override"))
          .forEach(this::check);
    }
  }

  private void demand(Block block, String name, Place place) {
    if (!block.has(name) && block.child(name).isEmpty()) {
      problems.report(
          Diagnostic.of(Code.GOPS2022, title(block), name)
              .at(block.place())
              .related(place, "related", name));
    }
  }

  private void missing(Block block, Attribute attribute) {
    Diagnostic.Builder problem =
        Diagnostic.of(Code.GOPS2006, title(block), attribute.name(), attribute.type().describe())
            .at(block.name());
    Optional<String> example = attribute.example().or(attribute::defaultText);
    example.ifPresent(text -> problem.hint("hint", attribute.name() + " = " + text));
    problems.report(problem);
  }

  private void missing(Block block, Kind kind) {
    String forms =
        kind.variants().isEmpty() ? "" : ": " + String.join(", ", kind.variants().keySet());
    problems.report(
        Diagnostic.of(Code.GOPS2029, title(block), kind.name() + forms).at(block.name()));
  }

  /// `zones clx-main`, `release ab_switch clx-1-8-4`.
  static String title(Block block) {
    String variant = block.word().equals(block.kind().name()) ? "" : " " + block.kind().name();
    boolean member = block.word().equals("override");
    return block.word()
        + (member ? "" : variant)
        + (block.label().isEmpty() ? "" : " " + block.label());
  }
}
