package io.gops.fleet;

import io.gops.source.Origins;
import io.gops.source.Place;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Fields that people add to a generated Kubernetes object, or replace in it. No proof covers them.
///
/// @param object the kind of the object: `Pod`, `GameServerSet`
public record Patch(String object, Fields fields, Origins origins) {
  /// What a field holds; each knows where it was written.
  public sealed interface Content {
    Optional<Place> place();
  }

  /// Fields by name.
  public record Fields(SortedMap<String, Content> members, Optional<Place> place)
      implements Content {
    public Fields {
      members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
    }
  }

  public record Elements(List<Content> items, Optional<Place> place) implements Content {
    public Elements {
      items = List.copyOf(items);
    }
  }

  public record Text(Interpolation text, Optional<Place> place) implements Content {}

  public record Whole(long number, Optional<Place> place) implements Content {}

  public record Flag(boolean set, Optional<Place> place) implements Content {}

  /// A time span; where Kubernetes counts seconds, the number of them.
  public record Span(Duration duration, Optional<Place> place) implements Content {}
}
