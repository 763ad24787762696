package io.gops.kubernetes;

import io.gops.deployment.Deployment;
import io.gops.deployment.Group;
import io.gops.deployment.Workload;
import io.gops.fleet.Container;
import io.gops.fleet.Patch;
import io.gops.fleet.Pool;
import io.gops.fleet.Port;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// The objects of one zone: for each set its Service, its network attachment and itself.
final class ZoneObjects {
  private final Deployment deployment;
  private final PodShapes shapes;
  private final SortedMap<String, NetworkPlugin> plugins;

  ZoneObjects(Deployment deployment, PodShapes shapes, SortedMap<String, NetworkPlugin> plugins) {
    this.deployment = deployment;
    this.shapes = shapes;
    this.plugins = plugins;
  }

  /// The documents of a zone's file.
  List<Map<String, Object>> of(List<Group> groups) {
    List<Map<String, Object>> documents = new ArrayList<>();
    for (Group group : groups) {
      documents.addAll(ConfigFiles.ofGroup(group));
      for (Workload workload : group.workloads()) {
        if (deployment.cluster().runsAgones()) {
          Pool pool = Objects.requireNonNull(deployment.pools().get(workload.zone().body().pool()));
          documents.addAll(
              new AgonesFleet(workload, pool.sharing()).trees(shapes.template(workload)));
          continue;
        }
        List<Patch> patches = workload.role().patches();
        documents.add(service(workload, patches));
        if (Attachment.isNeeded(workload, deployment)) {
          documents.add(Attachment.definition(workload, deployment));
        }
        documents.add(set(workload, shapes.template(workload), patches));
        Autoscaler.of(workload)
            .ifPresent(autoscale -> documents.add(new Autoscaler(workload, autoscale).tree()));
        documents.addAll(GameServers.of(workload));
        documents.addAll(new BackupJobs(deployment, workload).trees());
        workload
            .zone()
            .body()
            .disruption()
            .ifPresent(disruption -> documents.add(Budget.of(workload, disruption)));
      }
    }
    return documents;
  }

  /// The Service of a workload with patches in it.
  static Map<String, Object> service(Workload workload, List<Patch> patches) {
    return patching(workload).apply(service(workload), "Service", patches);
  }

  /// The set of a workload.
  ///
  /// @param template its pod template, with the patches of pods in it
  /// @param patches those of the set are put in
  Map<String, Object> set(
      Workload workload, Map<String, @Nullable Object> template, List<Patch> patches) {
    Optional<NetworkBlock> network = NetworkBlock.of(workload.role(), plugins);
    return patching(workload)
        .apply(new GameServerSet(workload, template, network).tree(), "GameServerSet", patches);
  }

  private static Patching patching(Workload workload) {
    return new Patching(text -> text.resolve(workload.zone().id(), workload.side()));
  }

  /// OpenKruiseGame makes no Service for a set. Names of pods must resolve while a sidecar restarts
  /// too, when the pod is not ready for a moment.
  private static Map<String, Object> service(Workload workload) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("labels", Labels.ofObject(workload));
    metadata.put("name", workload.name());
    metadata.put("namespace", workload.game().namespace());
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("clusterIP", "None");
    List<Object> ports = ports(workload);
    if (!ports.isEmpty()) {
      spec.put("ports", ports);
    }
    spec.put("publishNotReadyAddresses", true);
    spec.put("selector", Map.of(Labels.OWNER_SET, workload.name()));
    spec.put("type", "ClusterIP");
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("apiVersion", "v1");
    object.put("kind", "Service");
    object.put("metadata", metadata);
    object.put("spec", spec);
    return object;
  }

  private static List<Object> ports(Workload workload) {
    List<Object> ports = new ArrayList<>();
    boolean several = workload.role().containers().size() > 1;
    for (Container container : workload.role().containers()) {
      for (Port port : container.ports()) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", several ? container.name() + "-" + port.name() : port.name());
        entry.put("port", port.number());
        entry.put("protocol", port.protocol().name());
        entry.put("targetPort", port.number());
        ports.add(entry);
      }
    }
    return ports;
  }
}
