package io.gops.allocate;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongPredicate;

/// Numbers that nobody has any more and nobody else may have yet: a switch may still hold a
/// connection with the mark of a rule that is gone, or in the conntrack zone of a VPC that is gone.
///
/// A lock has no clock. Time is counted in compiles that free something: each is one generation,
/// and a number rests for [#GENERATIONS] of them. There is no counter that would have to be merged:
/// the present is the latest generation that any resting number names, and a resting number stays
/// in its own line, so git merges what two branches have freed.
final class Quarantine {
  static final int GENERATIONS = 8;

  /// First word of a resting number's value: `rule fleet NAME freed 4711 3`.
  private static final String FREED = "freed ";

  /// Kinds whose values are names, even where a name looks like a number.
  private static final Set<String> WORDS = Set.of("placement", "public-node");

  private final Lock old;
  private final SortedMap<Lock.Key, Rest> resting = new TreeMap<>();
  private final Map<Given, Rest> byNumber = new HashMap<>();

  /// @param key whose number it was
  private record Rest(Lock.Key key, long number, long since) {
    String print() {
      return FREED + number + " " + since;
    }
  }

  private record Given(String kind, String space, long number) {}

  Quarantine(Lock old) {
    this.old = old;
    old.records().forEach((key, value) -> read(key, value).ifPresent(this::add));
  }

  private static Optional<Rest> read(Lock.Key key, String value) {
    if (!isFreed(value)) {
      return Optional.empty();
    }
    String[] words = value.split(" ", -1);
    if (words.length != 3) {
      return Optional.empty();
    }
    Optional<Long> since = Assignments.number(words[2]);
    return Assignments.number(words[1])
        .flatMap(number -> since.map(generation -> new Rest(key, number, generation)));
  }

  /// Whether a record's value is a number that rests.
  static boolean isFreed(String value) {
    return value.startsWith(FREED);
  }

  /// Whether records of a kind hold names, which several things may share.
  static boolean isWord(String kind) {
    return WORDS.contains(kind);
  }

  /// The number that a value says rests.
  static long number(String freed) {
    return Long.parseLong(freed.split(" ", -1)[1]);
  }

  /// The generation since which a value says that its number rests.
  static long since(String freed) {
    return Assignments.number(freed.substring(freed.lastIndexOf(' ') + 1)).orElse(0L);
  }

  private void add(Rest rest) {
    resting.put(rest.key(), rest);
    byNumber.merge(
        new Given(rest.key().kind(), rest.key().space(), rest.number()),
        rest,
        (one, two) -> one.since() >= two.since() ? one : two);
  }

  /// The number that a name had before it was freed.
  Optional<Long> of(Lock.Key key) {
    return Optional.ofNullable(resting.get(key)).map(Rest::number);
  }

  /// Whether a number is not to be given to anybody but its former owner.
  boolean rests(Lock.Key key, long number) {
    return byNumber.containsKey(new Given(key.kind(), key.space(), number));
  }

  /// The number of the key's kind and space that has rested longest.
  Optional<Long> longestResting(Lock.Key key, LongPredicate fits) {
    return byNumber.values().stream()
        .filter(rest -> rest.key().kind().equals(key.kind()))
        .filter(rest -> rest.key().space().equals(key.space()))
        .filter(rest -> fits.test(rest.number()))
        .min(Comparator.comparingLong(Rest::since).thenComparingLong(Rest::number))
        .map(Rest::number);
  }

  /// The records of what rests when a compile has claimed what it needs.
  SortedMap<Lock.Key, String> after(Spaces claimed) {
    long now = resting.values().stream().mapToLong(Rest::since).max().orElse(0);
    SortedMap<Lock.Key, Rest> rests = new TreeMap<>(resting);
    for (Map.Entry<Lock.Key, String> record : old.records().entrySet()) {
      Lock.Key key = record.getKey();
      if (!WORDS.contains(key.kind()) && !isClaimed(key, claimed)) {
        Assignments.number(record.getValue())
            .ifPresent(number -> rests.put(key, new Rest(key, number, now + 1)));
      }
    }
    long latest = rests.values().stream().mapToLong(Rest::since).max().orElse(0);
    SortedMap<Lock.Key, String> records = new TreeMap<>();
    Map<String, Map<String, Set<Long>>> used = new HashMap<>();
    for (Rest rest : rests.values()) {
      Lock.Key key = rest.key();
      boolean over = rest.since() + GENERATIONS <= latest;
      if (!over && !isClaimed(key, claimed)) {
        boolean back =
            used.computeIfAbsent(key.kind(), _ -> new HashMap<>())
                .computeIfAbsent(key.space(), _ -> numbers(key, claimed))
                .contains(rest.number());
        if (!back) {
          records.put(key, rest.print());
        }
      }
    }
    return records;
  }

  private static boolean isClaimed(Lock.Key key, Spaces claimed) {
    return claimed.find(key.kind(), key.space()).containsKey(key.name());
  }

  /// The numbers that are claimed in the kind and space of a key.
  private static Set<Long> numbers(Lock.Key key, Spaces claimed) {
    Set<Long> numbers = new HashSet<>();
    claimed
        .find(key.kind(), key.space())
        .values()
        .forEach(value -> Assignments.number(value).ifPresent(numbers::add));
    return numbers;
  }
}
