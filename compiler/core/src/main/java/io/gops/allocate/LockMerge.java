package io.gops.allocate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Brings the locks of two branches together, with the same result whichever was merged into which.
///
/// What only one branch changed is as that branch has it. A name that both gave something keeps
/// what runs: the value of the base if its group runs, otherwise the first in order. A number that
/// two names have stays with the one that runs, then with the one of the base, then with the first
/// by name; the other has none until the next compile.
///
/// @param lock what is left
/// @param kept records that both branches have alike
/// @param taken records that one branch alone has added, changed or freed
/// @param settled names with a value in each branch, and what was decided
/// @param dropped names that lost their number to another
public record LockMerge(
    Lock lock, int kept, int taken, List<Settled> settled, List<Dropped> dropped) {
  public LockMerge {
    settled = List.copyOf(settled);
    dropped = List.copyOf(dropped);
  }

  /// One name with two values.
  ///
  /// @param value the one that stays
  /// @param other the one that does not
  /// @param isRunning whether it stays because it runs
  public record Settled(Lock.Key key, String value, String other, boolean isRunning) {}

  /// One number with two names.
  ///
  /// @param holder who keeps it
  /// @param isRunning whether the holder keeps it because it runs
  public record Dropped(Lock.Key key, String value, Lock.Key holder, boolean isRunning) {}

  /// @param runs whether something runs under a name of the lock
  public static LockMerge of(ConflictedLock conflict, Predicate<String> runs) {
    Merging merging = new Merging(conflict, runs);
    TreeSet<Lock.Key> keys = new TreeSet<>(conflict.ours().records().keySet());
    keys.addAll(conflict.theirs().records().keySet());
    keys.forEach(merging::settle);
    return merging.withoutSharedNumbers();
  }

  private record Given(String kind, String space, long number) {}

  private static final class Merging {
    private final ConflictedLock conflict;
    private final Predicate<String> runs;
    private final TreeMap<Lock.Key, String> records = new TreeMap<>();
    private final List<Settled> settled = new ArrayList<>();
    private int kept;
    private int taken;

    private Merging(ConflictedLock conflict, Predicate<String> runs) {
      this.conflict = conflict;
      this.runs = runs;
    }

    private void settle(Lock.Key key) {
      Optional<String> ours = value(conflict.ours(), key);
      Optional<String> theirs = value(conflict.theirs(), key);
      Optional<String> base = conflict.base().flatMap(lock -> value(lock, key));
      if (ours.equals(theirs)) {
        kept++;
        ours.ifPresent(value -> records.put(key, value));
      } else if (conflict.base().isPresent() && ours.equals(base)) {
        taken++;
        theirs.ifPresent(value -> records.put(key, value));
      } else if (conflict.base().isPresent() && theirs.equals(base)) {
        taken++;
        ours.ifPresent(value -> records.put(key, value));
      } else if (ours.isPresent() && theirs.isPresent()) {
        decide(key, ours.get(), theirs.get(), base);
      } else {
        taken++;
        ours.or(() -> theirs).ifPresent(value -> records.put(key, value));
      }
    }

    private void decide(Lock.Key key, String ours, String theirs, Optional<String> base) {
      boolean isRunning = base.isPresent() && runs.test(key.name());
      String first = first(ours, theirs);
      String value = isRunning ? base.get() : first;
      records.put(key, value);
      settled.add(new Settled(key, value, first.equals(ours) ? theirs : ours, isRunning));
    }

    /// A number that one branch freed and the other still uses is in use; of two that rest, the one
    /// that was freed later rests longer.
    private static String first(String ours, String theirs) {
      boolean oursRests = Quarantine.isFreed(ours);
      boolean theirsRests = Quarantine.isFreed(theirs);
      if (oursRests != theirsRests) {
        return oursRests ? theirs : ours;
      }
      boolean keepsOurs =
          oursRests
              ? Quarantine.since(ours) >= Quarantine.since(theirs)
              : ours.compareTo(theirs) <= 0;
      return keepsOurs ? ours : theirs;
    }

    private LockMerge withoutSharedNumbers() {
      Map<Given, Lock.Key> holders = new HashMap<>();
      TreeMap<Lock.Key, String> result = new TreeMap<>();
      List<Dropped> dropped = new ArrayList<>();
      Comparator<Map.Entry<Lock.Key, String>> rank =
          Comparator.comparing(
                  (Map.Entry<Lock.Key, String> record) -> !runs.test(record.getKey().name()))
              .thenComparing(
                  record -> !value(conflict.base(), record.getKey()).equals(record.getValue()))
              .thenComparing(Map.Entry::getKey);
      for (var record : records.entrySet().stream().sorted(rank).toList()) {
        Lock.Key key = record.getKey();
        Optional<Given> given =
            Assignments.number(record.getValue())
                .filter(_ -> !Quarantine.isWord(key.kind()))
                .map(number -> new Given(key.kind(), key.space(), number));
        Lock.Key holder = given.map(number -> holders.putIfAbsent(number, key)).orElse(null);
        if (holder == null) {
          result.put(key, record.getValue());
        } else {
          dropped.add(new Dropped(key, record.getValue(), holder, runs.test(holder.name())));
        }
      }
      dropped.sort(Comparator.comparing(Dropped::key));
      return new LockMerge(new Lock(result), kept, taken, settled, dropped);
    }

    private static Optional<String> value(Lock lock, Lock.Key key) {
      return Optional.ofNullable(lock.records().get(key));
    }

    private static String value(Optional<Lock> lock, Lock.Key key) {
      return lock.flatMap(known -> value(known, key)).orElse("");
    }
  }
}
