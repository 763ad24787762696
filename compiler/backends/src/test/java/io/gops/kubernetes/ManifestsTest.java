package io.gops.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.artifact.Artifact;
import io.gops.deployment.Deployment;
import io.gops.deployment.SampleDeployment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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

  static SortedMap<String, String> generate(Deployment deployment) throws IOException {
    SortedMap<String, String> files = new TreeMap<>();
    List<Artifact> artifacts = new ArrayList<>();
    new Manifests(deployment, new PodShapes(deployment)).generate(artifacts::add);
    for (Artifact artifact : artifacts) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      artifact.content().writeTo(out);
      files.put(artifact.path(), out.toString(StandardCharsets.UTF_8));
    }
    return files;
  }
}
