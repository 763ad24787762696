package io.gops.allocate;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The assignments of one compile: what the old lock says stays, what is new starts at a hash of
/// its name and probes, so that two branches rarely collide and adding one thing renumbers nothing.
///
/// Who no longer claims a number loses it, but the number rests: switches may still remember
/// connections with it, so nobody else gets it before [Quarantine] is over. Whoever comes back
/// under the same name before that has it again. Not safe for several threads: allocation is one
/// pass in sorted order.
public final class Assignments {
  private final Lock old;
  private final Quarantine quarantine;
  private final TreeMap<Lock.Key, String> claimed = new TreeMap<>();
  private final Map<Space, Set<Long>> taken = new HashMap<>();

  public Assignments(Lock old) {
    this.old = old;
    this.quarantine = new Quarantine(old);
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
            .or(() -> quarantine.of(key).filter(n -> !taken(kind, space).contains(n)))
            .filter(n -> n >= first && n <= last);
    Optional<Long> found = kept.isPresent() ? kept : free(key, first, last);
    found.ifPresent(
        n -> {
          taken(kind, space).add(n);
          claimed.put(key, Long.toString(n));
        });
    return found;
  }

  /// The numbers of this kind and space that rest after what was claimed so far, and whose they
  /// were: nodes may still know connections by them.
  public SortedMap<Long, String> resting(String kind, String space) {
    SortedMap<Long, String> resting = new TreeMap<>();
    quarantine
        .after(claimed)
        .forEach(
            (key, value) -> {
              if (key.kind().equals(kind) && key.space().equals(space)) {
                resting.put(Quarantine.number(value), key.name());
              }
            });
    return resting;
  }

  /// What the old lock says of a record that is not a plain number.
  public Optional<String> previous(String kind, String space, String name) {
    return Optional.ofNullable(old.records().get(new Lock.Key(kind, space, name)))
        .filter(value -> !Quarantine.isFreed(value));
  }

  /// Records something that was decided elsewhere, for example a placement.
  ///
  /// @param value without line ends
  public void record(String kind, String space, String name, String value) {
    claimed.put(new Lock.Key(kind, space, name), value);
  }

  /// Everything claimed or recorded so far, and what rests.
  public Lock toLock() {
    TreeMap<Lock.Key, String> records = new TreeMap<>(claimed);
    records.putAll(quarantine.after(claimed));
    return new Lock(records);
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
      if (!used.contains(candidate) && !quarantine.rests(key, candidate)) {
        return Optional.of(candidate);
      }
    }
    // Rather the number that has rested longest than none.
    return quarantine.longestResting(key, n -> n >= first && n <= last && !used.contains(n));
  }

  private Set<Long> taken(String kind, String space) {
    return taken.computeIfAbsent(new Space(kind, space), _ -> new HashSet<>());
  }

  static Optional<Long> number(String value) {
    return !value.isEmpty()
            && value.length() < 19
            && value.chars().allMatch(c -> c >= '0' && c <= '9')
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
