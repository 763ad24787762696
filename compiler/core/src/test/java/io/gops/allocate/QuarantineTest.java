package io.gops.allocate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.diagnostic.Diagnostics;
import io.gops.source.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineTest {
  @TempDir Path folder;

  /// The lock after a compile that claims exactly these names, each a number from 1 to `last`.
  private static Lock compile(Lock before, long last, Iterable<String> names) {
    Assignments assignments = new Assignments(before);
    names.forEach(
        name -> assertTrue(assignments.claim("rule", "fleet", name, 1, last).isPresent(), name));
    return reread(assignments.toLock());
  }

  private static Lock compile(Lock before, long last, String... names) {
    return compile(before, last, Arrays.asList(names));
  }

  private static Lock reread(Lock lock) {
    Diagnostics diagnostics = new Diagnostics();
    Lock read = LockReader.read(new SourceFile("lock/prod.lock", lock.print()), diagnostics);
    assertEquals(List.of(), diagnostics.sorted());
    assertEquals(lock, read);
    return read;
  }

  private static long number(Lock lock, String name) {
    String value = lock.records().get(new Lock.Key("rule", "fleet", name));
    return Long.parseLong(String.valueOf(value));
  }

  @Test
  void aFreedNumberRestsBeforeSomebodyElseGetsIt() {
    // Of three numbers two are taken, so whoever comes gets what is free, if it may.
    Lock lock = compile(Lock.EMPTY, 3, "a", "b");
    long freed = number(lock, "b");
    Lock without = compile(lock, 3, "a");
    Lock next = compile(without, 3, "a", "c");
    assertNotEquals(freed, number(next, "c"));
    assertTrue(next.print().contains("rule fleet b freed " + freed + " 1\n"), next.print());
  }

  @Test
  void restingNumbersAreNamed() {
    Lock lock = compile(compile(Lock.EMPTY, 1_000, "a", "b", "c"), 1_000, "a", "b");
    Assignments assignments = new Assignments(lock);
    assignments.claim("rule", "fleet", "a", 1, 1_000);
    Map<Long, String> resting = assignments.resting("rule", "fleet");
    assertEquals(Set.of("b", "c"), new HashSet<>(resting.values()));
    assertEquals("b", resting.get(number(compile(Lock.EMPTY, 1_000, "a", "b", "c"), "b")));
    assertEquals(Map.of(), assignments.resting("vni", "fleet"));
  }

  @Test
  void whoComesBackHasItsNumberAgain() {
    Lock lock = compile(Lock.EMPTY, 1_000, "a", "b");
    Lock back = compile(compile(lock, 1_000, "a"), 1_000, "a", "b");
    assertEquals(lock, back);
  }

  @Test
  void whoComesBackTooLateGetsAnother() {
    Lock lock = compile(Lock.EMPTY, 2, "a", "b");
    // Nothing else is left for c, so it takes what rests.
    Lock taken = compile(compile(lock, 2, "a"), 2, "a", "c");
    assertEquals(number(lock, "b"), number(taken, "c"));
    assertFalse(taken.print().contains("freed"), taken.print());
    Lock late = compile(compile(taken, 2, "c"), 2, "b", "c");
    assertNotEquals(number(taken, "c"), number(late, "b"));
  }

  @Test
  void aCompileThatFreesNothingChangesNothing() {
    Lock lock = compile(compile(Lock.EMPTY, 1_000, "a", "b"), 1_000, "a");
    assertEquals(lock.print(), compile(lock, 1_000, "a").print());
  }

  @Test
  void itRestsForAsManyCompilesAsItSays() {
    Lock lock = compile(compile(Lock.EMPTY, 100_000, "gone", "a", "b"), 100_000, "a", "b");
    int generations = 0;
    while (lock.print().contains(" gone freed ")) {
      // Each compile frees one name and takes another.
      generations++;
      lock = compile(lock, 100_000, "a", "b" + generations);
    }
    assertEquals(Quarantine.GENERATIONS, generations);
    assertEquals(
        Quarantine.GENERATIONS, lock.print().lines().filter(l -> l.contains(" freed ")).count());
  }

  @Test
  void aHostThatIsCalledByANumberIsNoNumber() {
    Assignments assignments = new Assignments(Lock.EMPTY);
    assignments.record("placement", "fleet", "10001", "17");
    assertEquals(Lock.EMPTY, new Assignments(assignments.toLock()).toLock());
  }

  /// Whatever comes and goes: nobody gets a number that somebody else had within the last
  /// generations, as long as there are others.
  @Property(tries = 200)
  void noNumberChangesHandsTooSoon(
      @ForAll @Size(min = 1, max = 30) List<@Size(max = 6) Set<@IntRange(max = 11) Integer>> runs) {
    Map<Long, String> owner = new HashMap<>();
    Map<Long, Integer> freedAt = new HashMap<>();
    Lock lock = Lock.EMPTY;
    int generation = 0;
    for (Set<Integer> run : runs) {
      Lock before = lock;
      lock = compile(before, 200, new TreeSet<>(run).stream().map(i -> "n" + i).toList());
      Set<Long> gone = new HashSet<>();
      for (var record : before.records().entrySet()) {
        String now = String.valueOf(lock.records().get(record.getKey()));
        if (!Quarantine.isFreed(record.getValue()) && !now.equals(record.getValue())) {
          gone.add(Long.parseLong(record.getValue()));
        }
      }
      generation += gone.isEmpty() ? 0 : 1;
      for (long number : gone) {
        freedAt.put(number, generation);
      }
      for (var record : lock.records().entrySet()) {
        if (!Quarantine.isFreed(record.getValue())) {
          long number = Long.parseLong(record.getValue());
          String last = owner.put(number, record.getKey().name());
          if (last != null && !last.equals(record.getKey().name())) {
            int rested = generation - freedAt.getOrDefault(number, 0);
            assertTrue(rested >= Quarantine.GENERATIONS, number + " rested for " + rested);
          }
        }
      }
    }
  }

  /// Two branches free and take different names; git merges their locks without help.
  @Test
  void gitMergesWhatTwoBranchesFreedAndTook() throws Exception {
    TreeSet<String> names = new TreeSet<>();
    for (int i = 0; i < 100; i++) {
      names.add("zone-%03d".formatted(i));
    }
    Lock base = compile(Lock.EMPTY, 100_000, names);
    TreeSet<String> ours = new TreeSet<>(names);
    ours.remove("zone-010");
    ours.add("zone-025-new");
    TreeSet<String> theirs = new TreeSet<>(names);
    theirs.remove("zone-070");
    theirs.add("zone-085-new");
    Lock one = compile(base, 100_000, ours);
    Lock two = compile(base, 100_000, theirs);
    String text = merge(base, one, two);
    Diagnostics diagnostics = new Diagnostics();
    Lock merged = LockReader.read(new SourceFile("lock/prod.lock", text), diagnostics);
    assertEquals(List.of(), diagnostics.sorted(), text);
    TreeSet<String> both = new TreeSet<>(ours);
    both.retainAll(theirs);
    both.addAll(List.of("zone-025-new", "zone-085-new"));
    // The merged source finds everything in place, and what either branch freed still rests.
    assertEquals(merged.print(), compile(merged, 100_000, both).print());
    assertEquals(number(one, "zone-025-new"), number(merged, "zone-025-new"));
    assertEquals(number(two, "zone-085-new"), number(merged, "zone-085-new"));
    assertTrue(merged.print().contains("rule fleet zone-010 freed "));
    assertTrue(merged.print().contains("rule fleet zone-070 freed "));
  }

  private String merge(Lock base, Lock one, Lock two) throws IOException, InterruptedException {
    Files.writeString(folder.resolve("base"), base.print());
    Files.writeString(folder.resolve("one"), one.print());
    Files.writeString(folder.resolve("two"), two.print());
    Process git =
        new ProcessBuilder("git", "merge-file", "-p", "one", "base", "two")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, git.waitFor(), text);
    return text;
  }
}
