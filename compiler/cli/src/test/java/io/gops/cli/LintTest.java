package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `gopsc lint` as a command; the rules themselves are in docs/diagnostics and in LinterTest.
class LintTest {
  @TempDir Path dir;
  private Path file;
  private String original;

  @BeforeEach
  void copyTheExample() throws IOException {
    file = Gops.copy("web2048", dir).resolve("web2048.gops");
    original = Files.readString(file);
  }

  /// Two constants that nothing needs, and a third that only they need.
  private void addUnused() throws IOException {
    Gops.replace(
        file,
        "cluster lab",
        "const a = 12s\n\nconst b = \"${c}/x\"\n\nconst c = \"nobody\"\n\ncluster lab");
  }

  static Stream<Path> files(String folder) throws IOException {
    try (Stream<Path> paths = Files.walk(Run.ROOT.resolve(folder), 1)) {
      return paths.skip(1).filter(path -> !path.endsWith("README.md")).toList().stream();
    }
  }

  static Stream<Path> whatWeShow() throws IOException {
    return Stream.of("examples", "stdlib/starters", "stdlib/std")
        .flatMap(
            folder -> {
              try {
                return files(folder);
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
  }

  @ParameterizedTest
  @MethodSource("whatWeShow")
  void hasNothingToSayAboutWhatWeShow(Path fleet) {
    Run run = Gops.run("lint", fleet.toString(), "--strict");
    assertEquals(0, run.code(), run.out() + run.err());
    assertFalse(run.out().contains("warning["), run.out());
  }

  @Test
  void aWarningFailsOnlyWhenStrict() throws IOException {
    addUnused();
    assertEquals(0, Gops.run("lint", file.toString()).code());
    Run strict = Gops.run("lint", file.toString(), "--strict");
    assertEquals(4, strict.code());
    assertTrue(strict.out().contains("warning[GOPS7001]: const a is not used"), strict.out());
    assertEquals(0, Gops.run("check", file.toString()).code(), "style is no business of check");
  }

  @Test
  void mendsUntilNothingIsLeft() throws IOException {
    addUnused();
    Run dry = Gops.run("lint", file.toString(), "--fix", "--dry-run");
    assertTrue(dry.out().contains("would fix " + file + ":3:1 GOPS7001: remove it"), dry.out());
    Run run = Gops.run("lint", file.toString(), "--fix", "--strict");
    assertEquals(0, run.code(), run.out());
    assertEquals(original, Files.readString(file));
  }

  @Test
  void anErrorComesFirst() throws IOException {
    addUnused();
    Gops.replace(file, "settle = 2s", "settle = 2G");
    Run run = Gops.run("lint", file.toString());
    assertEquals(3, run.code());
    assertFalse(run.out().contains("GOPS70"), run.out());
  }

  @Test
  void aSuppressionIsObeyedAndCounted() throws IOException {
    String suppress = "@suppress(\"GOPS7001\", reason = \"for later\")\n";
    Gops.replace(file, "cluster lab", suppress + "const a = 12s\n\ncluster lab");
    Run run = Gops.run("lint", file.toString(), "--strict");
    assertEquals(0, run.code(), run.out());
    assertTrue(run.err().contains("1 suppressed"), run.err());
    Run compiled = Gops.run("compile", file.toString(), "-o", dir.resolve("out").toString());
    assertFalse(compiled.out().contains("GOPS7902"), compiled.out());
  }

  @Test
  void aSuppressionThatNothingNeedsIsSaid() throws IOException {
    String suppress = "@suppress(\"GOPS7001\", reason = \"for later\")\n";
    Gops.replace(file, "const registry", suppress + "const registry");
    assertTrue(Gops.run("lint", file.toString()).out().contains("warning[GOPS7902]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "sarif", "github", "gitlab", "junit"})
  void everyFormatHasTheCode(String format) throws IOException {
    addUnused();
    Run run = Gops.run("lint", file.toString(), "--format", format, "--strict");
    assertEquals(4, run.code());
    assertTrue(run.out().contains("GOPS7001"), run.out());
  }

  @Test
  void jsonSaysHowItEnds() throws IOException {
    addUnused();
    Run run = Gops.run("lint", file.toString(), "--format", "json", "--strict");
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertEquals(4, json.get("exitCode").asInt());
    assertEquals(2, json.get("warnings").asInt());
  }

  @Test
  void speaksChinese() throws IOException {
    addUnused();
    Run run = Gops.run("lint", file.toString(), "--lang", "zh");
    assertTrue(run.out().contains("常量 a 没有被使用"), run.out());
  }
}
