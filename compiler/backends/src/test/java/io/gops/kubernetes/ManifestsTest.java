package io.gops.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.deployment.Deployment;
import io.gops.deployment.SampleDeployment;
import io.gops.fleet.Exposure;
import io.gops.kubernetes.inspection.Inspection;
import io.gops.source.Origins;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ManifestsTest {
  @Test
  void writesAFileForEachZoneAndTheSharedObjects() throws IOException {
    SortedMap<String, String> files = generate(SampleDeployment.of(2));
    assertEquals(
        List.of(
            "default/hz/kubernetes/clx/kustomization.yaml",
            "default/hz/kubernetes/clx/namespace.yaml",
            "default/hz/kubernetes/clx/zone-10001.yaml",
            "default/hz/kubernetes/clx/zone-10002.yaml",
            "default/hz/kubernetes/node-labels.yaml",
            "default/hz/kubernetes/racing/kustomization.yaml",
            "default/hz/kubernetes/racing/namespace.yaml",
            "default/hz/kubernetes/racing/zone-20001.yaml",
            "default/hz/kubernetes/racing/zone-20002.yaml"),
        List.copyOf(files.keySet()));
  }

  /// Pod Security refuses ports of the host on every level but one.
  @Test
  void theNamespaceOfHostPortsAllowsThem() throws IOException {
    String namespace = "default/hz/kubernetes/clx/namespace.yaml";
    Exposure hostPort =
        new Exposure("engine", "client", "Kubernetes-HostPort", new TreeMap<>(), Origins.NONE);
    Deployment open =
        Variations.withRole(
            SampleDeployment.of(2),
            role -> Variations.role(role, List.of(hostPort), role.hotUpdates()));
    assertTrue(
        String.valueOf(generate(open).get(namespace))
            .contains("pod-security.kubernetes.io/enforce: privileged"));
    assertTrue(
        String.valueOf(generate(SampleDeployment.of(2)).get(namespace))
            .contains("pod-security.kubernetes.io/enforce: baseline"));
  }

  /// The template of a pod says nothing of the taint that its pool has, so it is the same before
  /// and after somebody taints the pool.
  @Test
  void everyPodToleratesTheTaintOfWhateverPool() throws IOException {
    generate(SampleDeployment.of(2))
        .forEach(
            (path, text) ->
                assertEquals(
                    text.split("kind: GameServerSet", -1).length,
                    text.split(
                            "      tolerations:\n      - key: gops.dev/pool\n        operator: Exists\n",
                            -1)
                        .length,
                    path));
  }

  static SortedMap<String, String> generate(Deployment deployment) throws IOException {
    MadeFiles files = new MadeFiles();
    Inspection inspection = KubernetesBackend.inspection(deployment);
    new Manifests(
            deployment,
            new PodShapes(deployment),
            new TreeMap<>(),
            new TreeMap<>(),
            new ManifestFiles(inspection))
        .generate(files);
    files.onceMade(inspection::demand);
    return files.texts();
  }
}
