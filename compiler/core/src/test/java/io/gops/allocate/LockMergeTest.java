package io.gops.allocate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.diagnostic.Diagnostics;
import io.gops.source.SourceFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/// Two locks become one.
class LockMergeTest {
  @Property(tries = 500)
  void theResultIsReadableAndDoesNotDependOnTheDirection(
      @ForAll("locks") Lock base, @ForAll("locks") Lock ours, @ForAll("locks") Lock theirs) {
    LockMerge there =
        LockMerge.of(new ConflictedLock(Optional.of(base), ours, theirs), LockMergeTest::runs);
    LockMerge back =
        LockMerge.of(new ConflictedLock(Optional.of(base), theirs, ours), LockMergeTest::runs);
    assertEquals(there.lock(), back.lock());
    Diagnostics found = new Diagnostics();
    Lock read = LockReader.read(new SourceFile("x.lock", there.lock().print()), found);
    assertEquals(List.of(), found.sorted());
    assertEquals(there.lock(), read);
  }

  @Property(tries = 500)
  void whatRunsKeepsWhatTheBaseHasUnlessOneBranchFreedIt(
      @ForAll("locks") Lock base, @ForAll("locks") Lock ours, @ForAll("locks") Lock theirs) {
    Lock merged =
        LockMerge.of(new ConflictedLock(Optional.of(base), ours, theirs), LockMergeTest::runs)
            .lock();
    base.records()
        .forEach(
            (key, value) -> {
              boolean bothStill =
                  ours.records().containsKey(key)
                      && theirs.records().containsKey(key)
                      && !ours.records().get(key).equals(theirs.records().get(key));
              boolean neitherAlone =
                  !value.equals(ours.records().get(key))
                      && !value.equals(theirs.records().get(key));
              boolean unchanged =
                  value.equals(ours.records().get(key)) && value.equals(theirs.records().get(key));
              if (runs(key.name()) && ((bothStill && neitherAlone) || unchanged)) {
                String kept = merged.records().getOrDefault(key, "");
                assertTrue(
                    kept.equals(value) || numberIsOfAnotherThatRuns(merged, key, value),
                    key + " " + value + "\n" + merged.print());
              }
            });
  }

  private static boolean numberIsOfAnotherThatRuns(Lock merged, Lock.Key key, String value) {
    return merged.records().entrySet().stream()
        .anyMatch(
            record ->
                !record.getKey().equals(key)
                    && record.getValue().equals(value)
                    && runs(record.getKey().name()));
  }

  @Property(tries = 200)
  void aBranchThatChangedNothingBringsNothing(
      @ForAll("locks") Lock base, @ForAll("locks") Lock theirs) {
    ConflictedLock conflict = new ConflictedLock(Optional.of(base), base, theirs);
    assertEquals(theirs, LockMerge.of(conflict, _ -> false).lock());
  }

  @Test
  void markersWithAndWithoutTheBaseAreRead() {
    String text =
        """
        # Assigned by gopsc; commit it, do not edit it.
        vni fleet blue 1
        <<<<<<< HEAD
        vni fleet green 2
        ||||||| base
        vni fleet green 7
        =======
        vni fleet green 3
        >>>>>>> other
        vni fleet red 4
        """;
    ConflictedLock conflict = ConflictedLock.of(text);
    assertEquals(lock(Map.of("blue", "1", "green", "2", "red", "4")), conflict.ours());
    assertEquals(lock(Map.of("blue", "1", "green", "3", "red", "4")), conflict.theirs());
    assertEquals(Optional.of(lock(Map.of("blue", "1", "green", "7", "red", "4"))), conflict.base());
    String without = text.replaceAll("(?s)\\|{7} base\n.*?(={7})", "$1");
    assertEquals(Optional.empty(), ConflictedLock.of(without).base());
  }

  @Test
  void aNumberThatOneBranchFreedAndTheOtherUsesIsInUse() {
    Lock ours = lock(Map.of("blue", "freed 1 3"));
    Lock theirs = lock(Map.of("blue", "1"));
    assertEquals(
        theirs,
        LockMerge.of(new ConflictedLock(Optional.empty(), ours, theirs), _ -> false).lock());
    Lock later = lock(Map.of("blue", "freed 1 12"));
    assertEquals(
        later, LockMerge.of(new ConflictedLock(Optional.empty(), ours, later), _ -> false).lock());
  }

  private static Lock lock(Map<String, String> vnis) {
    SortedMap<Lock.Key, String> records = new TreeMap<>();
    vnis.forEach((name, value) -> records.put(new Lock.Key("vni", "fleet", name), value));
    return new Lock(records);
  }

  private static boolean runs(String name) {
    return name.compareTo("d") < 0;
  }

  @Provide
  Arbitrary<Lock> locks() {
    Arbitrary<String> names = Arbitraries.strings().withCharRange('a', 'h').ofLength(1);
    Arbitrary<Integer> numbers = Arbitraries.integers().between(1, 12);
    return Arbitraries.maps(names, numbers)
        .ofMaxSize(8)
        .map(
            map -> {
              TreeMap<String, String> unique = new TreeMap<>();
              map.forEach(
                  (name, number) -> {
                    if (!unique.containsValue(number.toString())) {
                      unique.put(name, number.toString());
                    }
                  });
              return lock(unique);
            });
  }
}
