package io.gops.kubernetes;

import io.gops.artifact.Artifact;
import io.gops.capacity.HostFill;
import io.gops.deployment.Deployment;
import io.gops.deployment.Group;
import io.gops.deployment.Workload;
import io.gops.fleet.Cluster;
import io.gops.fleet.Game;
import io.gops.source.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The manifests of one deployment.
///
/// Below `<environment>/<cluster>/kubernetes/` there is `node-labels.yaml`, and for each game a
/// folder with `namespace.yaml`, `policy.yaml` where Kubernetes enforces policies, `alerts.yaml`
/// where the game has alerts, a file for each zone, and `kustomization.yaml`. Beside them, and in
/// no kustomization, is `start-<zone>.yaml` for each zone whose number of servers an autoscaler
/// owns.
final class Manifests {
  private final Deployment deployment;
  private final PodShapes shapes;
  private final SortedMap<String, HostFill> fills;
  private final ManifestFiles manifests;
  private final SortedMap<String, List<Workload>> later;
  private final SortedMap<String, NetworkPlugin> plugins = NetworkPlugin.load();
  private final TypedObjects objects = new TypedObjects();

  /// @param shapes the pod templates, shared with whoever plans releases
  /// @param later sets in the versions to which releases lead, by name
  /// @param fills what was proved of each host, by name
  Manifests(
      Deployment deployment,
      PodShapes shapes,
      SortedMap<String, List<Workload>> later,
      SortedMap<String, HostFill> fills,
      ManifestFiles files) {
    this.deployment = deployment;
    this.shapes = shapes;
    this.later = later;
    this.fills = fills;
    this.manifests = files;
  }

  /// Hands over the files in the order of their paths.
  ///
  /// The content of a file is made when it is asked for, by any thread.
  void generate(Consumer<Artifact> artifacts) {
    SortedMap<String, Artifact> sorted = new TreeMap<>();
    for (Artifact artifact : files()) {
      sorted.put(artifact.path(), artifact);
    }
    sorted.values().forEach(artifacts);
  }

  private List<Artifact> files() {
    List<Artifact> files = new ArrayList<>();
    files.add(
        manifests.file(
            folder() + "node-labels.yaml",
            List.of(),
            () -> new ArrayList<Object>(NodeLabels.documents(deployment))));
    PolicyObjects policies = new PolicyObjects(deployment);
    ZoneObjects zones = new ZoneObjects(deployment, shapes, plugins);
    for (Map.Entry<String, SortedMap<Integer, List<Group>>> entry : byGame().entrySet()) {
      Game game = deployment.games().get(entry.getKey());
      if (game != null) {
        addGame(game, entry.getValue(), policies, zones, files);
      }
    }
    return files;
  }

  private void addGame(
      Game game,
      SortedMap<Integer, List<Group>> groupsByZone,
      PolicyObjects policies,
      ZoneObjects zones,
      List<Artifact> files) {
    String folder = folder() + game.name() + "/";
    List<Origin> origins = List.of(game.origins().declaration());
    List<String> names = new ArrayList<>();
    names.add("namespace.yaml");
    List<Workload> workloads =
        groupsByZone.values().stream()
            .flatMap(List::stream)
            .flatMap(group -> group.workloads().stream())
            .toList();
    files.add(
        manifests.file(
            folder + "namespace.yaml",
            origins,
            () -> typed(new NamespaceObjects(deployment, game, workloads, later).objects())));
    boolean inVpc = workloads.stream().anyMatch(w -> w.zone().body().vpc().isPresent());
    if (deployment.cluster().enforce() != Cluster.Enforce.OVS && inVpc) {
      names.add("policy.yaml");
      files.add(manifests.file(folder + "policy.yaml", origins, () -> typed(policies.of(game))));
    }
    if (!game.alerts().isEmpty()) {
      names.add("alerts.yaml");
      files.add(
          manifests.file(
              folder + "alerts.yaml",
              origins,
              () -> List.of(new AlertRules(game, fillsOf(workloads)).tree())));
    }
    groupsByZone.forEach(
        (id, groups) -> {
          String name = "zone-" + id + ".yaml";
          names.add(name);
          files.add(
              manifests.file(
                  folder + name,
                  List.of(groups.getFirst().zone().body().origins().declaration()),
                  () -> new ArrayList<Object>(zones.of(groups))));
          List<Workload> autoscaled =
              groups.stream()
                  .flatMap(group -> group.workloads().stream())
                  .filter(_ -> !deployment.cluster().runsAgones())
                  .filter(workload -> Autoscaler.of(workload).isPresent())
                  .toList();
          if (!autoscaled.isEmpty()) {
            files.add(
                manifests.file(
                    folder + "start-" + id + ".yaml",
                    List.of(groups.getFirst().zone().body().origins().declaration()),
                    () -> autoscaled.stream().<Object>map(Autoscaler::start).toList()));
          }
        });
    files.add(
        manifests.file(
            folder + "kustomization.yaml", origins, () -> List.of(kustomization(names))));
  }

  /// What was proved of the hosts of some servers.
  private SortedMap<String, HostFill> fillsOf(List<Workload> workloads) {
    List<String> pools = workloads.stream().map(w -> w.zone().body().pool()).distinct().toList();
    SortedMap<String, HostFill> found = new TreeMap<>(fills);
    found.values().removeIf(fill -> !pools.contains(fill.pool()));
    return found;
  }

  private static Map<String, Object> kustomization(List<String> names) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("apiVersion", "kustomize.config.k8s.io/v1beta1");
    object.put("kind", "Kustomization");
    object.put("resources", names);
    return object;
  }

  private SortedMap<String, SortedMap<Integer, List<Group>>> byGame() {
    SortedMap<String, SortedMap<Integer, List<Group>>> games = new TreeMap<>();
    for (Group group : deployment.groups().values()) {
      games
          .computeIfAbsent(group.zone().body().game(), _ -> new TreeMap<>())
          .computeIfAbsent(group.zone().id(), _ -> new ArrayList<>())
          .add(group);
    }
    return games;
  }

  private List<Object> typed(List<?> documents) {
    return documents.stream().<Object>map(objects::tree).toList();
  }

  private String folder() {
    return folder(deployment);
  }

  /// Where all manifests of a deployment are.
  static String folder(Deployment deployment) {
    return deployment.environment() + "/" + deployment.cluster().name() + "/kubernetes/";
  }
}
