package io.gops.kubernetes;

import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.LimitRangeBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClassBuilder;
import io.gops.deployment.Deployment;
import io.gops.deployment.Workload;
import io.gops.fleet.Game;
import io.gops.fleet.Host;
import io.gops.fleet.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What the zones of a game share: the namespace and its guards.
///
/// The guards stop what would make the capacity proof untrue from outside the compiler: pods
/// without requests, limits beyond the proven oversell, more than the hosts have.
final class NamespaceObjects {
  private static final int PRIORITY = 1_000_000;
  private static final Resource[] GUARDED = {Resource.CPU, Resource.MEMORY};

  private final Deployment deployment;
  private final Game game;
  private final List<Workload> workloads;
  private final SortedMap<String, List<Workload>> later;

  /// @param workloads all of the game
  /// @param later the same in the versions to which releases lead, by name
  NamespaceObjects(
      Deployment deployment,
      Game game,
      List<Workload> workloads,
      SortedMap<String, List<Workload>> later) {
    this.later = later;
    this.deployment = deployment;
    this.game = game;
    this.workloads = workloads;
  }

  /// One class for all servers of a game: a higher class for one side would evict the other.
  static String priorityClass(Game game) {
    return "gops-" + game.name();
  }

  /// The objects in the order in which they must be created.
  List<Object> objects() {
    List<Object> objects = new ArrayList<>();
    objects.add(namespace());
    objects.add(priority());
    if (!deployment.cluster().runsAgones()) {
      // The sidecar of Agones has no limits, and no pod with it would pass these.
      objects.add(limitRange());
      objects.add(quota());
    }
    if (workloads.stream().anyMatch(w -> !w.role().hotUpdates().isEmpty())) {
      objects.add(ScriptSidecar.tools(game.namespace()));
    }
    objects.addAll(ConfigFiles.ofGame(game, workloads));
    return objects;
  }

  private Namespace namespace() {
    String level = opensHostPorts() ? "privileged" : "baseline";
    String version = "v" + deployment.cluster().kubernetes();
    return new NamespaceBuilder()
        .withNewMetadata()
        .withName(game.namespace())
        .addToLabels(Labels.MANAGED_BY, "gopsc")
        .addToLabels("pod-security.kubernetes.io/enforce", level)
        .addToLabels("pod-security.kubernetes.io/enforce-version", version)
        .addToLabels("pod-security.kubernetes.io/warn", "baseline")
        .addToLabels("pod-security.kubernetes.io/warn-version", version)
        .endMetadata()
        .build();
  }

  /// Ports of the host are beyond the Pod Security level `baseline`. The level is that of the
  /// namespace, whichever of its games opens them.
  private boolean opensHostPorts() {
    return deployment.workloads().values().stream()
        .filter(w -> w.game().namespace().equals(game.namespace()))
        .anyMatch(NamespaceObjects::opensHostPorts);
  }

  static boolean opensHostPorts(Workload workload) {
    return workload.role().exposures().stream()
        .anyMatch(e -> e.takesHostPort() || AgonesFleet.PORT_POLICIES.contains(e.network()));
  }

  private PriorityClass priority() {
    return new PriorityClassBuilder()
        .withNewMetadata()
        .withName(priorityClass(game))
        .addToLabels(Labels.MANAGED_BY, "gopsc")
        .endMetadata()
        .withDescription("Servers of game " + game.name() + ", side A and side B alike")
        .withGlobalDefault(false)
        .withPreemptionPolicy("Never")
        .withValue(PRIORITY)
        .build();
  }

  private LimitRange limitRange() {
    Map<String, Quantity> ratios = new TreeMap<>();
    for (Resource resource : GUARDED) {
      long thousandths = largestRatio(resource);
      if (thousandths > 0) {
        ratios.put(resource.word(), PodResources.quantity(Resource.CPU, thousandths));
      }
    }
    return new LimitRangeBuilder()
        .withNewMetadata()
        .withName("gops-" + game.name())
        .withNamespace(game.namespace())
        .addToLabels(Labels.MANAGED_BY, "gopsc")
        .endMetadata()
        .withNewSpec()
        .addNewLimit()
        .withType("Pod")
        .withMaxLimitRequestRatio(ratios)
        .endLimit()
        .endSpec()
        .build();
  }

  /// The largest share of limit to request of a pod in thousandths, rounded up; 0 when a pod has
  /// no limit.
  private long largestRatio(Resource resource) {
    long largest = 0;
    for (Workload workload : workloads.stream().flatMap(this::versions).toList()) {
      long limit = PodResources.podLimit(workload, resource);
      if (limit == 0) {
        return 0;
      }
      long request = PodResources.podRequest(workload, resource);
      largest = Math.max(largest, Math.ceilDiv(Math.multiplyExact(limit, 1000L), request));
    }
    return largest;
  }

  private ResourceQuota quota() {
    Map<String, Quantity> hard = new TreeMap<>();
    for (Resource resource : GUARDED) {
      hard.put("requests." + resource.word(), PodResources.quantity(resource, physical(resource)));
      long limits = limits(resource);
      if (limits > 0) {
        hard.put("limits." + resource.word(), PodResources.quantity(resource, limits));
      }
    }
    long pods = workloads.stream().mapToLong(w -> servers(w) + BackupJobs.count(w)).sum();
    hard.put("pods", new Quantity(Long.toString(pods)));
    return new ResourceQuotaBuilder()
        .withNewMetadata()
        .withName("gops-" + game.name())
        .withNamespace(game.namespace())
        .addToLabels(Labels.MANAGED_BY, "gopsc")
        .endMetadata()
        .withNewSpec()
        .withHard(hard)
        .endSpec()
        .build();
  }

  /// A set as it is and as releases make it.
  private Stream<Workload> versions(Workload workload) {
    return Stream.concat(
        Stream.of(workload), later.getOrDefault(workload.name(), List.of()).stream());
  }

  private long servers(Workload workload) {
    return versions(workload).mapToLong(Workload::wanted).max().orElse(0);
  }

  /// What the hosts of the game's pools have for pods.
  private long physical(Resource resource) {
    List<String> pools = workloads.stream().map(w -> w.zone().body().pool()).distinct().toList();
    long sum = 0;
    for (Host host : deployment.hosts().values()) {
      if (pools.contains(host.pool())) {
        sum += host.allocatable().get(resource);
      }
    }
    return sum;
  }

  /// The limits of all pods, both sides of each pair and all backups running; 0 when a pod has
  /// none.
  private long limits(Resource resource) {
    long sum = 0;
    for (Workload workload : workloads) {
      long most = 0;
      for (Workload version : versions(workload).toList()) {
        long limit = PodResources.podLimit(version, resource);
        if (limit == 0) {
          return 0;
        }
        most = Math.max(most, Math.multiplyExact(limit, (long) version.wanted()));
      }
      sum = Math.addExact(sum, most);
      sum = Math.addExact(sum, BackupJobs.uses(workload).get(resource));
    }
    return sum;
  }
}
