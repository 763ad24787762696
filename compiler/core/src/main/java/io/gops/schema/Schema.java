package io.gops.schema;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Every kind that may stand at the top level of a file, with all that may stand inside it.
///
/// @param kinds by name, in the order in which documentation lists them
public record Schema(Map<String, Kind> kinds) {
  public Schema {
    kinds = Collections.unmodifiableMap(new LinkedHashMap<>(kinds));
  }

  /// Made at the first use.
  private static final class Language {
    static final Schema SCHEMA = describe();
  }

  /// The language.
  public static Schema language() {
    return Language.SCHEMA;
  }

  /// The first kind of that name in the order of the schema, outer kinds first: what a template of
  /// it is a template of.
  ///
  /// @param variant the word that picks a variant of it; absent for a kind without variants
  public Optional<Kind> anywhere(String word, Optional<String> variant) {
    return find(word, variant, kinds.values());
  }

  private static Optional<Kind> find(
      String word, Optional<String> variant, Collection<Kind> kinds) {
    for (Kind kind : kinds) {
      boolean same = kind.name().equals(word);
      if (same && variant.isEmpty() && kind.variants().isEmpty()) {
        return Optional.of(kind);
      }
      if (same && variant.isPresent() && kind.variants().containsKey(variant.get())) {
        return Optional.ofNullable(kind.variants().get(variant.get()));
      }
    }
    for (Kind kind : kinds) {
      Optional<Kind> inner = find(word, variant, kind.nested().values());
      if (inner.isPresent()) {
        return inner;
      }
      Optional<Kind> deeper =
          find(
              word,
              variant,
              kind.variants().values().stream()
                  .flatMap(v -> v.nested().values().stream())
                  .toList());
      if (deeper.isPresent()) {
        return deeper;
      }
    }
    return Optional.empty();
  }

  private static Schema describe() {
    Map<String, Kind> kinds = new LinkedHashMap<>();
    List.of(
            FleetKinds.kinds(),
            ClusterKinds.kinds(),
            SiteKinds.kinds(),
            NetworkKinds.kinds(),
            GameKinds.kinds(),
            ZonesKinds.kinds(),
            ReleaseKinds.kinds())
        .forEach(group -> group.forEach(kind -> kinds.put(kind.name(), kind)));
    return new Schema(kinds);
  }
}
