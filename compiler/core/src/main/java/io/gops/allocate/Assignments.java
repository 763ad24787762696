package io.gops.allocate;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The assignments of one compile: what the old lock says stays, what is new starts at a hash of
/// its name and probes, so that two branches rarely collide and adding one thing renumbers nothing.
///
/// Records that nobody claims again are dropped from the new lock. Not safe for several threads:
/// allocation is one pass in sorted order.
public final class Assignments {
  private final Lock old;
  private final TreeMap<Lock.Key, String> claimed = new TreeMap<>();
  private final Map<Space, Set<Long>> taken = new HashMap<>();

  public Assignments(Lock old) {
    this.old = old;
    old.records()
        .forEach(
            (key, value) -> number(value).ifPresent(n -> taken(key.kind(), key.space()).add(n)));
  }

  private record Space(String kind, String space) {}

  /// The number of `name`, unique among the numbers of this kind and space.
  ///
  /// @param first smallest number allowed
  /// @param last largest number allowed
  /// @return absent when no number is free
  public Optional<Long> claim(String kind, String space, String name, long first, long last) {
    Lock.Key key = new Lock.Key(kind, space, name);
    Optional<Long> kept =
        Optional.ofNullable(claimed.getOrDefault(key, old.records().get(key)))
            .flatMap(Assignments::number)
            .filter(n -> n >= first && n <= last);
    Optional<Long> found = kept.isPresent() ? kept : free(key, first, last);
    found.ifPresent(
        n -> {
          taken(kind, space).add(n);
          claimed.put(key, Long.toString(n));
        });
    return found;
  }

  /// What the old lock says of a record that is not a plain number.
  public Optional<String> previous(String kind, String space, String name) {
    return Optional.ofNullable(old.records().get(new Lock.Key(kind, space, name)));
  }

  /// Records something that was decided elsewhere, for example a placement.
  ///
  /// @param value without line ends
  public void record(String kind, String space, String name, String value) {
    claimed.put(new Lock.Key(kind, space, name), value);
  }

  /// Everything claimed or recorded so far.
  public Lock toLock() {
    return new Lock(claimed);
  }

  private Optional<Long> free(Lock.Key key, long first, long last) {
    Set<Long> used = taken(key.kind(), key.space());
    long size = last - first + 1;
    if (size <= 0) {
      return Optional.empty();
    }
    long start = Long.remainderUnsigned(hash(key.name()), size);
    for (long step = 0; step < size; step++) {
      long candidate = first + (start + step) % size;
      if (!used.contains(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private Set<Long> taken(String kind, String space) {
    return taken.computeIfAbsent(new Space(kind, space), _ -> new HashSet<>());
  }

  private static Optional<Long> number(String value) {
    return value.chars().allMatch(c -> c >= '0' && c <= '9') && value.length() < 19
        ? Optional.of(Long.parseLong(value))
        : Optional.empty();
  }

  /// FNV-1a, 64 bit: the same on every machine.
  private static long hash(String name) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return hash ^ hash >>> 32;
  }
}
