package io.gops.kubernetes;

import io.gops.artifact.Artifact;
import io.gops.compilation.Backend;
import io.gops.compilation.Compiled;
import io.gops.deployment.Deployment;
import io.gops.diagnostic.Diagnostics;
import java.util.function.Consumer;

/// Writes a deployment as manifests for Kubernetes with OpenKruiseGame.
public final class KubernetesBackend implements Backend {
  @Override
  public String id() {
    return "kubernetes";
  }

  @Override
  public void check(Compiled compiled, Diagnostics diagnostics) {
    new KubernetesChecks(compiled.deployment(), NetworkPlugin.load(), diagnostics).run();
    new ImagePulls(compiled.fleet()).check(diagnostics);
  }

  @Override
  public void generate(Compiled compiled, Consumer<Artifact> files, Diagnostics diagnostics) {
    Deployment deployment = compiled.deployment();
    new Manifests(deployment, new PodShapes(deployment)).generate(files);
    new ImagePulls(compiled.fleet()).generate(deployment, files);
  }
}
