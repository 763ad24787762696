package io.gops.bind;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// The files `std/*.gops` that come with the compiler.
final class StandardLibrary {
  private StandardLibrary() {}

  /// A file of the library.
  ///
  /// @param path begins with `std/`
  static Sources.Reading read(String path) {
    try (InputStream in = StandardLibrary.class.getResourceAsStream("/" + path)) {
      return in == null
          ? new Sources.Reading.Missing()
          : new Sources.Reading.Bytes(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
