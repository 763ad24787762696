package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.gops.golden.GoldenCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Values that the real controllers were seen to take and do wrong, in `golden/bad-values`: each is
/// one error here, and what is right instead is none.
class BadValuesTest {
  private static final Path FOLDER = Run.ROOT.resolve("golden/bad-values");
  private static final Pattern PROBLEM =
      Pattern.compile("^(error|warning)\\[GOPS", Pattern.MULTILINE);

  static List<String> values() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".fails.gops"))
          .map(name -> name.substring(0, name.length() - ".fails.gops".length()))
          .sorted()
          .toList();
    }
  }

  private static Run check(String file) {
    return Gops.run("check", FOLDER.resolve(file).toString());
  }

  private static long problems(Run run) {
    return PROBLEM.matcher(run.out() + run.err()).results().count();
  }

  @ParameterizedTest
  @MethodSource("values")
  void whatIsRightPasses(String value) {
    Run run = check(value + ".passes.gops");
    assertEquals(0, run.code(), run.out() + run.err());
    assertEquals(0, problems(run), run.out() + run.err());
  }

  @Test
  void eachIsOneError() throws IOException {
    StringBuilder said = new StringBuilder();
    for (String value : values()) {
      Run run = check(value + ".fails.gops");
      assertFalse(run.code() == 0, value);
      said.append("$ gopsc check ").append(value).append(".fails.gops\n");
      said.append(run.out().replaceAll("(-->|:::) \\S*/", "$1 ")).append(run.err()).append('\n');
      assertEquals(1, problems(run), said.toString());
    }
    new GoldenCase("bad-values", "report").verify(said.toString());
  }
}
