package io.gops.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.lsp.feature.Completions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Completion offers every file of the standard library.
final class LibraryNamesTest {
  @Test
  void everyFileOfTheLibraryIsOffered() throws IOException {
    Path folder = Path.of(System.getProperty("gops.root"), "stdlib", "std");
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names = files.map(file -> "std/" + file.getFileName()).sorted().toList();
      assertEquals(names, Completions.LIBRARY);
    }
  }
}
