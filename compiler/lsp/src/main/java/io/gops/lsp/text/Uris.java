package io.gops.lsp.text;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.Optional;

/// Files as an editor names them.
public final class Uris {
  /// The scheme of files that come with the compiler.
  public static final String LIBRARY = "gops-library";

  private Uris() {}

  /// The file of a URI; absent when it is nowhere on disk.
  public static Optional<Path> path(String uri) {
    try {
      URI parsed = new URI(uri);
      return "file".equals(parsed.getScheme())
          ? Optional.of(Path.of(parsed).toAbsolutePath().normalize())
          : Optional.empty();
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException _) {
      return Optional.empty();
    }
  }

  /// The URI of a file, spelled as editors spell it: `file:///fleet/%E6%B8%B8.gops`.
  public static String of(Path path) {
    String text = path.toUri().toASCIIString();
    return text.startsWith("file:/") && !text.startsWith("file:///")
        ? "file:///" + text.substring("file:/".length())
        : text;
  }

  /// The URI of a file of the library.
  public static String library(String path) {
    return LIBRARY + ":/" + path;
  }
}
