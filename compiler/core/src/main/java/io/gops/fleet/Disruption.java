package io.gops.fleet;

import io.gops.source.Origins;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/// How many servers of one side others may take away at the same time.
///
/// @param against what is refused beyond that
public record Disruption(int atMost, SortedSet<Operation> against, Origins origins) {
  /// What takes a server away.
  public enum Operation {
    EVICTION,
    DELETION,
    /// Of the pod in place: its images, labels or annotations.
    UPDATE
  }

  public Disruption {
    against = Collections.unmodifiableSortedSet(new TreeSet<>(against));
  }
}
