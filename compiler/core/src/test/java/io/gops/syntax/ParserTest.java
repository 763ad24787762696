package io.gops.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ParserTest {
  static String flavour() throws IOException {
    try (var in = ParserTest.class.getResourceAsStream("flavour.gops")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void theFlagshipTextHasNoError() throws IOException {
    Parsed parsed = Parsed.of(flavour());
    assertEquals("", parsed.report());
    assertEquals(
        List.of("game", "zones", "policy", "release"),
        parsed.tree().declarations().stream().map(d -> d.kind().text()).toList());
  }

  /// The sources of the examples by their path.
  static SortedMap<String, String> examples() throws IOException {
    Path root = Path.of(System.getProperty("gops.root"), "examples");
    SortedMap<String, String> texts = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.filter(p -> p.toString().endsWith(".gops")).toList()) {
        texts.put(root.relativize(path).toString(), Files.readString(path));
      }
    }
    return texts;
  }

  @TestFactory
  Stream<DynamicTest> everyExampleHasNoError() throws IOException {
    return examples().entrySet().stream()
        .map(
            example ->
                DynamicTest.dynamicTest(
                    example.getKey(),
                    () -> assertEquals("", Parsed.of(example.getValue()).report())));
  }
}
