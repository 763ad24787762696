package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What gopsc itself made comes back: the manifests of the examples, imported and compiled, are the
/// same manifests.
class ImportExamplesTest {
  @TempDir Path dir;

  @ParameterizedTest
  @CsvSource({
    "examples/wuxia, prod/hz",
    "examples/five-zones, prod/lab",
    "examples/five-zones, staging/desk",
    "examples/web2048, default/lab"
  })
  void manifestsOfAnExampleComeBackByteForByte(String example, String cluster) throws IOException {
    Path fleet = Gops.copyAll(Run.ROOT.resolve(example), dir.resolve("fleet"));
    Run compiled = Gops.run("compile", fleet.toString(), "-o", dir + "/out");
    assertEquals(0, compiled.code(), compiled.out() + compiled.err());
    Path manifests = dir.resolve("out").resolve(cluster).resolve("kubernetes");
    Path source = imported(manifests);
    // Which side is live, and which version the other has, is state and not source.
    Run state = Gops.run("state", "import", source.toString(), manifests.toString());
    assertEquals(0, state.code(), state.out() + state.err());
    Run again = Gops.run("compile", source.toString(), "-o", dir + "/again");
    assertEquals(0, again.code(), again.out() + again.err());
    SortedMap<String, String> before = zones(manifests);
    SortedMap<String, String> after = zones(dir.resolve("again/default/imported/kubernetes"));
    assertFalse(before.isEmpty());
    assertEquals(before.keySet(), after.keySet());
    before.forEach((name, text) -> assertEquals(text, after.get(name), name));
  }

  /// Two hundred pairs are one declaration, as the person wrote them.
  @Test
  void twoHundredZonesAreOneDeclaration() throws IOException {
    Path fleet = Gops.copyAll(Run.ROOT.resolve("examples/wuxia"), dir.resolve("fleet"));
    Run compiled = Gops.run("compile", fleet.toString(), "-o", dir + "/out");
    assertEquals(0, compiled.code(), compiled.out() + compiled.err());
    String source = Files.readString(imported(dir.resolve("out/prod/hz/kubernetes")));
    assertTrue(source.contains("zones clx-main {\n  game = clx\n  ids  = 10001..10200\n"), source);
    assertTrue(source.contains("ZONE        = \"${zone.id}\""), source);
    assertTrue(source.contains("SIDE        = \"${side}\""), source);
    assertTrue(source.contains("pair { initial = a"), source);
    assertEquals(2, source.lines().filter(line -> line.startsWith("game ")).count(), source);
    assertEquals(2, source.lines().filter(line -> line.startsWith("zones ")).count(), source);
    assertTrue(source.lines().count() < 140, source);
    assertTrue(Gops.run("check", dir + "/back/imported.gops").code() == 0);
    assertEquals(0, Gops.run("fmt", "--check", dir + "/back/imported.gops").code());
    List<String> lost = Files.readAllLines(dir.resolve("back/import-report.txt"));
    assertTrue(
        lost.stream().noneMatch(line -> line.contains("GameServerSet clx")),
        () -> String.join("\n", lost));
  }

  private Path imported(Path manifests) throws IOException {
    Run run = Gops.run("import", "-o", dir + "/back", manifests.toString());
    assertEquals(0, run.code(), run.out() + run.err());
    return dir.resolve("back/imported.gops");
  }

  private static SortedMap<String, String> zones(Path folder) throws IOException {
    SortedMap<String, String> zones = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.getFileName().toString().startsWith("zone-")).toList()) {
        zones.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return zones;
  }
}
