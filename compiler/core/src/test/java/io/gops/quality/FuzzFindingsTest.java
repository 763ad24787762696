package io.gops.quality;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What fuzzing has found stays mended.
class FuzzFindingsTest {
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
