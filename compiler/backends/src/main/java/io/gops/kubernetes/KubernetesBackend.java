package io.gops.kubernetes;

import io.gops.artifact.Artifacts;
import io.gops.compilation.Backend;
import io.gops.compilation.Compiled;
import io.gops.deployment.Deployment;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Secret;
import io.gops.kubernetes.inspection.Inspection;
import io.gops.kubernetes.inspection.ObjectInspection;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Writes a deployment as manifests for Kubernetes with OpenKruiseGame, or with Agones.
public final class KubernetesBackend implements Backend {
  @Override
  public String id() {
    return "kubernetes";
  }

  @Override
  public void check(Compiled compiled, Diagnostics diagnostics) {
    if (compiled.deployment().cluster().runsAgones()) {
      new AgonesChecks(compiled.fleet(), compiled.deployment(), diagnostics).run();
    } else {
      new KubernetesChecks(compiled.deployment(), NetworkPlugin.load(), diagnostics).run();
      new ImagePulls(compiled.fleet()).check(diagnostics);
    }
    PolicyObjects.check(compiled.deployment(), diagnostics);
    new PatchedObjectChecks(compiled.deployment(), objects(), diagnostics).run();
  }

  /// What looks at everything that is generated for a deployment.
  static Inspection inspection(Deployment deployment) {
    SortedMap<String, SortedSet<String>> secrets = new TreeMap<>();
    for (Secret secret : deployment.secrets().values()) {
      secrets.computeIfAbsent(secret.object(), _ -> new TreeSet<>()).addAll(secret.keys());
    }
    return new Inspection(objects(), secrets);
  }

  private static ObjectInspection objects() {
    return new ObjectInspection(NetworkPlugin.load().keySet());
  }

  @Override
  public void generate(Compiled compiled, Artifacts files, Diagnostics diagnostics) {
    Deployment deployment = compiled.deployment();
    Inspection inspection = inspection(deployment);
    ManifestFiles manifests = new ManifestFiles(inspection);
    new Manifests(
            deployment,
            new PodShapes(deployment),
            LaterVersions.of(compiled),
            compiled.capacity().hosts(),
            manifests)
        .generate(files);
    new ImagePulls(compiled.fleet()).generate(deployment, manifests, files);
    files.onceMade(inspection::demand);
  }
}
