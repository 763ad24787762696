package io.gops.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

  @TestFactory
  Stream<DynamicTest> everyExampleHasNoError() throws IOException {
    Path examples = Path.of(System.getProperty("gops.root"), "examples");
    try (Stream<Path> paths = Files.walk(examples)) {
      return paths.filter(path -> path.toString().endsWith(".gops")).sorted().toList().stream()
          .map(
              path ->
                  DynamicTest.dynamicTest(
                      examples.relativize(path).toString(),
                      () -> assertEquals("", Parsed.of(Files.readString(path)).report())));
    }
  }
}
