package io.gops.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Texts that no person writes: each is a fleet, or has one error at its place.
class UnusualTextTest {
  private static final String IMAGE = "registry.example.com/chess:1.0@";
  private static final String LAST_LINE = "zones chess { game = chess";

  @TempDir Path dir;

  private String chess;

  @BeforeEach
  void read() throws IOException {
    chess = Files.readString(Run.ROOT.resolve("golden/newcomer-single-container/chess.gops"));
  }

  @Test
  void aThousandNestedBlocksAreAnError() throws IOException {
    Run blocks = check(("a {\n".repeat(1000) + "}\n".repeat(1000)).getBytes(UTF_8));
    assertEquals(3, blocks.code(), blocks.err());
    assertTrue(blocks.out().contains("error[GOPS1013]"), blocks.out());
    assertTrue(blocks.out().contains("fleet.gops:201:"), blocks.out());
    assertOneError("GOPS1013", "const a = " + "[".repeat(1000) + "]".repeat(1000) + "\n", 1);
    assertOneError("GOPS1013", "const a = " + "(".repeat(1000) + "1" + ")".repeat(1000), 1);
  }

  @Test
  void blocksThatAreNeverClosedAreAnError() throws IOException {
    Run run = check("a {\n".repeat(100_000).getBytes(UTF_8));
    assertEquals(3, run.code(), run.err());
  }

  @Test
  void aNulByteIsAnError() throws IOException {
    assertOneError("GOPS1002", chess.replace("chess {", "chess\0 {"), lineOf("game chess"));
    assertOneError("GOPS1002", "\0".repeat(100_000), 1);
  }

  @Test
  void utf16IsOneError() throws IOException {
    assertOneError("GOPS1001", check(chess.getBytes(UTF_16)), 1);
  }

  @Test
  void bytesThatAreNotUtf8AreOneError() throws IOException {
    String text = chess.replace("game chess {", "game chess { // \u00fc \u00e4");
    Run run = check(text.getBytes(ISO_8859_1));
    assertOneError("GOPS1001", run, lineOf("game chess"));
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheText() throws IOException {
    assertFleet("\uFEFF" + chess);
  }

  @Test
  void linesEndAsOnAnySystem() throws IOException {
    for (String end : List.of("\n", "\r\n", "\r")) {
      assertFleet(chess.replace("\n", end));
      String wrong = chess.replace(LAST_LINE, "zones chess { gmae = chess").replace("\n", end);
      assertOneError("GOPS2005", wrong, lineOf(LAST_LINE));
    }
    assertFleet(chess.replace("\n", "\r\n").replaceFirst("\r\n", "\r").replaceFirst("\r\n", "\n"));
  }

  @Test
  void longTextsTakeNoStack() throws IOException {
    assertFleet(chess.replace(IMAGE, "registry.example.com/a" + "/a.a".repeat(50_000) + ":1@"));
    assertFleet(chess.replace("${zone.id}", "${zone.id} ".repeat(50_000)));
    String name = "a".repeat(100_000);
    assertOneError(
        "GOPS2017", chess.replace("${zone.id}", "${" + name + "}"), lineOf("env { ZONE"));
    String dotted = "a" + ".a".repeat(50_000);
    assertOneError(
        "GOPS2003",
        chess.replace("pool = home.std", "pool = \"" + dotted + "\""),
        lineOf(LAST_LINE));
    assertOneError("GOPS1043", chess.replace("1..3", "1" + "+1".repeat(50_000)), lineOf(LAST_LINE));
  }

  private int lineOf(String text) {
    return (int) chess.substring(0, chess.indexOf(text)).chars().filter(c -> c == '\n').count() + 1;
  }

  private void assertFleet(String text) throws IOException {
    Run run = check(text.getBytes(UTF_8));
    assertEquals(0, run.code(), shortened(run.out()) + run.err());
  }

  private void assertOneError(String code, String text, int line) throws IOException {
    Run run = check(text.getBytes(UTF_8));
    assertOneError(code, run, line);
  }

  private static void assertOneError(String code, Run run, int line) {
    assertEquals(3, run.code(), shortened(run.out()) + run.err());
    List<String> errors = run.out().lines().filter(l -> l.startsWith("error[")).toList();
    assertEquals(1, errors.size(), shortened(run.out()));
    assertTrue(errors.getFirst().startsWith("error[" + code + "]"), shortened(run.out()));
    assertTrue(run.out().contains("fleet.gops:" + line + ":"), shortened(run.out()));
  }

  private static String shortened(String text) {
    return text.substring(0, Math.min(2000, text.length()));
  }

  private Run check(byte[] bytes) throws IOException {
    return Gops.run("check", Files.write(dir.resolve("fleet.gops"), bytes).toString());
  }
}
