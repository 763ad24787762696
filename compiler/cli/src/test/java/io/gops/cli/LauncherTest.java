package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher as people start it.
@Tag("cli")
class LauncherTest {
  @TempDir Path dir;

  @Test
  void printsTheVersion() throws Exception {
    Run run = Run.gopsc(dir, Map.of(), "--version");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().matches("gopsc \\d+\\.\\d+\\.\\d+\\S*\n"), run.out());
    assertEquals("", run.err());
  }

  @Test
  void startsThroughRelativeLinksFromAnyFolder() throws Exception {
    Path folder = Files.createDirectories(dir.resolve("a folder/with spaces"));
    Path first = folder.resolve("gopsc link");
    Files.createSymbolicLink(first, folder.relativize(Run.ROOT.resolve("bin/gopsc").toRealPath()));
    Files.createSymbolicLink(folder.resolve("second"), Path.of("gopsc link"));
    assertEquals(0, Run.of(folder, Map.of(), List.of("./second", "--version")).code());
    assertEquals(0, Run.of(dir, Map.of(), List.of(first.toString(), "--version")).code());
    Map<String, String> path = Map.of("PATH", folder + ":" + System.getenv("PATH"));
    assertEquals(0, Run.of(dir, path, List.of("/bin/sh", "-c", "second --version")).code());
  }

  @Test
  void ignoresAJavaHomeThatIsTooOld() throws Exception {
    Path old = Files.createDirectories(dir.resolve("jdk/bin"));
    Files.writeString(dir.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
    Files.createSymbolicLink(old.resolve("javac"), Path.of("/bin/false"));
    Files.createSymbolicLink(old.resolve("java"), Path.of("/bin/false"));
    Map<String, String> home = Map.of("JAVA_HOME", dir.resolve("jdk").toString());
    assertEquals(0, Run.gopsc(dir, home, "--version").code());
  }

  @Test
  void takesAHiddenFileForNoSource() throws Exception {
    Path hidden = Run.ROOT.resolve("compiler/cli/.left-by-a-test");
    Files.writeString(hidden, "");
    try {
      Run run = Run.gopsc(dir, Map.of("GOPSC_NO_BUILD", "1"), "--version");
      assertEquals(0, run.code(), run.err());
    } finally {
      Files.delete(hidden);
    }
  }

  @Test
  void usesTheClassArchive() throws Exception {
    Map<String, String> options =
        Map.of("GOPSC_JAVA_OPTS", "-XX:AOTMode=on -Xlog:class+load:file=" + dir.resolve("load"));
    assertEquals(0, Run.gopsc(dir, options, "--version").code());
    List<String> ours =
        Files.readAllLines(dir.resolve("load")).stream()
            .filter(line -> line.contains("io.gops.cli.Gopsc "))
            .toList();
    assertEquals(1, ours.size());
    assertTrue(ours.getFirst().contains("shared objects file"), ours.getFirst());
  }

  @Test
  void readsChineseNamesInAnyLocale() throws Exception {
    Path fleet = Files.createDirectories(dir.resolve("楚留香"));
    Files.writeString(fleet.resolve("一.gops"), "gmae clx {}\n");
    for (String locale : List.of("C", "en_US.UTF-8", "nowhere.UTF-8")) {
      Map<String, String> variables = Map.of("LC_ALL", locale, "LANG", locale);
      Run run = Run.gopsc(dir, variables, "check", "楚留香/一.gops");
      assertEquals(3, run.code(), run.err());
      assertTrue(run.out().contains(" --> 楚留香/一.gops:1:1\n"), run.out());
    }
  }

  /// A tenth of the file in docs/performance.md in a tenth of the memory.
  @Test
  void aLargeFileTakesLittleMemory() throws Exception {
    String file = dir.resolve("large.gops").toString();
    String generator = Run.ROOT.resolve("compiler/bench/large-file").toString();
    assertEquals(0, Run.of(dir, Map.of(), List.of(generator, "520", file)).code());
    Map<String, String> memory = Map.of("GOPSC_JAVA_OPTS", "-Xmx100m");
    Run run = Run.gopsc(dir, memory, "check", file);
    assertEquals(0, run.code(), run.out() + run.err());
    assertTrue(run.out().contains("520 games"), run.out());
  }

  @Test
  void printsNoColoursIntoAPipe() throws Exception {
    for (String[] arguments : new String[][] {{"--help"}, {"check", "nowhere"}}) {
      Run run = Run.gopsc(dir, Map.of("TERM", "xterm-256color"), arguments);
      assertFalse((run.out() + run.err()).contains("\u001b"), run.out() + run.err());
    }
  }
}
