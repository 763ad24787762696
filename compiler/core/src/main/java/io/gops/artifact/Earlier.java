package io.gops.artifact;

import java.io.IOException;
import java.util.Optional;

/// What the last compile left in the output folder, for files that say what has changed since.
@FunctionalInterface
public interface Earlier {
  /// There was no last compile.
  Earlier NOTHING = _ -> Optional.empty();

  /// The bytes of a file of the last compile; absent when there is none, or when the file is not
  /// what that compile wrote.
  ///
  /// @param path relative to the output folder, `/` as separator
  Optional<byte[]> bytes(String path) throws IOException;
}
