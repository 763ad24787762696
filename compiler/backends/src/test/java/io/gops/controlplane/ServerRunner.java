package io.gops.controlplane;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The runner of the one plan below a folder, with kubectl on a real API server.
///
/// @param environment further variables
record ServerRunner(Path folder, Cluster cluster, Map<String, String> environment) {
  Path script() throws IOException {
    try (var files = Files.walk(folder.resolve("rollout"))) {
      return files.filter(path -> path.endsWith("rollout.sh")).findFirst().orElseThrow();
    }
  }

  /// Runs it to its end, which is the expected one.
  void run(int expected, String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("sh", script().toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "KUBECONFIG", cluster.kubeconfig().toString(),
                "GOPS_STATE", folder.resolve("state.jsonl").toString(),
                "GOPS_POLL", "1"));
    builder.environment().putAll(environment);
    Path output = folder.resolve("output.txt");
    Process process = builder.redirectOutput(output.toFile()).start();
    boolean ended = process.waitFor(10, TimeUnit.MINUTES);
    if (!ended) {
      process.destroyForcibly();
    }
    String text = Files.readString(output, UTF_8);
    assertTrue(ended, text);
    assertEquals(expected, process.exitValue(), text);
  }
}
