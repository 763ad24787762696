package io.gops.output;

import java.nio.file.Path;

/// The rule for paths inside the output folder: relative, downwards only, nothing that a file
/// system or a shell could read as something else.
final class ArtifactPath {
  /// Names that start so are the writer's own.
  static final String RESERVED = ".gopsc";

  private ArtifactPath() {}

  static boolean isSafe(String path) {
    if (path.isEmpty() || path.codePoints().anyMatch(c -> Character.isISOControl(c) || c == '\\')) {
      return false;
    }
    for (String name : path.split("/", -1)) {
      if (name.isEmpty() || name.equals(".") || name.equals("..")) {
        return false;
      }
    }
    return !path.startsWith(RESERVED);
  }

  /// @throws IllegalArgumentException when the path is not safe: names were checked long before,
  ///     so this is a bug of a back end
  static Path in(Path folder, String path) {
    if (!isSafe(path)) {
      throw new IllegalArgumentException("unsafe artifact path: " + path);
    }
    return folder.resolve(path);
  }
}
