package io.gops.bind;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Spelling;
import io.gops.schema.Attribute;
import io.gops.schema.Kind;
import io.gops.source.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
    missing(block).forEach(problems::report);
    if (block.damaged()) {
      return;
    }
    List<Block> children =
        block.children().stream()
            .filter(child -> !child.word().equals("version") && !child.word().equals("override"))
            .toList();
    Set<Block> misnamed = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Block child : children) {
      if (!child.label().isEmpty() && !isInherited(child)) {
        meant(child, children).ifPresent(other -> misnamed(child, other, misnamed));
      }
    }
    children.stream().filter(child -> !misnamed.contains(child)).forEach(this::check);
  }

  /// The block of a template that a block of nearly the same name was meant to be merged with.
  private static Optional<Block> meant(Block own, List<Block> siblings) {
    List<Block> inherited =
        siblings.stream()
            .filter(other -> other.word().equals(own.word()) && isInherited(other))
            .toList();
    return Spelling.nearest(own.label(), inherited.stream().map(Block::label).toList())
        .flatMap(
            label -> inherited.stream().filter(other -> other.label().equals(label)).findFirst());
  }

  private static boolean isInherited(Block block) {
    return block.declaration().chain().size() > 1;
  }

  /// Reports two halves of one block as one misspelt name; nothing when each is whole.
  private void misnamed(Block own, Block inherited, Set<Block> misnamed) {
    List<Diagnostic.Builder> missing = new ArrayList<>(missing(own));
    missing.addAll(missing(inherited));
    Optional<Place> place = own.place();
    if (missing.isEmpty() || place.isEmpty()) {
      return;
    }
    misnamed.add(own);
    misnamed.add(inherited);
    problems.suspects().words(own.label() + " " + inherited.label());
    problems.report(
        "template " + inherited.place().map(Place::toString).orElse(""),
        place.get(),
        missing.getFirst().at(place).hint("meant", inherited.label()));
  }

  /// What a block lacks, as problems.
  private List<Diagnostic.Builder> missing(Block block) {
    List<Diagnostic.Builder> found = new ArrayList<>();
    boolean unreadable =
        block.declaration().place().filter(problems.suspects()::inside).isPresent();
    if (block.damaged() || unreadable) {
      return found;
    }
    block.demands().forEach((name, place) -> demand(block, name, place).ifPresent(found::add));
    block.kind().attributes().values().stream()
        .filter(Attribute::required)
        .filter(attribute -> !block.has(attribute.name()))
        .filter(attribute -> !block.demands().containsKey(attribute.name()))
        .forEach(attribute -> found.add(missing(block, attribute)));
    block.kind().nested().values().stream()
        .filter(kind -> kind.occurs() == Kind.Occurs.REQUIRED)
        .filter(kind -> block.child(kind.name()).isEmpty())
        .forEach(kind -> found.add(missing(block, kind)));
    return found;
  }

  private static Optional<Diagnostic.Builder> demand(Block block, String name, Place place) {
    return block.has(name) || block.child(name).isPresent()
        ? Optional.empty()
        : Optional.of(
            Diagnostic.of(Code.GOPS2022, title(block), name)
                .at(block.place())
                .related(place, "related", name));
  }

  private static Diagnostic.Builder missing(Block block, Attribute attribute) {
    Diagnostic.Builder problem =
        Diagnostic.of(Code.GOPS2006, title(block), attribute.name(), attribute.type().describe())
            .at(block.name());
    Optional<String> example = attribute.example().or(attribute::defaultText);
    example.ifPresent(text -> problem.hint("hint", attribute.name() + " = " + text));
    return problem;
  }

  private static Diagnostic.Builder missing(Block block, Kind kind) {
    String forms =
        kind.variants().isEmpty() ? "" : ": " + String.join(", ", kind.variants().keySet());
    return Diagnostic.of(Code.GOPS2029, title(block), kind.name() + forms).at(block.name());
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
