package io.gops.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A `///` line of more than 100 columns comes out of the formatter with its rest as a `//` line,
/// which no documentation shows.
class CommentLinesTest {
  @Test
  void noDocumentationGoesOnAsAPlainComment() throws IOException {
    List<String> broken = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of(System.getProperty("gops.root"), "compiler"))) {
      for (Path file : files.filter(CommentLinesTest::isSource).sorted().toList()) {
        List<String> lines = Files.readAllLines(file);
        for (int i = 1; i < lines.size(); i++) {
          if (lines.get(i).startsWith("//", indent(lines.get(i)))
              && !isDocumentation(lines.get(i))
              && isDocumentation(lines.get(i - 1))) {
            broken.add(file.getFileName() + ":" + (i + 1));
          }
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  private static boolean isSource(Path file) {
    return file.toString().endsWith(".java")
        && !file.toString().contains("/target/")
        // Its texts are sources of the language, with comments of their own.
        && !file.endsWith("FormatterTest.java");
  }

  private static boolean isDocumentation(String line) {
    return line.startsWith("///", indent(line));
  }

  private static int indent(String line) {
    return line.length() - line.stripLeading().length();
  }
}
