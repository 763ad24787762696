package io.gops.inplace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The functions with which OpenKruise itself decides, from its published module.
final class Kruise {
  private Kruise() {}

  /// Its answer to each question, a JSON object as `compiler/core/src/test/go/inplace` reads them.
  static List<String> answers(Path folder, List<String> questions)
      throws IOException, InterruptedException {
    Path file = Files.write(folder.resolve("questions.jsonl"), questions);
    Path program = Path.of(run("bin/control-plane", "--kruise")).resolve("inplace");
    Process process =
        new ProcessBuilder(program.toString())
            .redirectInput(file.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> answers =
        new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertEquals(0, process.waitFor());
    return answers;
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(Path.of(System.getProperty("gops.root")).toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertEquals(0, process.waitFor(), String.join(" ", command));
    return out;
  }
}
