package io.gops.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.compilation.Compilation;
import io.gops.compilation.FleetFolder;
import io.gops.deployment.Deployment;
import io.gops.deployment.Workload;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.rollout.KruiseGameTarget;
import io.gops.state.TemplateHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The volumes of servers that run are frozen with their version: OpenKruise would take a change
/// and do nothing to the volumes that exist.
class ChangedClaimsTest {
  @TempDir private Path folder;

  /// Writes the golden fleet with persistent volumes, and the state of its servers as they run.
  private void running() throws IOException {
    Path golden = Path.of(System.getProperty("gops.root"), "golden", "kubernetes-storage");
    Files.writeString(
        folder.resolve("fleet.gops"),
        "fleet demo { environment default { cluster = hz, include = [\"go.gops\"] } }\n");
    Files.copy(golden.resolve("source.gops"), folder.resolve("go.gops"));
    Deployment deployment =
        CompiledFleet.of(folder).compiled().values().iterator().next().deployment();
    Workload side = deployment.workload("go-101-a");
    String template = new PodShapes(deployment).shape(side).print();
    String hash = TemplateHash.of(template);
    StringBuilder state = new StringBuilder();
    for (String zone : List.of("101", "102")) {
      String runs = "{\"version\":\"1.0\",\"replicas\":1,\"template\":\"" + hash + "\"}";
      String stopped = "{\"version\":\"1.0\",\"replicas\":0,\"template\":\"" + hash + "\"}";
      state.append("{\"group\":\"" + zone + "\",\"live\":\"a\",\"sides\":{\"a\":" + runs);
      state.append(",\"b\":" + stopped + "}}\n");
    }
    state.append("{\"template\":\"" + hash + "\",\"content\":" + template + "}\n");
    Files.createDirectories(folder.resolve("state"));
    Files.writeString(folder.resolve("state/default.jsonl"), state);
  }

  private List<Code> codes() {
    Compilation compilation =
        new Compilation(FleetFolder.of(folder), Optional.empty(), new KruiseGameTarget());
    compilation.compiled();
    return compilation.diagnostics().sorted().stream()
        .filter(Diagnostic::isError)
        .map(Diagnostic::code)
        .toList();
  }

  @Test
  void whatRunsMayStay() throws IOException {
    running();
    assertEquals(List.of(), codes());
  }

  @ParameterizedTest
  @CsvSource({"20Gi, 40Gi", "local-ssd, network-ssd", "persistent saves, persistent games"})
  void aVersionThatRunsKeepsItsVolumes(String before, String after) throws IOException {
    running();
    Path source = folder.resolve("go.gops");
    String changed = Files.readString(source).replace(before, after);
    Files.writeString(source, changed.replace("mount saves", "mount " + name(changed)));
    assertEquals(List.of(Code.GOPS5513), codes());
  }

  private static String name(String source) {
    return source.contains("persistent games") ? "games" : "saves";
  }
}
