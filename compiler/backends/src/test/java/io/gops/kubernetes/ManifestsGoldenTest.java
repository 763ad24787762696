package io.gops.kubernetes;

import io.gops.deployment.Deployment;
import io.gops.deployment.SampleDeployment;
import io.gops.deployment.Workload;
import io.gops.fleet.Cluster;
import io.gops.fleet.HotUpdate;
import io.gops.fleet.Pool;
import io.gops.fleet.Reload;
import io.gops.yaml.YamlWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestsGoldenTest {
  @ParameterizedTest
  @ValueSource(strings = {"clx/kustomization", "clx/namespace", "clx/zone-10001", "node-labels"})
  void aPairOnOneHost(String file) throws IOException {
    SortedMap<String, String> files = ManifestsTest.generate(SampleDeployment.of(2));
    verify(files, "kubernetes-pair", file);
  }

  @Test
  void policiesThatKubernetesEnforces() throws IOException {
    Deployment both =
        Variations.withCluster(SampleDeployment.of(1), Cluster.Cni.CALICO, Cluster.Enforce.BOTH);
    verify(ManifestsTest.generate(both), "kubernetes-policy", "clx/policy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "inotify", "exec", "signal"})
  void sidecarForEachWayToReload(String way) {
    Reload reload =
        switch (way) {
          case "http" -> new Reload.Http("engine", "admin", "/reload?a=1", Duration.ofSeconds(1));
          case "inotify" -> new Reload.Inotify("engine", Duration.ofSeconds(2), List.of());
          case "exec" -> new Reload.Exec("engine", List.of("/usr/sbin/nginx", "-s", "reload"));
          default -> new Reload.Signal("engine", "HUP", "a-process-name-over-15-bytes");
        };
    Deployment changed =
        Variations.withRole(
            SampleDeployment.of(1),
            role ->
                Variations.role(
                    role,
                    role.exposures(),
                    role.hotUpdates().stream()
                        .map(
                            u ->
                                new HotUpdate(u.name(), u.files(), u.mounts(), reload, u.origins()))
                        .toList()));
    GoldenFiles.verify(spec(changed), "kubernetes-reload", way, "yaml");
  }

  @ParameterizedTest
  @ValueSource(strings = {"packed-1", "packed-3", "exclusive-1", "exclusive-3"})
  void whatKeepsAPairTogether(String name) {
    Pool.Sharing sharing = name.startsWith("packed") ? Pool.Sharing.PACKED : Pool.Sharing.EXCLUSIVE;
    int servers = Integer.parseInt(name.substring(name.length() - 1));
    Workload workload =
        Variations.withWanted(
            Objects.requireNonNull(SampleDeployment.of(1).workloads().get("clx-10001-b")), servers);
    PodShape shape =
        PodShape.of(
            new TypedObjects().tree(Map.of("affinity", Pairing.affinity(workload, sharing))));
    GoldenFiles.verify(YamlWriter.print(shape.fill(workload)), "kubernetes-affinity", name, "yaml");
  }

  private static String spec(Deployment deployment) {
    Workload workload = Objects.requireNonNull(deployment.workloads().get("clx-10001-a"));
    Object spec = new PodShapes(deployment).template(workload).get("spec");
    return YamlWriter.print(Objects.requireNonNull(spec));
  }

  private static void verify(SortedMap<String, String> files, String name, String file) {
    String text = files.getOrDefault("default/hz/kubernetes/" + file + ".yaml", "");
    GoldenFiles.verify(text, name, file.substring(file.indexOf('/') + 1), "yaml");
  }
}
