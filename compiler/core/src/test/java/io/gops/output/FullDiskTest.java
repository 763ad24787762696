package io.gops.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real file systems that are too small or read-only.
@Tag("disk")
class FullDiskTest {
  @TempDir Path dir;

  /// The system refuses at another place with each size: staging, the intent, folders, the lock.
  @Test
  void aFullDiskLeavesTheOldOutput() throws Exception {
    int refused = 0;
    int written = 0;
    for (int kilobytes = 240; kilobytes <= 480; kilobytes += 8) {
      mount("size=" + kilobytes + "k");
      Path out = disk().resolve("out");
      Path lock = disk().resolve("lock/prod.lock");
      SampleOutput.mustWrite(disk(), 1);
      SortedMap<String, String> before = Tree.of(disk());
      Diagnostics diagnostics = new Diagnostics();
      if (write(out, lock, 2, diagnostics).isPresent()) {
        assertEquals("version 2\n", Files.readString(lock));
        written++;
      } else {
        Diagnostic full = diagnostics.sorted().getFirst();
        assertEquals(Code.GOPS6002, full.code());
        assertEquals("No space left on device", full.message().arguments().get(1));
        assertEquals(before, Tree.of(disk()), "with " + kilobytes + " kB");
        refused++;
      }
      unmount();
    }
    assertTrue(refused > 3 && written > 3, refused + " refused, " + written + " written");
  }

  @Test
  void aFullDiskLeavesNothingOfAFirstRun() throws Exception {
    mount("size=64k");
    Path out = disk().resolve("a/out");
    assertTrue(write(out, dir.resolve("lock/prod.lock"), 1, new Diagnostics()).isEmpty());
    assertEquals(1, Tree.of(disk()).size());
    assertTrue(Files.notExists(dir.resolve("lock/prod.lock")));
  }

  @Test
  void aFullDiskUnderTheLockTakesTheOutputBack() throws Exception {
    mount("size=64k");
    Path lock = disk().resolve("lock/prod.lock");
    Path out = dir.resolve("out");
    assertTrue(write(out, lock, 1, new Diagnostics()).isPresent());
    SortedMap<String, String> before = Tree.of(out);
    try (var filler = Files.newOutputStream(disk().resolve("filler"))) {
      filler.write(new byte[1 << 20]);
    } catch (IOException e) {
      // Full, as intended.
    }
    Diagnostics diagnostics = new Diagnostics();
    assertTrue(write(out, lock, 2, diagnostics).isEmpty());
    assertEquals(Code.GOPS6002, diagnostics.sorted().getFirst().code());
    assertEquals(before, Tree.of(out));
    assertEquals("version 1\n", Files.readString(lock));
  }

  @Test
  void aReadOnlyDiskIsSaid() throws Exception {
    mount("size=1m");
    Path out = disk().resolve("out");
    Path lock = disk().resolve("lock/prod.lock");
    SampleOutput.mustWrite(disk(), 1);
    run("mount", "-o", "remount,ro", disk().toString());
    Diagnostics diagnostics = new Diagnostics();
    assertTrue(write(out, lock, 2, diagnostics).isEmpty());
    Diagnostic readOnly = diagnostics.sorted().getFirst();
    assertEquals(Code.GOPS6002, readOnly.code());
    assertEquals("Read-only file system", readOnly.message().arguments().get(1));
  }

  private static Optional<Changes> write(Path out, Path lock, int version, Diagnostics diagnostics)
      throws IOException {
    return SampleOutput.write(out, lock, version, diagnostics);
  }

  private Path disk() {
    return dir.resolve("disk");
  }

  private void mount(String options) throws Exception {
    Files.createDirectories(disk());
    int code = run("mount", "-t", "tmpfs", "-o", options, "tmpfs", disk().toString());
    assumeTrue(code == 0, "a small tmpfs needs the right to mount");
  }

  @AfterEach
  void unmount() throws Exception {
    if (Files.isDirectory(disk())) {
      run("umount", disk().toString());
    }
  }

  private static int run(String... command) throws Exception {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
