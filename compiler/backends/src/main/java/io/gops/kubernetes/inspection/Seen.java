package io.gops.kubernetes.inspection;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Parts of objects that were looked at and were right. Pods of one shape share most of their
/// parts, so of a thousand pods only the few parts that differ are walked. Safe for several
/// threads.
final class Seen {
  private final Set<Part> parts = ConcurrentHashMap.newKeySet();

  /// The very same objects, not equal ones.
  private record Part(Object value, Object rules) {
    @Override
    @SuppressWarnings("ReferenceEquality") // Finding out whether others are equal is a walk, too.
    public boolean equals(Object other) {
      return other instanceof Part part && part.value == value && part.rules == rules;
    }

    @Override
    public int hashCode() {
      return 31 * System.identityHashCode(value) + System.identityHashCode(rules);
    }
  }

  boolean contains(Object value, Object rules) {
    return parts.contains(new Part(value, rules));
  }

  void add(Object value, Object rules) {
    parts.add(new Part(value, rules));
  }
}
