package io.gops.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.artifact.Artifact;
import io.gops.compilation.Compilation;
import io.gops.compilation.Compiled;
import io.gops.compilation.FleetFolder;
import io.gops.compilation.Target;
import io.gops.deployment.Deployment;
import io.gops.diagnostic.Diagnostic;
import io.gops.network.Overlay;
import io.gops.plan.LoginSteering;
import io.gops.plan.PodTemplates;
import io.gops.rollout.LoginRoutes;
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
final class CompiledFleet {
  private CompiledFleet() {}

  /// The manifests of all environments by path.
  static SortedMap<String, String> manifests(Path source) throws IOException {
    Compilation compilation =
        new Compilation(FleetFolder.of(source), Optional.empty(), new KubernetesTarget());
    List<Artifact> artifacts = new ArrayList<>();
    for (Compiled compiled : compilation.compiled().values()) {
      new KubernetesBackend().generate(compiled, artifacts::add, compilation.diagnostics());
    }
    assertEquals(
        List.of(),
        compilation.diagnostics().sorted().stream().filter(Diagnostic::isError).toList());
    SortedMap<String, String> files = new TreeMap<>();
    for (Artifact artifact : artifacts) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      artifact.content().writeTo(out);
      files.put(artifact.path(), out.toString(StandardCharsets.UTF_8));
    }
    return files;
  }

  private record KubernetesTarget() implements Target {
    @Override
    public PodTemplates podTemplates(Deployment deployment) {
      return new PodShapes(deployment);
    }

    @Override
    public LoginSteering loginSteering(Overlay overlay) {
      return new LoginRoutes(overlay);
    }
  }
}
