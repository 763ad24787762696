package io.gops.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.artifact.Artifact;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
  @TempDir Path dir;

  private final Diagnostics diagnostics = new Diagnostics();

  @Test
  void writesOnlyWhatChangedAndRemovesOrphans() throws IOException {
    Changes first = write(artifact("prod/a.yaml", "1"), artifact("prod/old/b.yaml", "2"));
    assertEquals(
        List.of("prod/a.yaml", "prod/old/b.yaml", ".gopsc-manifest.json"), first.written());
    Object untouched = Files.getAttribute(out().resolve("prod/a.yaml"), "unix:ino");

    Changes second = write(artifact("prod/a.yaml", "1"), artifact("prod/c.yaml", "3"));
    assertEquals(List.of("prod/c.yaml", ".gopsc-manifest.json"), second.written());
    assertEquals(List.of("prod/old/b.yaml"), second.removed());
    assertEquals(1, second.unchanged());
    assertEquals(untouched, Files.getAttribute(out().resolve("prod/a.yaml"), "unix:ino"));
    assertFalse(Files.exists(out().resolve("prod/old")));

    assertTrue(write(artifact("prod/a.yaml", "1"), artifact("prod/c.yaml", "3")).isEmpty());
    assertEquals(List.of(), diagnostics.sorted());
  }

  @Test
  void mendsAFileThatWasEditedAndAScriptThatCannotRun() throws IOException {
    Artifact script = Artifact.script("run.sh", List.of(), "true\n");
    write(artifact("a.yaml", "1"), script);
    assertTrue(Files.isExecutable(out().resolve("run.sh")));
    Files.writeString(out().resolve("a.yaml"), "edited");
    assertTrue(out().resolve("run.sh").toFile().setExecutable(false));
    assertEquals(List.of("a.yaml", "run.sh"), write(artifact("a.yaml", "1"), script).written());
    assertEquals("1", Files.readString(out().resolve("a.yaml")));
    assertTrue(Files.isExecutable(out().resolve("run.sh")));
  }

  @Test
  void streamsFilesTooLargeForMemory() throws IOException {
    Artifact large =
        new Artifact(
            "large.txt",
            List.of(),
            false,
            to -> {
              byte[] block = "0123456789abcdef".repeat(4096).getBytes(StandardCharsets.UTF_8);
              for (int i = 0; i < 100; i++) {
                to.write(block);
              }
            });
    write(large);
    assertEquals(100 * 65536, Files.size(out().resolve("large.txt")));
    assertTrue(write(large).isEmpty());
    assertEquals(List.of(".gopsc-manifest.json", "large.txt"), names());
  }

  @Test
  void comparesWithoutWriting() throws IOException {
    List<Artifact> artifacts = List.of(artifact("a.yaml", "1"));
    assertEquals(
        List.of("a.yaml", ".gopsc-manifest.json"), compare(artifacts).orElseThrow().written());
    assertFalse(Files.exists(out()));
    write(artifact("a.yaml", "1"), artifact("b.yaml", "2"));
    SortedMap<String, String> before = Tree.of(out());
    assertEquals(List.of("b.yaml"), compare(artifacts).orElseThrow().removed());
    assertEquals(before, Tree.of(out()));
  }

  @Test
  void leavesOtherEnvironmentsAlone() throws IOException {
    write(artifact("prod/a.yaml", "1"), artifact("staging/a.yaml", "1"));
    try (OutputFolder folder = open().orElseThrow()) {
      Predicate<String> staging = path -> path.startsWith("staging/");
      List<Artifact> artifacts = List.of(artifact("staging/b.yaml", "1"));
      Changes changes =
          folder
              .write(artifacts::forEach, "test", staging, List.of(), 2, diagnostics)
              .orElseThrow();
      assertEquals(List.of("staging/a.yaml"), changes.removed());
    }
    assertEquals(
        List.of(".gopsc-manifest.json", "prod", "prod/a.yaml", "staging", "staging/b.yaml"),
        names());
    assertTrue(Files.readString(out().resolve(".gopsc-manifest.json")).contains("prod/a.yaml"));
  }

  @Test
  void neverTouchesForeignFiles() throws IOException {
    Files.createDirectories(out());
    Files.writeString(out().resolve("notes.txt"), "mine");
    write(artifact("a.yaml", "1"));
    refused(Code.GOPS6004, artifact("a.yaml", "1"), artifact("notes.txt", "theirs"));
    assertEquals("mine", Files.readString(out().resolve("notes.txt")));
  }

  @Test
  void takesOverAForeignFileWithTheSameBytes() throws IOException {
    Files.createDirectories(out());
    Files.writeString(out().resolve("a.yaml"), "1");
    assertEquals(List.of(".gopsc-manifest.json"), write(artifact("a.yaml", "1")).written());
  }

  @Test
  void refusesAFileInPlaceOfTheFolder() throws IOException {
    Files.writeString(out(), "x");
    assertTrue(open().isEmpty());
    assertEquals(List.of(Code.GOPS6001), codes());
    assertEquals("x", Files.readString(out()));
  }

  @Test
  void refusesLinksInsideTheFolder() throws IOException {
    Path outside = Files.createDirectory(dir.resolve("outside"));
    write(artifact("prod/a.yaml", "1"));
    Files.createSymbolicLink(out().resolve("staging"), outside);
    refused(Code.GOPS6003, artifact("staging/a.yaml", "1"));
    assertEquals(List.of(""), List.copyOf(Tree.of(outside).keySet()));

    Files.delete(out().resolve("staging"));
    Files.delete(out().resolve("prod/a.yaml"));
    Path victim = Files.writeString(outside.resolve("victim"), "safe");
    Files.createSymbolicLink(out().resolve("prod/a.yaml"), victim);
    refused(Code.GOPS6003, artifact("prod/a.yaml", "2"));
    write();
    assertEquals("safe", Files.readString(victim));
    assertTrue(Files.isSymbolicLink(out().resolve("prod/a.yaml")));
  }

  @Test
  void refusesALinkInPlaceOfItsOwnFolder() throws IOException {
    Path outside = Files.createDirectory(dir.resolve("outside"));
    Files.writeString(outside.resolve("intent"), "remove\t0\tx\n");
    Files.createDirectories(out());
    Files.createSymbolicLink(out().resolve(Staging.NAME), outside);
    assertTrue(open().isEmpty());
    assertEquals(List.of(Code.GOPS6003), codes());
    assertTrue(Files.exists(outside.resolve("intent")));
  }

  @Test
  void mayItselfBeALink() throws IOException {
    Files.createSymbolicLink(out(), Files.createDirectory(dir.resolve("elsewhere")));
    write(artifact("a.yaml", "1"));
    assertEquals("1", Files.readString(dir.resolve("elsewhere/a.yaml")));
  }

  @Test
  void refusesPathsThatLeaveTheFolder() {
    for (String path :
        List.of("../x", "a/../../x", "/etc/x", "a//b", "", ".", "a\nb", "a\\b", ".gopsc-lock")) {
      assertThrows(
          IllegalArgumentException.class, () -> write(artifact(path, "1")), () -> "path " + path);
    }
    assertFalse(Files.exists(out()));
  }

  @Test
  void refusesAManifestOrIntentThatPointsOutside() throws IOException {
    Path victim = Files.writeString(dir.resolve("victim"), "safe");
    write(artifact("a.yaml", "1"));
    String manifest = Files.readString(out().resolve(Manifest.NAME));
    Files.writeString(out().resolve(Manifest.NAME), manifest.replace("a.yaml", "../victim"));
    refused(Code.GOPS6005, artifact("a.yaml", "1"));
    Files.writeString(out().resolve(Manifest.NAME), manifest);
    Files.createDirectories(out().resolve(Staging.NAME));
    Files.writeString(new Staging(out()).intent(), "remove\t0\t../victim\n");
    assertTrue(open().isEmpty());
    assertEquals("safe", Files.readString(victim));
  }

  @Test
  void refusesADamagedManifest() throws IOException {
    write(artifact("a.yaml", "1"));
    for (String text : List.of("", "{", "<<<<<<< HEAD", "[]", "{\"files\":[{\"path\":1}]}")) {
      Files.writeString(out().resolve(Manifest.NAME), text);
      refused(Code.GOPS6005, artifact("a.yaml", "1"));
    }
  }

  @Test
  void saysWhatIsInTheWay() throws IOException {
    Files.createDirectories(out().resolve("prod/a.yaml"));
    refused(Code.GOPS6008, artifact("prod/a.yaml", "1"));
    refused(Code.GOPS6008, artifact("prod/a.yaml/b", "1"), artifact("prod", "1"));
  }

  /// The system refuses a name of 300 characters only when the file takes its place, after others
  /// did: everything must be taken back.
  @Test
  void takesEverythingBackWhenTheSystemRefusesInTheMiddle() throws IOException {
    write(artifact("a.yaml", "1"), artifact("b.yaml", "1"), artifact("z/c.yaml", "1"));
    SortedMap<String, String> before = Tree.of(dir);
    refused(
        Code.GOPS6002,
        artifact("a.yaml", "2"),
        artifact("new/d.yaml", "2"),
        artifact("x".repeat(300), "2"),
        artifact("z/e.yaml", "2"));
    assertEquals(before, Tree.of(dir));
  }

  @Test
  void leavesNothingWhenTheFirstRunFails() throws IOException {
    Path deep = dir.resolve("x/y/out");
    OutputFolder folder = OutputFolder.open(deep, dir, () -> {}, diagnostics).orElseThrow();
    try (folder) {
      List<Artifact> artifacts = List.of(artifact("a", "1"), artifact("x".repeat(300), "2"));
      assertTrue(
          folder.write(artifacts::forEach, "test", p -> true, List.of(), 2, diagnostics).isEmpty());
    }
    assertFalse(Files.exists(dir.resolve("x")));
  }

  @Test
  void writesTheLockWithTheOutput() throws IOException {
    Path lock = dir.resolve("lock/prod.lock");
    Changes changes = SampleOutput.write(out(), lock, 1, diagnostics).orElseThrow();
    assertEquals("lock/prod.lock", changes.written().getLast());
    assertEquals("version 1\n", Files.readString(lock));
    assertTrue(SampleOutput.write(out(), lock, 1, diagnostics).orElseThrow().isEmpty());
    assertEquals(List.of("prod.lock"), List.of(dir.resolve("lock").toFile().list()));
  }

  @Test
  void refusesALockThatChangedMeanwhile() throws IOException {
    Path lock = dir.resolve("lock/prod.lock");
    SampleOutput.mustWrite(dir, 1);
    SortedMap<String, String> before = Tree.of(dir);
    try (OutputFolder folder = open().orElseThrow()) {
      FleetLock stale = new FleetLock(lock, Optional.of("version 0\n"), "version 2\n");
      assertTrue(
          folder
              .write(
                  SampleOutput.version(2)::forEach,
                  "test",
                  p -> true,
                  List.of(stale),
                  2,
                  diagnostics)
              .isEmpty());
    }
    assertEquals(List.of(Code.GOPS6006), codes());
    assertEquals(before, Tree.of(dir));
  }

  @Test
  void waitsForAnotherWriter() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    List<Optional<OutputFolder>> second = new ArrayList<>();
    Thread thread;
    try (OutputFolder first = open().orElseThrow()) {
      thread =
          Thread.ofPlatform()
              .start(
                  () -> second.add(OutputFolder.open(out(), dir, waiting::countDown, diagnostics)));
      waiting.await();
      assertEquals(List.of(), second);
      first.write(
          List.of(artifact("a", "1"))::forEach, "test", p -> true, List.of(), 2, diagnostics);
    }
    thread.join();
    second.getFirst().orElseThrow().close();
    assertEquals(List.of(".gopsc-manifest.json", "a"), names());
  }

  @Test
  void doesNotDependOnTheNumberOfThreads() throws IOException {
    write(SampleOutput.version(3).toArray(Artifact[]::new));
    SortedMap<String, String> two = Tree.of(out());
    Path other = dir.resolve("other");
    try (OutputFolder folder = OutputFolder.open(other, dir, () -> {}, diagnostics).orElseThrow()) {
      folder.write(SampleOutput.version(3)::forEach, "test", p -> true, List.of(), 13, diagnostics);
    }
    assertEquals(two, Tree.of(other));
  }

  private Path out() {
    return dir.resolve("out");
  }

  private Optional<OutputFolder> open() {
    return OutputFolder.open(out(), dir.resolve("lock"), () -> {}, diagnostics);
  }

  private Changes write(Artifact... artifacts) {
    return attempt(artifacts).orElseThrow(() -> new AssertionError(diagnostics.sorted()));
  }

  private Optional<Changes> attempt(Artifact... artifacts) {
    try (OutputFolder folder = open().orElseThrow()) {
      return folder.write(
          List.of(artifacts)::forEach, "test", path -> true, List.of(), 2, diagnostics);
    }
  }

  private Optional<Changes> compare(List<Artifact> artifacts) {
    return OutputFolder.compare(
        out(), artifacts::forEach, "test", path -> true, List.of(), 2, diagnostics);
  }

  private void refused(Code code, Artifact... artifacts) {
    Diagnostics own = new Diagnostics();
    try (OutputFolder folder = open().orElseThrow()) {
      Optional<Changes> changes =
          folder.write(List.of(artifacts)::forEach, "test", path -> true, List.of(), 2, own);
      assertTrue(changes.isEmpty());
    }
    assertEquals(code, own.sorted().getFirst().code());
  }

  private List<Code> codes() {
    return diagnostics.sorted().stream().map(Diagnostic::code).toList();
  }

  private List<String> names() throws IOException {
    return Tree.of(out()).keySet().stream().filter(name -> !name.isEmpty()).toList();
  }

  private static Artifact artifact(String path, String text) {
    return Artifact.of(path, List.of(), text);
  }
}
