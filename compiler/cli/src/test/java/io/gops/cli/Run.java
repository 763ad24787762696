package io.gops.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One run of a program as a process, to its end.
///
/// @param code exit code; 128 + signal when it was killed
record Run(int code, String out, String err) {
  /// The repository.
  static final Path ROOT = Path.of(System.getProperty("gops.root"));

  /// Runs `bin/gopsc` as it was packaged.
  static Run gopsc(Path folder, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ROOT.resolve("bin/gopsc").toString());
    command.addAll(List.of(arguments));
    return of(folder, environment, command);
  }

  static Run of(Path folder, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("run", ".out");
    Path err = Files.createTempFile("run", ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().put("GOPSC_NO_BUILD", "1");
      builder.environment().putAll(environment);
      int code = builder.start().waitFor();
      return new Run(
          code,
          Files.readString(out, StandardCharsets.UTF_8),
          Files.readString(err, StandardCharsets.UTF_8));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
