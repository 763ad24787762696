package io.gops.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.compilation.Compilation;
import io.gops.compilation.Compiled;
import io.gops.compilation.FleetFolder;
import io.gops.diagnostic.Diagnostic;
import io.gops.rollout.KruiseGameTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

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
    MadeFiles files = new MadeFiles();
    for (Compiled compiled : compilation.compiled().values()) {
      new KubernetesBackend().check(compiled, compilation.diagnostics());
      new KubernetesBackend().generate(compiled, files, compilation.diagnostics());
    }
    assertEquals(
        List.of(),
        compilation.diagnostics().sorted().stream().filter(Diagnostic::isError).toList());
    return new CompiledFleet(compilation.compiled(), files.texts());
  }
}
