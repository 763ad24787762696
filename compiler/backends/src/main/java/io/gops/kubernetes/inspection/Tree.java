package io.gops.kubernetes.inspection;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A part of an object: a map, a list, a scalar, or nothing.
///
/// @param value null where there is nothing
record Tree(@Nullable Object value) {
  private static final Tree NOTHING = new Tree(null);

  /// The part below the names; nothing when one of them is missing.
  Tree at(String... names) {
    Tree part = this;
    for (String name : names) {
      part = part.value instanceof Map<?, ?> map ? new Tree(map.get(name)) : NOTHING;
    }
    return part;
  }

  boolean isPresent() {
    return value != null;
  }

  /// The elements of a list; none of anything else.
  List<Tree> elements() {
    return value instanceof List<?> list ? list.stream().map(Tree::new).toList() : List.of();
  }

  /// The members of a map by name; none of anything else.
  Stream<Map.Entry<String, Tree>> members() {
    return value instanceof Map<?, ?> map
        ? map.entrySet().stream()
            .map(entry -> Map.entry((String) entry.getKey(), new Tree(entry.getValue())))
        : Stream.empty();
  }

  Optional<String> text() {
    return value instanceof String text ? Optional.of(text) : Optional.empty();
  }

  Optional<Long> number() {
    return value instanceof Number number ? Optional.of(number.longValue()) : Optional.empty();
  }

  /// The text or number that stands here as text; empty of anything else.
  String scalar() {
    return value instanceof Map || value instanceof List || value == null
        ? ""
        : String.valueOf(value);
  }

  boolean isTrue() {
    return Boolean.TRUE.equals(value);
  }
}
