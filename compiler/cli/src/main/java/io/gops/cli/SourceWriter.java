package io.gops.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Objects;

/// Writes a source file that a person owns: all of it or nothing, and only over what was read.
final class SourceWriter {
  private SourceWriter() {}

  /// Replaces the text of a file; permissions stay, a link stays a link.
  ///
  /// @param before the text that the new one was made from
  /// @return false when the file holds something else by now, or was not UTF-8; it is untouched
  static boolean replace(Path file, String before, String after) throws IOException {
    Path real = file.toRealPath();
    if (!Arrays.equals(Files.readAllBytes(real), before.getBytes(StandardCharsets.UTF_8))) {
      return false;
    }
    Path folder = Objects.requireNonNull(real.getParent(), "a file has a folder");
    Path staged = Files.createTempFile(folder, ".gopsc-", ".tmp");
    try {
      Files.copy(
          real, staged, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
      Files.writeString(staged, after);
      Files.move(staged, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(staged);
    }
    return true;
  }
}
