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
  private final Spaces claimed = new Spaces();
  private final Map<Space, Set<Long>> taken = new HashMap<>();

  public Assignments(Lock old) {
    this.old = old;
    this.quarantine = new Quarantine(old);
  }

  private record Space(String kind, String space) {}

  /// The number of `name`, unique among the numbers of this kind and space.
  ///
  /// @param first smallest number allowed
  /// @param last largest number allowed
  /// @return absent when no number is free
  public Optional<Long> claim(String kind, String space, String name, long first, long last) {
    Map<String, String> claims = claimed.of(kind, space);
    String before = claims.getOrDefault(name, old.names(kind, space).getOrDefault(name, ""));
    Optional<Long> kept = number(before).filter(n -> n >= first && n <= last);
    if (kept.isPresent()) {
      claims.put(name, before);
      return kept;
    }
    Optional<Long> found = anew(new Lock.Key(kind, space, name), first, last);
    found.ifPresent(
        n -> {
          taken(kind, space).add(n);
          claims.put(name, Long.toString(n));
        });
    return found;
  }

  /// A number for somebody who has none, or one that is not allowed any more.
  private Optional<Long> anew(Lock.Key key, long first, long last) {
    return quarantine
        .of(key)
        .filter(n -> n >= first && n <= last && !taken(key.kind(), key.space()).contains(n))
        .or(() -> free(key, first, last));
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
    return Optional.ofNullable(old.names(kind, space).get(name))
        .filter(value -> !Quarantine.isFreed(value));
  }

  /// Records something that was decided elsewhere, for example a placement.
  ///
  /// @param value without line ends
  public void record(String kind, String space, String name, String value) {
    claimed.of(kind, space).put(name, value);
  }

  /// Everything claimed or recorded so far, and what rests.
  public Lock toLock() {
    SortedMap<Lock.Key, String> records = claimed.records();
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

  /// The numbers that somebody has or had: counted when the first new one is wanted, because most
  /// compiles want none.
  private Set<Long> taken(String kind, String space) {
    return taken.computeIfAbsent(
        new Space(kind, space),
        _ -> {
          Set<Long> numbers = new HashSet<>();
          old.names(kind, space).values().forEach(value -> number(value).ifPresent(numbers::add));
          claimed.of(kind, space).values().forEach(v -> number(v).ifPresent(numbers::add));
          return numbers;
        });
  }

  static Optional<Long> number(String value) {
    return isNumber(value) ? Optional.of(Long.parseLong(value)) : Optional.empty();
  }

  private static boolean isNumber(String value) {
    if (value.isEmpty() || value.length() >= 19) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return false;
      }
    }
    return true;
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
