package io.gops.allocate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.source.SourceFile;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class LockTest {
  private static List<Code> codes(String text) {
    Diagnostics diagnostics = new Diagnostics();
    LockReader.read(new SourceFile("lock/default.lock", text), diagnostics);
    return diagnostics.sorted().stream().map(Diagnostic::code).toList();
  }

  @Test
  void whatIsPrintedIsRead() {
    Assignments assignments = new Assignments(Lock.EMPTY);
    assignments.claim("vni", "fleet", "wuxia", 1, 100);
    assignments.record("placement", "fleet", "10001", "hz-g001,hz-g002");
    Lock lock = assignments.toLock();
    Diagnostics diagnostics = new Diagnostics();
    assertEquals(
        lock, LockReader.read(new SourceFile("lock/default.lock", lock.print()), diagnostics));
    assertFalse(diagnostics.hasErrors());
  }

  @Test
  void brokenLocksAreRefused() {
    assertEquals(List.of(Code.GOPS2901), codes("<<<<<<< HEAD\nvni fleet a 1\n"));
    assertEquals(List.of(Code.GOPS2902), codes("vni fleet\n"));
    assertEquals(List.of(Code.GOPS2903), codes("vni fleet a 1\nvni fleet a 2\n"));
    assertEquals(List.of(Code.GOPS2904), codes("vni fleet a 1\nvni fleet b 1\n"));
  }

  @Property(tries = 200)
  void namesKeepTheirNumberWhateverIsAdded(
      @ForAll Set<@AlphaChars @StringLength(min = 1, max = 6) String> names,
      @ForAll Set<@AlphaChars @StringLength(min = 1, max = 6) String> more) {
    TreeMap<String, Optional<Long>> before = new TreeMap<>();
    Assignments first = new Assignments(Lock.EMPTY);
    names.forEach(name -> before.put(name, first.claim("id", "fleet", name, 1, 1_000)));
    Assignments second = new Assignments(first.toLock());
    more.forEach(name -> second.claim("id", "fleet", name, 1, 1_000));
    Set<Long> numbers = new HashSet<>();
    names.forEach(
        name -> assertEquals(before.get(name), second.claim("id", "fleet", name, 1, 1_000)));
    second.toLock().records().values().forEach(n -> assertTrue(numbers.add(Long.valueOf(n))));
  }

  @Test
  void aFullRangeGivesNothing() {
    Assignments assignments = new Assignments(Lock.EMPTY);
    assertTrue(assignments.claim("id", "fleet", "a", 7, 7).isPresent());
    assertTrue(assignments.claim("id", "fleet", "b", 7, 7).isEmpty());
  }
}
