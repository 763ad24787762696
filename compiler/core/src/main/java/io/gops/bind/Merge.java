package io.gops.bind;

import io.gops.source.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The merge rule: scalars replace, blocks merge by kind and label, lists replace, `+=` appends.
final class Merge {
  private Merge() {}

  /// What a declaration says over what its template says.
  ///
  /// @param place the reference that brought the template in
  static Block template(Block template, Block own, Place place) {
    Block merged = over(through(template, place), own);
    Map<String, Place> demands = new LinkedHashMap<>(template.demands());
    demands.putAll(own.demands());
    return new Block(
        own.kind(),
        own.word(),
        own.label(),
        own.numbers(),
        merged.fields(),
        merged.children(),
        merged.members(),
        merged.rules(),
        own.base(),
        demands,
        merged.damaged(),
        own.scope(),
        own.declaration(),
        own.name());
  }

  /// A member of a range with one override applied; it keeps the name and label of the range.
  static Block member(Block range, Block.Member override) {
    Block merged = over(range, override.block());
    return range.with(merged.fields(), merged.children(), merged.damaged());
  }

  /// A declaration with what an environment sets in it; it keeps its own name and label.
  ///
  /// @param place the environment
  static Block environment(Block declared, Block settings, Place place) {
    Block merged = over(declared, through(settings, place));
    return declared.with(merged.fields(), merged.children(), merged.damaged());
  }

  /// A game as it is in a version: what the version says over what the game says.
  static Block version(Block game, Block version) {
    Block merged = over(game, version);
    SortedMap<String, Block.Field> fields = new TreeMap<>(merged.fields());
    fields.keySet().removeIf(name -> !game.kind().attributes().containsKey(name));
    return game.with(fields, merged.children(), merged.damaged());
  }

  /// `upper` over `lower`, with the name of `upper`.
  static Block over(Block lower, Block upper) {
    SortedMap<String, Block.Field> fields = new TreeMap<>(lower.fields());
    upper.fields().forEach((name, field) -> fields.merge(name, field, Merge::field));
    List<Block.Member> members = new ArrayList<>(lower.members());
    members.addAll(upper.members());
    List<Block.Rule> rules = new ArrayList<>(lower.rules());
    rules.addAll(upper.rules());
    return new Block(
        upper.kind(),
        upper.word(),
        upper.label(),
        upper.numbers(),
        fields,
        children(lower, upper),
        members,
        rules,
        upper.base(),
        upper.demands(),
        lower.damaged() || upper.damaged(),
        upper.scope(),
        upper.declaration(),
        upper.name());
  }

  private static Block.Field field(Block.Field lower, Block.Field upper) {
    return upper.append()
        ? new Block.Field(
            append(lower.value(), upper.value()),
            upper.origin(),
            lower.append(),
            Optional.of(lower))
        : new Block.Field(upper.value(), upper.origin(), false, Optional.of(lower));
  }

  private static List<Block> children(Block lower, Block upper) {
    List<Block> merged = new ArrayList<>();
    for (Block child : lower.children()) {
      Optional<Block> above =
          upper.children().stream().filter(other -> sameName(child, other)).findFirst();
      merged.add(above.map(other -> nested(child, other)).orElse(child));
    }
    for (Block child : upper.children()) {
      if (lower.children().stream().noneMatch(other -> sameName(child, other))) {
        merged.add(child);
      }
    }
    return merged;
  }

  private static boolean sameName(Block a, Block b) {
    return a.word().equals(b.word()) && a.label().equals(b.label());
  }

  /// Another variant is another thing: `reload exec` replaces `reload http` whole.
  private static Block nested(Block lower, Block upper) {
    return lower.kind().name().equals(upper.kind().name()) ? over(lower, upper) : upper;
  }

  /// One list behind the other.
  static Value append(Value before, Value more) {
    if (before instanceof Value.Items(List<Value.Placed> first)
        && more instanceof Value.Items(List<Value.Placed> second)) {
      List<Value.Placed> all = new ArrayList<>(first);
      all.addAll(second);
      return new Value.Items(all);
    }
    // Where any value may stand, a list takes the place of what is none.
    return before instanceof Value.Broken ? before : more;
  }

  /// The same block, every part of it brought in at `place`.
  static Block through(Block block, Place place) {
    SortedMap<String, Block.Field> fields = new TreeMap<>();
    block.fields().forEach((name, field) -> fields.put(name, field.through(place)));
    return new Block(
        block.kind(),
        block.word(),
        block.label(),
        block.numbers(),
        fields,
        block.children().stream().map(child -> through(child, place)).toList(),
        block.members(),
        block.rules(),
        block.base(),
        block.demands(),
        block.damaged(),
        block.scope(),
        block.declaration().through(place),
        block.name().through(place));
  }
}
