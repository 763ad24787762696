package io.gops.quality;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.diagnostic.Diagnostics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What fuzzing has found stays mended.
class FuzzFindingsTest {
  /// Otherwise the loader is fuzzed behind an error that every text has.
  @Test
  void theFleetAroundTheTextsOfTheLoaderHasNoMistake() {
    Diagnostics diagnostics = new Diagnostics();
    assertTrue(LoaderFuzz.load("", diagnostics).isPresent(), () -> diagnostics.sorted().toString());
  }

  @TestFactory
  Stream<DynamicTest> everyFindingIsHandledByAllTargets() throws IOException {
    Path folder =
        Path.of(
            System.getProperty("gops.root"),
            "compiler/core/src/test/resources/io/gops/quality/findings");
    List<Path> files;
    try (Stream<Path> listed = Files.list(folder)) {
      files = listed.sorted().toList();
    }
    return files.stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    folder.relativize(file).toString(),
                    () -> {
                      byte[] bytes = Files.readAllBytes(file);
                      ParserFuzz.fuzzerTestOneInput(bytes);
                      FormatterFuzz.fuzzerTestOneInput(bytes);
                      LoaderFuzz.fuzzerTestOneInput(bytes);
                    }));
  }
}
