package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The packaged command where the machine does not do its part: one message, the right exit code.
@Tag("cli")
class BrokenEnvironmentTest {
  @TempDir Path dir;

  private Run shell(Map<String, String> environment, String script) throws Exception {
    List<String> command = List.of("/bin/sh", "-c", script, Run.ROOT.resolve("bin/gopsc") + "");
    return Run.of(dir, environment, command);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "check five",
        "capacity five",
        "trace five --env prod 'internet -> arena.engine:client'",
        "plan five",
        "model five",
        "diff five --against five --format json",
        "explain GOPS3006",
        "lint five",
        "fmt - <five/arena.gops",
        "completion"
      })
  void aFullDiskIsNoSuccess(String command) throws Exception {
    Gops.copy("five-zones", dir.resolve("five"));
    Run run = shell(Map.of(), "\"$0\" " + command + " >/dev/full");
    assertEquals(8, run.code(), run.err());
    String last = run.err().lines().reduce("", (_, line) -> line);
    assertEquals("gopsc: standard output: No space left on device", last);
  }

  @Test
  void aReportThatDoesNotFitIsNoSuccess() throws Exception {
    Gops.copy("five-zones", dir.resolve("five"));
    Run run = shell(Map.of(), "\"$0\" diff five --against five -o /dev/full");
    assertEquals("gopsc: /dev/full: No space left on device\n", run.err());
    assertEquals(8, run.code());
  }

  @Test
  void aReaderWhoHasEnoughIsNoFailure() throws Exception {
    Gops.copy("five-zones", dir.resolve("five"));
    Run run = shell(Map.of(), "{ \"$0\" model five; echo \"code $?\" >&2; } | true");
    assertTrue(run.err().endsWith("\ncode 0\n"), run.err());
    assertFalse(run.err().contains("standard output"), run.err());
  }

  @Test
  void withoutGitAFolderCanBeComparedWith() throws Exception {
    Gops.copy("five-zones", dir.resolve("five"));
    Map<String, String> path = Map.of("PATH", dir.toString());
    Run run = Run.of(dir, path, java("diff", "five"));
    assertEquals(8, run.code(), run.out() + run.err());
    assertTrue(run.out().contains("HEAD cannot be compared with: git is not on the PATH"));
    assertEquals(0, Run.of(dir, path, java("diff", "five", "--against", "five")).code());
  }

  /// Not the launcher, which needs programs of the system itself.
  private static List<String> java(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.add("-jar");
    command.add(Run.ROOT.resolve("compiler/cli/target/dist/lib/gopsc.jar").toString());
    command.addAll(List.of(arguments));
    return command;
  }

  @Test
  void tooLittleMemoryIsNoBug() throws Exception {
    Gops.copy("wuxia", dir.resolve("wuxia"));
    Map<String, String> memory = Map.of("GOPSC_JAVA_OPTS", "-Xmx12m");
    Run run = Run.gopsc(dir, memory, "check", "wuxia");
    assertEquals(8, run.code(), run.err());
    assertTrue(run.err().startsWith("gopsc: 1"), run.err());
    assertTrue(run.err().contains("MiB of memory are not enough"), run.err());
  }

  @Test
  void fiftyThousandConstantsMayBeMadeFromOneAnother() throws Exception {
    StringBuilder text = new StringBuilder("const c50000 = 1500\n");
    for (int i = 0; i < 50_000; i++) {
      text.append("const c").append(i).append(" = c").append(i + 1).append('\n');
    }
    text.append("vpc green { cidr = 10.80.0.0/16, mtu = c0 }\n");
    Files.writeString(dir.resolve("chain.gops"), text);
    Run run = Run.gopsc(dir, Map.of(), "check", "chain.gops");
    assertFalse(run.code() == 70, run.out());
  }
}
