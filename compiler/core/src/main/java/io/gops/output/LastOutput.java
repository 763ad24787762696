package io.gops.output;

import io.gops.artifact.Earlier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The files of an output folder as its manifest has them. A file that somebody has changed since
/// is none of them.
public final class LastOutput implements Earlier {
  private final Path folder;
  private final Manifest manifest;

  private LastOutput(Path folder, Manifest manifest) {
    this.folder = folder;
    this.manifest = manifest;
  }

  /// What is in a folder; nothing when there is none, or when nobody can tell.
  public static Earlier in(Path folder) {
    try {
      return new LastOutput(folder, Manifest.read(folder));
    } catch (IOException _) {
      // Whoever writes the folder reads the manifest again and reports it.
      return Earlier.NOTHING;
    }
  }

  @Override
  public Optional<byte[]> bytes(String path) throws IOException {
    Manifest.Entry entry = manifest.files().get(path);
    Path file = folder.resolve(path);
    boolean untouched =
        entry != null && Disk.isFile(file) && entry.sha256().equals(Rendering.hashOf(file));
    return untouched ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
  }
}
