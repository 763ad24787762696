package io.gops.plan;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/// Values that stand in a file once and are named by the tasks that have them: `p1`, `p2`.
///
/// @param <T> what is named; most are the same object in many tasks, of which the second is found
///     without being compared
public final class Names<T> {
  private final String prefix;
  private final BiConsumer<String, T> first;
  private final Map<T, String> names = new LinkedHashMap<>();
  private final IdentityHashMap<T, String> known = new IdentityHashMap<>();

  /// @param first is told the name and the value when a value is seen for the first time
  public Names(String prefix, BiConsumer<String, T> first) {
    this.prefix = prefix;
    this.first = first;
  }

  /// The name of a value.
  public String of(T value) {
    return known.computeIfAbsent(value, this::equal);
  }

  private String equal(T value) {
    String name = names.get(value);
    if (name == null) {
      name = prefix + (names.size() + 1);
      names.put(value, name);
      first.accept(name, value);
    }
    return name;
  }

  /// The names by value, in the order in which they were given.
  public Map<T, String> all() {
    return Collections.unmodifiableMap(names);
  }
}
