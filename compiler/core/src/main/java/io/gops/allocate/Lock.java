package io.gops.allocate;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What was assigned: one record a line, sorted, so that git merges line by line.
public final class Lock {
  public static final Lock EMPTY = new Lock(new TreeMap<>());

  private final SortedMap<Key, String> records;
  private volatile @Nullable Spaces spaces;

  public Lock(SortedMap<Key, String> records) {
    this.records = Collections.unmodifiableSortedMap(new TreeMap<>(records));
  }

  public SortedMap<Key, String> records() {
    return records;
  }

  /// What was assigned in one kind and space, by name; quicker to ask than [#records].
  Map<String, String> names(String kind, String space) {
    Spaces known = spaces;
    if (known == null) {
      known = new Spaces(records);
      spaces = known;
    }
    return Collections.unmodifiableMap(known.find(kind, space));
  }

  /// One assignment's name.
  ///
  /// @param kind what is assigned: `address`, `vni`, `ofport`, `placement`
  /// @param space inside which the value is unique: `vpc/wuxia`, `fleet`, `host/hz-g001`
  /// @param name whose it is: `clx-10001-a/0`
  public record Key(String kind, String space, String name) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int order = compare(kind, other.kind);
      order = order != 0 ? order : compare(space, other.space);
      return order != 0 ? order : name.compareTo(other.name);
    }

    /// Mostly both are the same text, and often the same object, which only `equals` asks first.
    private static int compare(String one, String other) {
      return one.equals(other) ? 0 : one.compareTo(other);
    }
  }

  /// The file's text: `kind space name value`, one record a line.
  public String print() {
    StringBuilder text = new StringBuilder("# Assigned by gopsc; commit it, do not edit it.\n");
    records.forEach(
        (key, value) ->
            text.append(key.kind)
                .append(' ')
                .append(key.space)
                .append(' ')
                .append(key.name)
                .append(' ')
                .append(value)
                .append('\n'));
    return text.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Lock lock && lock.records.equals(records);
  }

  @Override
  public int hashCode() {
    return records.hashCode();
  }
}
