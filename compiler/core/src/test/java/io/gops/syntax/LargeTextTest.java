package io.gops.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.diagnostic.Code;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/// Texts of a size or shape that nobody writes by hand.
class LargeTextTest {
  @Test
  void tenMegabytesOfDeclarations() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 80_000; i++) {
      text.append("/// Zones of shard ").append(i).append('\n');
      text.append("zones shard-").append(i).append(" from Standard {\n");
      text.append("  game = clx, ids = ").append(i).append("..").append(i).append('\n');
      text.append("  pair { initial = a, standby = stopped }  // login moves\n}\n\n");
    }
    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    Parsed parsed = Parsed.of(text.toString());
    long millis =
        (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1_000_000;
    assertEquals("", parsed.report());
    assertEquals(80_000, parsed.tree().declarations().size());
    System.out.println(text.length() + " characters in " + millis + " ms of CPU time");
    assertTrue(millis < 10_000, millis + " ms");
  }

  @Test
  void aThousandNestedBlocksGiveOneError() {
    Parsed parsed = Parsed.of("a { ".repeat(1000) + "} ".repeat(1000) + "\ngame clx {\n}\n");
    assertEquals("1:803 GOPS1013 nested deeper than 200 brackets", parsed.report());
    assertEquals(2, parsed.tree().declarations().size());
  }

  @Test
  void aThousandNestedListsOrParenthesesGiveOneError() {
    assertEquals(1, Parsed.of("a = " + "[".repeat(1000) + "]".repeat(1000)).errors().size());
    assertEquals(1, Parsed.of("a = " + "(".repeat(1000) + "1" + ")".repeat(1000)).errors().size());
  }

  @Test
  void bracketsThatAreNeverClosedEnd() {
    assertTrue(Parsed.of("a {".repeat(100_000)).errors().size() <= SyntaxErrors.LIMIT);
    assertTrue(Parsed.of("[".repeat(100_000)).errors().size() <= SyntaxErrors.LIMIT);
    assertTrue(Parsed.of("}\n".repeat(100_000)).errors().size() <= SyntaxErrors.LIMIT);
    assertTrue(Parsed.of("a {\n".repeat(100_000)).errors().size() <= SyntaxErrors.LIMIT);
  }

  @Test
  void longSumsAreRefusedNotRecursed() {
    Parsed parsed = Parsed.of("a = 1" + " + 1".repeat(100_000));
    assertEquals(1, parsed.errors().size());
    assertEquals(Code.GOPS1043, parsed.errors().getFirst().code());
    assertEquals(1, Parsed.of("a = " + "- ".repeat(100_000) + "1").errors().size());
  }

  @Test
  void longLinesListsAndPathsEnd() {
    assertEquals("", Parsed.of("a = [" + "1, ".repeat(200_000) + "]").report());
    assertEquals("", Parsed.of("a = b" + ".c".repeat(200_000)).report());
    assertEquals("", Parsed.of("a = \"" + "${b}".repeat(100_000) + "\"").report());
    assertEquals("", Parsed.of("a = \"" + "x".repeat(1_000_000) + "\"").report());
    assertEquals("", Parsed.of("kind" + " label".repeat(200_000) + " {\n}").report());
  }
}
