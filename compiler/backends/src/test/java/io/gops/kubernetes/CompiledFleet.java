package io.gops.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.artifact.Artifact;
import io.gops.compilation.Compilation;
import io.gops.compilation.Compiled;
import io.gops.compilation.FleetFolder;
import io.gops.diagnostic.Diagnostic;
import io.gops.rollout.KruiseGameTarget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Compiles a fleet in this process, as far as the manifests.
///
/// @param compiled by environment
/// @param manifests of all environments by path
public record CompiledFleet(
    SortedMap<String, Compiled> compiled, SortedMap<String, String> manifests) {

  /// The fleet of a folder or file, which has no error.
  public static CompiledFleet of(Path source) throws IOException {
    Compilation compilation =
        new Compilation(FleetFolder.of(source), Optional.empty(), new KruiseGameTarget());
    List<Artifact> artifacts = new ArrayList<>();
    for (Compiled compiled : compilation.compiled().values()) {
      new KubernetesBackend().check(compiled, compilation.diagnostics());
      new KubernetesBackend().generate(compiled, artifacts::add, compilation.diagnostics());
    }
    assertEquals(
        List.of(),
        compilation.diagnostics().sorted().stream().filter(Diagnostic::isError).toList());
    return new CompiledFleet(compilation.compiled(), texts(artifacts));
  }

  private static SortedMap<String, String> texts(List<Artifact> artifacts) throws IOException {
    SortedMap<String, String> files = new TreeMap<>();
    for (Artifact artifact : artifacts) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      artifact.content().writeTo(out);
      files.put(artifact.path(), out.toString(StandardCharsets.UTF_8));
    }
    return files;
  }
}
