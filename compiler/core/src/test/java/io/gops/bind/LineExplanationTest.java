package io.gops.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.diagnostic.Diagnostics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every line of the examples that says something can be explained.
class LineExplanationTest {
  private static final Path EXAMPLES = Path.of(System.getProperty("gops.root"), "examples");

  @ParameterizedTest
  @ValueSource(strings = {"wuxia", "five-zones", "web2048/web2048.gops"})
  void everyLineOfAnExample(String example) throws IOException {
    Path fleet = EXAMPLES.resolve(example);
    Path root = Files.isDirectory(fleet) ? fleet : EXAMPLES.resolve("web2048");
    List<String> silent = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : (Iterable<Path>) files.filter(LineExplanationTest::isSource)::iterator) {
        String path = root.relativize(file).toString();
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
          String text = lines.get(i).strip();
          boolean says = !text.isEmpty() && !text.startsWith("//");
          if (says && FleetLoader.explain(fleet, path, i + 1, new Diagnostics()).isEmpty()) {
            silent.add(path + ":" + (i + 1) + " " + text);
          }
        }
      }
    }
    assertEquals(List.of(), silent);
  }

  private static boolean isSource(Path path) {
    return path.toString().endsWith(".gops");
  }

  private static List<String> facts(Path folder, String text, int line) throws IOException {
    Path file = folder.resolve("a.gops");
    Files.writeString(file, text);
    return FleetLoader.explain(file, "a.gops", line, new Diagnostics()).facts().stream()
        .map(
            fact ->
                fact.sentence()
                    + fact.links().stream()
                        .map(link -> " | " + link.role() + " " + link.place())
                        .reduce("", String::concat))
        .toList();
  }

  private static final String REUSE =
      """
      import "std/reload.gops" as reload
      const shown = 3
      const unused = "${shown} zones"
      template zones Standard {
        required players
        pool = hz.std
      }
      @suppress("GOPS6102", reason = "built here")
      zones a from Standard {
        players = shown
      }
      """;

  @Test
  void anImport(@TempDir Path folder) throws IOException {
    String fact = facts(folder, REUSE, 1).getFirst();
    assertEquals(true, fact.startsWith("imports std/reload.gops; its names begin with reload."));
    assertEquals(true, fact.contains(" | template reload."), fact);
  }

  @Test
  void constants(@TempDir Path folder) throws IOException {
    assertEquals(
        List.of("const shown = 3; used 2 times | used at a.gops:10:3 | used at a.gops:3:1"),
        facts(folder, REUSE, 2));
    assertEquals(List.of("const unused = \"3 zones\"; nothing uses it"), facts(folder, REUSE, 3));
  }

  @Test
  void templates(@TempDir Path folder) throws IOException {
    assertEquals(
        List.of(
            "template zones Standard: used once. Zones of one game that are alike."
                + " | used at a.gops:9:1"),
        facts(folder, REUSE, 4));
    assertEquals(
        List.of("whoever uses the template must give players | asked of a.gops:9:1"),
        facts(folder, REUSE, 5));
  }

  @Test
  void aSuppression(@TempDir Path folder) throws IOException {
    assertEquals(
        List.of(
            "what stands behind it is seen and answered for: @suppress(\"GOPS6102\", reason ="
                + " \"built here\"); an expired one is an error"),
        facts(folder, REUSE, 8));
  }

  @Test
  void theEndOfADeclaration(@TempDir Path folder) throws IOException {
    assertEquals(List.of("belongs to zones a | begins at a.gops:9:1"), facts(folder, REUSE, 11));
  }

  @Test
  void aBrokenLine(@TempDir Path folder) throws IOException {
    assertEquals(
        List.of("cannot be read: gopsc check says why"), facts(folder, "zones a {\n= 3\n}\n", 2));
  }
}
