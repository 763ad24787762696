package io.gops.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.diagnostic.Diagnostics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a real writer (SIGKILL) at random moments; the next run must find one whole version.
@Tag("disk")
class KillTest {
  private static final int KILLS = 40;

  @TempDir Path dir;

  @Test
  void aKilledRunLeavesOneVersionOrTheNext() throws Exception {
    Random random = new Random(20261121);
    int version = 1;
    int interrupted = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      SampleOutput.mustWrite(dir.resolve("work"), version);
      int last = runAndKill(version + 1, random.nextInt(120));
      if (Files.exists(dir.resolve("work/out").resolve(Staging.NAME))) {
        interrupted++;
      }
      settle();
      version = versionOnDisk();
      assertTrue(version >= last, "version " + last + " was done, found " + version);
      assertEquals(clean(version), Tree.of(dir.resolve("work")), "after kill " + kill);
    }
    assertNotEquals(0, interrupted, "no kill hit a writer in the middle");
    System.out.println(KILLS + " kills, " + interrupted + " in the middle of writing");
  }

  @Test
  void writersOfOneFolderTakeTurns() throws Exception {
    SampleOutput.mustWrite(dir.resolve("work"), 1);
    List<Process> writers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      writers.add(start(2 + 1000 * i, dir.resolve("log" + i)));
    }
    for (int i = 0; i < 3; i++) {
      awaitVersions(writers.get(i), dir.resolve("log" + i), 5);
    }
    for (Process writer : writers) {
      assertTrue(writer.isAlive(), "a writer failed");
      writer.destroyForcibly().waitFor();
    }
    settle();
    assertEquals(clean(versionOnDisk()), Tree.of(dir.resolve("work")));
  }

  /// @param millis how long it may write
  /// @return the last version that it finished for sure
  private int runAndKill(int version, int millis) throws Exception {
    Path log = dir.resolve("log");
    Process writer = start(version, log);
    awaitVersions(writer, log, 1);
    Thread.sleep(millis);
    writer.destroyForcibly().waitFor();
    return Files.readAllLines(log).stream().mapToInt(Integer::parseInt).max().orElse(version - 1);
  }

  private Process start(int version, Path log) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            KilledWriter.class.getName(),
            dir.resolve("work").toString(),
            Integer.toString(version));
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .redirectOutput(log.toFile())
        .start();
  }

  private static void awaitVersions(Process writer, Path log, int number) throws Exception {
    while (writer.isAlive() && Files.readAllLines(log).size() < number) {
      Thread.sleep(1);
    }
  }

  private void settle() {
    Diagnostics diagnostics = new Diagnostics();
    OutputFolder.open(dir.resolve("work/out"), dir.resolve("work/lock"), () -> {}, diagnostics)
        .orElseThrow(() -> new AssertionError(diagnostics.sorted()))
        .close();
  }

  private int versionOnDisk() throws IOException {
    String lock = Files.readString(dir.resolve("work/lock/prod.lock"));
    return Integer.parseInt(lock.strip().replace("version ", ""));
  }

  private SortedMap<String, String> clean(int version) throws IOException {
    Path root = dir.resolve("clean");
    SampleOutput.mustWrite(root, version);
    return Tree.of(root);
  }
}
