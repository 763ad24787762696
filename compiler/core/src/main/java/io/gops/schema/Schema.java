package io.gops.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
