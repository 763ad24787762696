package io.gops.output;

import io.gops.artifact.Artifact;
import io.gops.diagnostic.Diagnostics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An output in numbered versions, in which each version changes, adds and drops files of the one
/// before.
final class SampleOutput {
  private SampleOutput() {}

  static List<Artifact> version(int version) {
    List<Artifact> artifacts = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      if ((i + version) % 7 == 0) {
        continue;
      }
      String text = (i % 3 == 0 ? "same\n" : "version " + version + "\n").repeat(40);
      String path = "prod/hz/" + "abcd".charAt(i % 4) + (i + version) % 3 + "/" + i + ".yaml";
      artifacts.add(
          i % 5 == 0 ? Artifact.script(path, List.of(), text) : Artifact.of(path, List.of(), text));
    }
    return artifacts;
  }

  static String lock(int version) {
    return "version " + version + "\n";
  }

  /// Writes a version over whatever stands there.
  static Optional<Changes> write(Path out, Path lock, int version, Diagnostics diagnostics)
      throws IOException {
    Path locks = lock.toAbsolutePath().getParent();
    Optional<OutputFolder> opened = OutputFolder.open(out, locks, () -> {}, diagnostics);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    try (OutputFolder folder = opened.get()) {
      Optional<String> before =
          Files.exists(lock) ? Optional.of(Files.readString(lock)) : Optional.empty();
      return folder.write(
          version(version)::forEach,
          "test",
          path -> true,
          List.of(new FleetLock(lock, before, lock(version))),
          2,
          diagnostics);
    }
  }

  /// Writes a version, and fails the test if it cannot be written.
  static void mustWrite(Path root, int version) throws IOException {
    Diagnostics diagnostics = new Diagnostics();
    Optional<Changes> changes =
        write(root.resolve("out"), root.resolve("lock/prod.lock"), version, diagnostics);
    if (changes.isEmpty()) {
      throw new AssertionError(diagnostics.sorted());
    }
  }
}
