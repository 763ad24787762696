package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `gopsc compile` as its users run it, on copies of the examples.
@Tag("cli")
class CompileTest {
  @TempDir Path dir;

  private Path fleet;

  @BeforeEach
  void copyTheExample() throws IOException {
    fleet = copy("wuxia");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wuxia", "web2048/web2048.gops", "five-zones", "teahouse"})
  void theSecondRunWritesNothing(String example) throws Exception {
    copy(example.replaceFirst("/.*", ""));
    Run first = compile(example);
    assertEquals(0, first.code(), first.out() + first.err());
    SortedMap<String, Integer> written = tree();
    Run second = compile(example);
    assertEquals(0, second.code(), second.err());
    assertTrue(second.out().contains("out: 0 files written, 0 removed, "), second.out());
    assertEquals(written, tree());
  }

  @Test
  void neitherLocaleNorTimeZoneNorThreadsChangeAByte() throws Exception {
    assertEquals(0, compile("wuxia", "--threads", "1").code());
    SortedMap<String, Integer> written = tree();
    Map<String, String> elsewhere =
        Map.of(
            "LC_ALL", "tr_TR.UTF-8",
            "TZ", "Asia/Kathmandu",
            "GOPSC_JAVA_OPTS", "-Duser.language=ar -Duser.country=SA -Duser.timezone=Pacific/Apia");
    Run again = Run.gopsc(dir, elsewhere, "compile", "wuxia", "-o", "out", "--threads", "7");
    assertEquals(0, again.code(), again.err());
    assertTrue(again.out().contains("out: 0 files written, 0 removed, "), again.out());
    Files.move(dir.resolve("out"), dir.resolve("first"));
    Files.move(fleet.resolve("lock"), dir.resolve("lock-first"));
    assertEquals(
        0, Run.gopsc(dir, elsewhere, "compile", "wuxia", "-o", "out", "--threads", "7").code());
    assertEquals(written, tree());
  }

  @Test
  void checkComparesAndWritesNothing() throws Exception {
    Run stale = compile("wuxia", "--check");
    assertEquals(5, stale.code(), stale.err());
    assertTrue(stale.out().contains("would write"), stale.out());
    assertFalse(Files.exists(dir.resolve("out")));
    assertFalse(Files.exists(fleet.resolve("lock")));
    assertEquals(0, compile("wuxia").code());
    assertEquals(0, compile("wuxia", "--check").code());
    Path some = firstFile(dir.resolve("out/prod"));
    Files.writeString(some, "edited");
    SortedMap<String, Integer> edited = tree();
    Run again = compile("wuxia", "--check");
    assertEquals(5, again.code());
    assertTrue(
        again.out().contains("would write " + dir.resolve("out").relativize(some)), again.out());
    assertEquals(edited, tree());
    assertEquals(0, compile("wuxia").code());
    assertEquals(0, compile("wuxia", "--check").code());
  }

  @Test
  void theNextCompileSaysWhichFlowsHaveChanged() throws Exception {
    copy("five-zones");
    assertEquals(0, compile("five-zones").code());
    Path delta = dir.resolve("out/prod/lab/openvswitch/m1/flows.delta");
    assertEquals("# no earlier tables\n", Files.readString(delta));
    Path source = dir.resolve("five-zones/arena.gops");
    String rule = "  allow internet -> arena.engine:client\n";
    Files.writeString(
        source,
        Files.readString(source).replace(rule, rule + "  allow arena.engine -> internet:443\n"));
    assertEquals(0, compile("five-zones").code());
    String changes = Files.readString(delta);
    assertTrue(changes.startsWith("# from "), changes);
    assertTrue(changes.lines().skip(2).allMatch(line -> line.startsWith("add ")), changes);
    assertTrue(changes.contains("tcp_dst=443"), changes);
    assertEquals(0, compile("five-zones", "--check").code());
    assertEquals(0, compile("five-zones").code());
    assertEquals(changes, Files.readString(delta));
  }

  @Test
  void moreThanAHostCarriesIsRefused() throws Exception {
    assertEquals(0, compile("wuxia").code());
    replace("games/clx.gops", "players {4}=.*", "players = 90000");
    refused(4, "error[GOPS3");
  }

  @Test
  void aSyntaxErrorIsRefused() throws Exception {
    assertEquals(0, compile("wuxia").code());
    replace("games/clx.gops", "display +=.*", "display = = \"clx\"");
    refused(3, "error[GOPS1");
  }

  @Test
  void anUnknownAttributeIsRefusedWithTheNameThatWasMeant() throws Exception {
    assertEquals(0, compile("wuxia").code());
    replace("games/clx.gops", "players {4}=", "playerz =");
    refused(3, "did you mean players?");
  }

  @Test
  void aMissingFileIsRefused() throws Exception {
    assertEquals(0, compile("wuxia").code());
    Files.delete(fleet.resolve("network.gops"));
    refused(3, "network.gops");
  }

  @Test
  void aFleetThatIsNotThereIsRefused() throws Exception {
    assertEquals(3, compile("nowhere").code());
    assertFalse(Files.exists(dir.resolve("out")));
  }

  @Test
  void aFileInPlaceOfTheOutputIsRefused() throws Exception {
    Files.writeString(dir.resolve("out"), "mine");
    Run run = compile("wuxia");
    assertEquals(8, run.code());
    assertTrue(run.out().contains("error[GOPS6001]: out is a file"), run.out());
    assertEquals("mine", Files.readString(dir.resolve("out")));
    assertFalse(Files.exists(fleet.resolve("lock")));
  }

  @Test
  void ofTwoAtOnceTheSecondWaits() throws Exception {
    List<Thread> threads = new ArrayList<>();
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    Run run = unchecked(() -> compile("wuxia"));
                    synchronized (runs) {
                      runs.add(run);
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    for (Run run : runs) {
      assertEquals(0, run.code(), run.err());
    }
    long wrote = runs.stream().filter(run -> !run.out().contains("out: 0 files written")).count();
    assertEquals(1, wrote);
  }

  @Test
  void anInterruptedCompileEndsWith130AndIsSettledByTheNext() throws Exception {
    assertEquals(0, compile("wuxia").code());
    SortedMap<String, Integer> expected = tree();
    boolean sawInterrupt = false;
    for (int tenth = 1; tenth <= 9; tenth++) {
      deleteSome();
      List<String> command =
          List.of(
              "timeout",
              "--preserve-status",
              "-s",
              "INT",
              "0." + tenth,
              Run.ROOT.resolve("bin/gopsc").toString(),
              "compile",
              "wuxia",
              "-o",
              "out");
      Run run = Run.of(dir, Map.of(), command);
      assertTrue(run.code() == 130 || run.code() == 0, run.code() + run.err());
      sawInterrupt |= run.code() == 130;
      assertEquals(0, compile("wuxia").code());
      assertEquals(expected, tree());
    }
    assertTrue(sawInterrupt);
  }

  @Test
  void jsonIsOneDocument() throws Exception {
    replace("games/clx.gops", "players {4}=", "playerz =");
    Run run = compile("wuxia", "--format", "json");
    assertEquals(3, run.code());
    assertTrue(run.out().startsWith("{"), run.out());
    assertTrue(run.out().contains("\"path\" : \"wuxia/games/clx.gops\""), run.out());
    assertEquals("", run.err());
  }

  /// A run that must end with a code and a message, and leave output and lock as they were.
  private void refused(int code, String message) throws Exception {
    SortedMap<String, Integer> before = tree();
    Run run = compile("wuxia");
    assertEquals(code, run.code(), run.out() + run.err());
    assertTrue(run.out().contains(message), run.out());
    assertEquals(before, tree());
  }

  private Run compile(String example, String... options) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("compile", example, "-o", "out"));
    arguments.addAll(List.of(options));
    return Run.gopsc(dir, Map.of(), arguments.toArray(String[]::new));
  }

  private interface Action {
    Run run() throws IOException, InterruptedException;
  }

  private static Run unchecked(Action action) {
    try {
      return action.run();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Removes every third output file, so that there is something to write.
  private void deleteSome() throws IOException {
    try (Stream<Path> paths = Files.walk(dir.resolve("out/prod"))) {
      List<Path> files = paths.filter(Files::isRegularFile).sorted().toList();
      for (int i = 0; i < files.size(); i += 3) {
        Files.delete(files.get(i));
      }
    }
  }

  private void replace(String file, String pattern, String replacement) throws IOException {
    Path path = fleet.resolve(file);
    String text = Files.readString(path);
    String changed = text.replaceFirst(pattern, replacement);
    assertFalse(changed.equals(text), "nothing to replace: " + pattern);
    Files.writeString(path, changed);
  }

  private Path copy(String example) throws IOException {
    Path from = Run.ROOT.resolve("examples").resolve(example);
    Path to = dir.resolve(example);
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        boolean isSource = Files.isDirectory(path) || path.toString().endsWith(".gops");
        boolean isLock = path.endsWith("lock");
        if (isSource && !isLock && !Files.exists(to.resolve(from.relativize(path)))) {
          Files.copy(path, to.resolve(from.relativize(path)));
        }
      }
    }
    return to;
  }

  private static Path firstFile(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).sorted().findFirst().orElseThrow();
    }
  }

  /// Output, lock and every byte of them.
  private SortedMap<String, Integer> tree() throws IOException {
    SortedMap<String, Integer> tree = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(dir)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        String name = dir.relativize(path).toString();
        if (name.startsWith("out/") || name.contains("/lock/")) {
          tree.put(name, Arrays.hashCode(Files.readAllBytes(path)));
        }
      }
    }
    return tree;
  }
}
