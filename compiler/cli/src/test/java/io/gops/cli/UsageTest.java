package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Palette;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the command answers before it reads a fleet.
class UsageTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void helpGoesToTheResult() {
    assertEquals(0, run("--help"));
    assertTrue(out().contains("check "), out());
    assertEquals("", err());
    assertEquals(0, run("check", "--help"));
    assertTrue(out().contains("--format=FORMAT"), out());
  }

  @Test
  void aMistakeGoesToTheMessages() {
    for (List<String> arguments :
        List.of(
            List.<String>of(),
            List.of("chekc"),
            List.of("check"),
            List.of("check", "a", "b"),
            List.of("check", "a", "--threads", "0"),
            List.of("check", "a", "--threads", "two"),
            List.of("check", "a", "--format", "xml"),
            List.of("check", "a", "--lang", "fr"),
            List.of("explain"),
            List.of("explain", "GOPS0000"))) {
      assertEquals(2, run(arguments.toArray(String[]::new)), arguments.toString());
      assertEquals("", out(), arguments.toString());
      assertTrue(!err().isEmpty(), arguments.toString());
    }
  }

  @Test
  void proposesTheNameThatWasMeant() {
    run("check", "a", "--fromat", "json");
    assertTrue(err().contains("Did you mean --format?"), err());
  }

  @Test
  void explainsACode() {
    assertEquals(0, run("explain", "gops6001"));
    assertTrue(out().startsWith("# GOPS6001: "), out());
    assertEquals(0, run("explain", "6001"));
  }

  @Test
  void explainsKindsAndAttributes() {
    assertEquals(0, run("explain", "zones"));
    assertTrue(out().startsWith("# `zones`"), out());
    assertEquals(0, run("explain", "ready"));
    assertTrue(out().contains("`game container ready`"), out());
    assertTrue(!out().contains("`game role container ready`"), out());
    assertEquals(0, run("explain", "zones.players"));
    assertTrue(out().contains("an environment may set it"), out());
    assertEquals(2, run("explain", "zonse"));
    assertTrue(err().contains("did you mean zones?"), err());
  }

  @Test
  void explainsALineOfASource() {
    String file = System.getProperty("gops.root") + "/examples/wuxia/sites/hangzhou.gops";
    assertEquals(0, run("explain", file + ":" + 1));
    assertEquals(2, run("explain", "no-such-file.gops:3"));
    assertEquals(0, run("explain", file.replace("sites/hangzhou", "network") + ":5"));
    assertTrue(out().contains("set at") && out().contains("(prod)"), out());
  }

  @Test
  void aSuppressionEndsOnItsDay(@TempDir Path folder) throws IOException {
    Path example = Path.of(System.getProperty("gops.root"), "examples/web2048/web2048.gops");
    Path copy = folder.resolve("web2048.gops");
    String annotation = "@suppress(\"GOPS6102\", reason = \"for a test\", until = \"%s\")\n";
    String text = Files.readString(example);
    Files.writeString(
        copy, text.replace("\ngame ", "\n" + annotation.formatted("2020-01-31") + "game "));
    assertEquals(4, run("check", copy.toString()), out());
    assertTrue(out().contains("GOPS7901"), out());
    Files.writeString(
        copy, text.replace("\ngame ", "\n" + annotation.formatted("9999-12-31") + "game "));
    assertEquals(0, run("check", copy.toString()), out());
  }

  @Test
  void everyPageIsPackaged() {
    for (Code code : Code.values()) {
      assertEquals(0, run("explain", code.name()), code.name());
    }
  }

  @Test
  void completionIsAScript() {
    assertEquals(0, run("completion"));
    assertTrue(out().startsWith("#!/usr/bin/env bash"), out());
    assertTrue(out().contains("--format"), out());
  }

  private int run(String... arguments) {
    out.reset();
    err.reset();
    return new Gopsc(
            new Terminal(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Palette.PLAIN,
                Palette.PLAIN,
                false))
        .run(arguments);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
