package io.gops.bind;

import io.gops.schema.Kind;
import io.gops.source.Origin;
import io.gops.source.Origins;
import io.gops.source.Place;
import io.gops.syntax.Item;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// One declaration whose attributes are typed, with templates applied.
///
/// @param kind what the schema says of it; of its variant when it has one
/// @param word the word that began it: `release` where the kind is the variant `ab_switch`
/// @param label empty when it has none
/// @param numbers the label when it is a range
/// @param fields by attribute
/// @param children nested declarations in source order
/// @param members overrides of single members of its range, in source order
/// @param rules `allow`, `deny`, `expect` in source order
/// @param base what stands behind `from` of a version; templates are already applied
/// @param demands names that a template wants from whoever uses it
/// @param damaged whether part of it could not be read, so that what is missing may just be
///     unreadable
record Block(
    Kind kind,
    String word,
    String label,
    Optional<NumberSet> numbers,
    SortedMap<String, Field> fields,
    List<Block> children,
    List<Member> members,
    List<Rule> rules,
    Optional<Base> base,
    Map<String, Place> demands,
    boolean damaged,
    Scope scope,
    Origin declaration,
    Origin name) {
  /// An attribute.
  ///
  /// @param append whether `+=` was written
  /// @param before what it replaced or was appended to when blocks were merged
  record Field(Value value, Origin origin, boolean append, Optional<Field> before) {
    Field(Value value, Origin origin, boolean append) {
      this(value, origin, append, Optional.empty());
    }

    /// The same field, brought in at `place`.
    Field through(Place place) {
      return new Field(value, origin.through(place), append, before);
    }
  }

  /// `override 10001..10003 { … }`.
  record Member(NumberSet numbers, Block block, Place place) {}

  /// The version that a version was written from.
  record Base(String name, Place place) {}

  /// A rule and the file whose names it sees.
  record Rule(Item item, Scope scope) {}

  Block {
    children = List.copyOf(children);
    members = List.copyOf(members);
    rules = List.copyOf(rules);
  }

  /// The same block with other contents.
  Block with(
      SortedMap<String, Field> otherFields, List<Block> otherChildren, boolean otherDamaged) {
    return new Block(
        kind,
        word,
        label,
        numbers,
        otherFields,
        otherChildren,
        members,
        rules,
        base,
        demands,
        otherDamaged,
        scope,
        declaration,
        name);
  }

  Optional<Place> place() {
    return name.place();
  }

  /// The typed value of an attribute; absent when it was not written, or wrong.
  Optional<Value> value(String attribute) {
    return Optional.ofNullable(fields.get(attribute))
        .map(Field::value)
        .filter(value -> !(value instanceof Value.Broken));
  }

  boolean has(String attribute) {
    return fields.containsKey(attribute);
  }

  /// Nested declarations of a kind.
  List<Block> children(String wanted) {
    return children.stream().filter(child -> child.word.equals(wanted)).toList();
  }

  /// The nested declaration of a kind that stands at most once.
  Optional<Block> child(String wanted) {
    return children.stream().filter(child -> child.word.equals(wanted)).findFirst();
  }

  /// Where its parts were written; parts of unlabelled nested blocks by path: `base.cpu`.
  Origins origins() {
    SortedMap<String, Origin> attributes = new TreeMap<>();
    collect("", attributes);
    return new Origins(declaration, name, attributes);
  }

  private void collect(String prefix, SortedMap<String, Origin> attributes) {
    fields.forEach((attribute, field) -> attributes.put(prefix + attribute, field.origin()));
    for (Block child : children) {
      if (child.label.isEmpty()) {
        attributes.put(prefix + child.word, child.name);
        child.collect(prefix + child.word + ".", attributes);
      }
    }
  }
}
