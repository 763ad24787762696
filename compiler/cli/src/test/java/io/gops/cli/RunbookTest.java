package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.golden.GoldenCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The runbook of each release of a small example, as an operator reads it.
class RunbookTest {
  @TempDir Path out;

  private Path releases() {
    String fleet = Path.of(System.getProperty("gops.root"), "examples/teahouse").toString();
    Run run = Gops.run("compile", fleet, "--locked", "-o", out.toString());
    assertEquals(0, run.code(), run.out() + run.err());
    return out.resolve("prod/hz/rollout");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"autumn", "tea-1-1", "one-more-table", "th-5-away", "th-2-kernel", "winter"})
  void tellsWhatToDo(String release) throws IOException {
    String runbook = Files.readString(releases().resolve(release).resolve("runbook.md"));
    new GoldenCase("runbooks", release)
        .verify(runbook.replaceAll("\\b[0-9a-f]{64}\\b", "HASH OF PLAN.JSON"));
  }

  @Test
  void noReleaseOfTheExampleIsLeftOut() throws IOException {
    try (Stream<Path> folders = Files.list(releases())) {
      List<String> names = folders.map(folder -> folder.getFileName().toString()).sorted().toList();
      assertEquals(
          List.of("autumn", "one-more-table", "tea-1-1", "th-2-kernel", "th-5-away", "winter"),
          names);
    }
  }
}
