package io.gops.bind;

import io.gops.fleet.Amounts;
import io.gops.fleet.Cidr;
import io.gops.fleet.Ipv4;
import io.gops.fleet.Percent;
import io.gops.fleet.Resource;
import io.gops.schema.Attribute;
import io.gops.schema.Kind;
import io.gops.source.Origin;
import io.gops.source.Origins;
import io.gops.source.Place;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Reads the attributes of one block in the types of Java, with the defaults of the schema.
///
/// Everything is optional: what is missing or wrong was reported when the block was bound.
final class Attributes {
  private final Block block;
  private final Defaults defaults;

  Attributes(Block block, Defaults defaults) {
    this.block = block;
    this.defaults = defaults;
  }

  Block block() {
    return block;
  }

  /// The same block with overrides applied, each over the one before.
  Attributes over(List<Block.Member> overrides) {
    Block merged = block;
    for (Block.Member override : overrides) {
      merged = Merge.member(merged, override);
    }
    return overrides.isEmpty() ? this : new Attributes(merged, defaults);
  }

  Optional<Value> value(String name) {
    if (block.has(name)) {
      return block.value(name);
    }
    Attribute attribute = block.kind().attributes().get(name);
    return attribute == null ? Optional.empty() : defaults.of(attribute);
  }

  /// The nested block; an empty one, all defaults, when it was not written.
  Attributes child(String kind) {
    Block found =
        block
            .child(kind)
            .orElseGet(
                () -> {
                  Kind described = block.kind().nested().get(kind);
                  return empty(described == null ? block.kind() : described);
                });
    return new Attributes(found, defaults);
  }

  private Block empty(Kind kind) {
    return new Block(
        kind,
        kind.name(),
        "",
        Optional.empty(),
        new TreeMap<>(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Map.of(),
        false,
        block.scope(),
        Origin.DEFAULT,
        block.name());
  }

  List<Attributes> children(String kind) {
    return block.children(kind).stream().map(child -> new Attributes(child, defaults)).toList();
  }

  /// All nested blocks in the order written.
  List<Attributes> nested() {
    return block.children().stream().map(child -> new Attributes(child, defaults)).toList();
  }

  Origins origins() {
    return block.origins();
  }

  /// Where an attribute was written; the block's name when it was not.
  Optional<Place> place(String name) {
    Block.Field field = block.fields().get(name);
    return field == null ? block.place() : field.origin().place();
  }

  /// A text without places to fill in.
  Optional<String> text(String name) {
    return value(name).flatMap(Attributes::constant);
  }

  static Optional<String> constant(Value value) {
    return value instanceof Value.Text(List<Value.Part> parts)
            && parts.stream().allMatch(Value.Literal.class::isInstance)
        ? Optional.of(
            parts.stream()
                .map(part -> part instanceof Value.Literal(String text) ? text : "")
                .collect(Collectors.joining()))
        : Optional.empty();
  }

  List<String> texts(String name) {
    return elements(name).stream().flatMap(e -> constant(e.value()).stream()).toList();
  }

  List<Value.Placed> elements(String name) {
    return value(name)
        .map(value -> value instanceof Value.Items(List<Value.Placed> all) ? all : null)
        .orElse(List.of());
  }

  Optional<Long> whole(String name) {
    return value(name).map(value -> value instanceof Value.Whole(long number) ? number : null);
  }

  int count(String name) {
    return whole(name).orElse(0L).intValue();
  }

  boolean flag(String name) {
    return value(name).filter(value -> value instanceof Value.Flag(boolean set) && set).isPresent();
  }

  Optional<Long> amount(String name) {
    return value(name)
        .map(
            value ->
                switch (value) {
                  case Value.Amount(_, long base) -> base;
                  case Value.Whole(long number) -> number;
                  case Value _ -> null;
                });
  }

  Optional<Duration> duration(String name) {
    return amount(name).map(Duration::ofMillis);
  }

  Percent share(String name) {
    return amount(name).map(Percent::new).orElse(Percent.ZERO);
  }

  /// A word or name as written.
  Optional<String> word(String name) {
    return value(name).map(value -> value instanceof Value.Name(var path, _) ? path.text() : null);
  }

  List<String> words(String name) {
    return elements(name).stream()
        .flatMap(
            e ->
                e.value() instanceof Value.Name(var path, _)
                    ? java.util.stream.Stream.of(path.text())
                    : java.util.stream.Stream.empty())
        .toList();
  }

  /// A word as the constant of an enum with that name.
  <E extends Enum<E>> Optional<E> constant(String name, Class<E> type) {
    return word(name).map(word -> Enum.valueOf(type, word.toUpperCase(Locale.ROOT)));
  }

  Optional<Ipv4> address(String name) {
    return value(name).map(value -> value instanceof Value.Address(Ipv4 found) ? found : null);
  }

  Optional<Cidr> prefix(String name) {
    return value(name).map(value -> value instanceof Value.Prefix(Cidr found) ? found : null);
  }

  List<Cidr> prefixes(String name) {
    List<Cidr> found = new ArrayList<>();
    for (Value.Placed element : elements(name)) {
      if (element.value() instanceof Value.Prefix(Cidr prefix)) {
        found.add(prefix);
      }
    }
    return found;
  }

  Optional<LocalTime> time(String name) {
    return value(name).map(value -> value instanceof Value.Moment(LocalTime found) ? found : null);
  }

  Optional<NumberSet> numbers(String name) {
    return value(name).map(value -> value instanceof Value.Numbers(NumberSet set) ? set : null);
  }

  /// The amounts of all resources that are given here.
  Amounts amounts() {
    EnumMap<Resource, Long> values = new EnumMap<>(Resource.class);
    for (Resource resource : Resource.values()) {
      amount(resource.word()).ifPresent(amount -> values.put(resource, amount));
    }
    return new Amounts(values);
  }

  /// The shares of all resources that are given here or have a default.
  Map<Resource, Percent> shares() {
    EnumMap<Resource, Percent> values = new EnumMap<>(Resource.class);
    for (Resource resource : Resource.values()) {
      amount(resource.word()).ifPresent(share -> values.put(resource, new Percent(share)));
    }
    return values;
  }
}
