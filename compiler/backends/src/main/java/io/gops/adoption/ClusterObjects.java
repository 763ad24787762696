package io.gops.adoption;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The objects of a cluster, found by kind and name.
final class ClusterObjects {
  private final SortedMap<String, Manifest> byName = new TreeMap<>();
  private final SortedMap<String, List<Manifest>> byKind = new TreeMap<>();

  ClusterObjects(List<Manifest> manifests) {
    for (Manifest manifest : manifests) {
      byName.put(key(manifest.kind(), manifest.namespace(), manifest.name()), manifest);
      byKind.computeIfAbsent(manifest.kind(), _ -> new ArrayList<>()).add(manifest);
    }
  }

  private static String key(String kind, String namespace, String name) {
    return kind + " " + namespace + "/" + name;
  }

  Optional<Manifest> find(String kind, String namespace, String name) {
    return Optional.ofNullable(byName.get(key(kind, namespace, name)));
  }

  /// All of a kind, in the order in which they were read.
  List<Manifest> of(String kind) {
    return byKind.getOrDefault(kind, List.of());
  }

  /// The objects of a kind that scale, guard or describe a set, by a path to its name.
  List<Manifest> of(String kind, ServerSet set, String... pathToName) {
    return of(kind).stream()
        .filter(manifest -> manifest.namespace().equals(set.manifest().namespace()))
        .filter(manifest -> manifest.text(pathToName).equals(Optional.of(set.name())))
        .toList();
  }
}
