package io.gops.golden;

import io.gops.diagnostic.Catalogue;
import io.gops.diagnostic.Language;
import io.gops.diagnostic.Palette;
import io.gops.diagnostic.TextReport;
import io.gops.syntax.Parsed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What the parser says about the sources of the cases whose names begin with `syntax-`.
class SyntaxGoldenTest {
  @TestFactory
  Stream<DynamicTest> diagnostics() throws IOException {
    try (Stream<Path> cases = Files.list(GoldenCase.root())) {
      return cases
          .filter(path -> path.getFileName().toString().startsWith("syntax-"))
          .sorted()
          .toList()
          .stream()
          .map(path -> DynamicTest.dynamicTest(path.getFileName().toString(), () -> check(path)));
    }
  }

  private static void check(Path folder) throws IOException {
    Parsed parsed = Parsed.of("source.gops", Files.readString(folder.resolve("source.gops")));
    TextReport report = new TextReport(Catalogue.of(Language.ENGLISH), Palette.PLAIN);
    new GoldenCase(folder.getFileName().toString(), "diagnostics")
        .verify(report.print(parsed.errors()));
  }
}
