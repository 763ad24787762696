package io.gops.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads what a person gives, unless it is larger than anything a person means: a device that never
/// ends, a log under the wrong name.
public final class GivenFile {
  /// MiB of one source; a hundred thousand declarations are ten.
  public static final int SOURCE = 64;

  /// MiB of what programs wrote: locks, states, objects of a cluster. Of ten thousand zones a lock
  /// has 4, and the objects have 80.
  public static final int RECORD = 256;

  private GivenFile() {}

  /// The bytes of a file.
  ///
  /// @param most MiB
  /// @throws IOException whose reason says so when there are more, or when it is a folder
  public static byte[] read(Path file, int most) throws IOException {
    if (Files.isDirectory(file)) {
      throw new FileSystemException(file.toString(), null, "it is a folder");
    }
    if (Files.size(file) > bytes(most)) {
      throw tooLarge(file.toString(), most);
    }
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString(), most);
    }
  }

  /// The bytes of an input.
  ///
  /// @param name what people call it
  public static byte[] read(InputStream in, String name, int most) throws IOException {
    byte[] read = in.readNBytes((int) bytes(most) + 1);
    if (read.length > bytes(most)) {
      throw tooLarge(name, most);
    }
    return read;
  }

  private static long bytes(int mebibytes) {
    return (long) mebibytes << 20;
  }

  private static IOException tooLarge(String name, int most) {
    return new FileSystemException(name, null, "it has more than " + most + " MiB");
  }
}
