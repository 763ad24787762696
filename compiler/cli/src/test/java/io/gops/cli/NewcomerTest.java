package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The fleets of golden/newcomer-*, and the example with two environments, through every command
/// that somebody tries on the first day. What they mean is approved by NewcomerGoldenTest.
class NewcomerTest {
  @TempDir Path dir;

  private Path copy(String folder) throws IOException {
    Path from = Run.ROOT.resolve(folder);
    Path to = dir.resolve(from.getFileName());
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else if (!path.toString().endsWith(".txt")) {
          Files.copy(path, target);
        }
      }
    }
    return to;
  }

  private static void clean(String... arguments) {
    Run run = Gops.run(arguments);
    String said = String.join(" ", arguments) + "\n" + run.out() + run.err();
    assertEquals(0, run.code(), said);
    assertFalse(run.out().contains("warning["), said);
    assertEquals("", run.err(), said);
  }

  private void everyCommand(Path fleet) {
    clean("check", fleet.toString());
    clean("lint", fleet.toString(), "--strict");
    clean("compile", fleet.toString(), "-o", dir.resolve("out").toString());
    clean("test", fleet.toString());
    clean("compile", fleet.toString(), "-o", dir.resolve("out").toString(), "--check");
  }

  private boolean wrote(String path) {
    return Files.exists(dir.resolve("out").resolve(path));
  }

  @ParameterizedTest
  @CsvSource({
    "newcomer-single-container, 30",
    "newcomer-failed-host,      35",
    "newcomer-two-environments, 75",
    "newcomer-written-waves,    45"
  })
  void compilesAsWrittenAndIsShort(String name, int lines) throws IOException {
    Path fleet = copy("golden/" + name);
    everyCommand(fleet);
    int written = 0;
    for (Path file : GopsFiles.under(fleet)) {
      written += (int) Files.readString(file).lines().count();
    }
    assertTrue(written <= lines, written + " lines");
  }

  /// The same fleet does not fit when any two zones of the host may move together.
  @Test
  void wavesThatAreWrittenFitWhereARuleDoesNot() throws IOException {
    Path fleet = copy("golden/newcomer-written-waves");
    everyCommand(fleet);
    Path file = fleet.resolve("chess.gops");
    String text = Files.readString(file);
    int from = text.indexOf("  waves {");
    int to = text.indexOf("  drain {");
    Files.writeString(
        file,
        text.substring(0, from)
            + "  waves { canary = 1, then = 50%, per_host = 2 }\n"
            + text.substring(to));
    Run refused = Gops.run("check", fleet.toString());
    assertEquals(4, refused.code());
    assertTrue(refused.out().contains("memory"), refused.out());
  }

  @Test
  void eachEnvironmentOfTheAbGameHasItsRunbook() throws IOException {
    everyCommand(copy("golden/newcomer-two-environments"));
    assertTrue(wrote("prod/hz/rollout/chess-1-1/runbook.md"));
    assertTrue(wrote("staging/lab/rollout/chess-1-1/runbook.md"));
  }

  @Test
  void stagingOfFiveZonesCompilesBesideProd() throws IOException {
    everyCommand(copy("examples/five-zones"));
    assertTrue(wrote("prod/lab/rollout/m2-power/runbook.md"));
    assertFalse(wrote("staging/desk/rollout/m2-power/runbook.md"));
    Path staging = dir.resolve("out/staging/desk/directory/arena.json");
    assertTrue(Files.readString(staging).contains("/games/arena/zones/"));
    assertTrue(wrote("prod/lab/openvswitch/m1/flows.txt"));
    assertTrue(wrote("staging/desk/openvswitch/desk-1/flows.txt"));
  }

  @Test
  void oneEnvironmentLeavesTheOtherAlone() throws IOException {
    Path fleet = copy("examples/five-zones");
    String out = dir.resolve("out").toString();
    clean("compile", fleet.toString(), "-o", out);
    String prod = Files.readString(fleet.resolve("lock/prod.lock"));
    Gops.replace(fleet.resolve("staging.gops"), "memory   = 8Gi", "memory   = 16Gi");
    Gops.replace(fleet.resolve("machines.gops"), "memory   = 16Gi", "memory   = 32Gi");
    clean("compile", fleet.toString(), "-o", out, "--env", "staging");
    assertEquals(prod, Files.readString(fleet.resolve("lock/prod.lock")));
    assertEquals(5, Gops.run("compile", fleet.toString(), "-o", out, "--check").code());
  }
}
