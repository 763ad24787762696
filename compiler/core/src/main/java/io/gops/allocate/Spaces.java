package io.gops.allocate;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Values by kind, space and name: the records of a lock, arranged to be asked for one at a time.
/// A fleet of ten thousand zones asks for a hundred thousand of them.
final class Spaces {
  private final Map<String, Map<String, Map<String, String>>> kinds = new HashMap<>();

  Spaces() {}

  /// @param records in the order of their keys, in which the names of one space stand together
  Spaces(SortedMap<Lock.Key, String> records) {
    String kind = "";
    String space = "";
    Map<String, String> names = Map.of();
    for (Map.Entry<Lock.Key, String> record : records.entrySet()) {
      Lock.Key key = record.getKey();
      if (!key.space().equals(space) || !key.kind().equals(kind)) {
        kind = key.kind();
        space = key.space();
        names = of(kind, space);
      }
      names.put(key.name(), record.getValue());
    }
  }

  /// The values of one kind and space by name, in no order; what is put there is in this.
  Map<String, String> of(String kind, String space) {
    return kinds
        .computeIfAbsent(kind, _ -> new HashMap<>())
        .computeIfAbsent(space, _ -> new HashMap<>());
  }

  /// The same to look at, empty when there is none; changes nothing, so several threads may ask.
  Map<String, String> find(String kind, String space) {
    return kinds.getOrDefault(kind, Map.of()).getOrDefault(space, Map.of());
  }

  /// All of them as records.
  SortedMap<Lock.Key, String> records() {
    SortedMap<Lock.Key, String> records = new TreeMap<>();
    kinds.forEach(
        (kind, spaces) ->
            spaces.forEach(
                (space, names) -> {
                  for (String name : new TreeSet<>(names.keySet())) {
                    records.put(new Lock.Key(kind, space, name), names.getOrDefault(name, ""));
                  }
                }));
    return records;
  }
}
