package io.gops.kubernetes;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.gops.deployment.Workload;
import io.gops.fleet.Resource;
import java.util.Map;
import java.util.TreeMap;

/// How the proven amounts of a pod are divided among its containers.
///
/// Script sidecars get a small fixed part, together at most a quarter; the written containers share
/// the rest equally, the first one takes what does not divide. Requests are always written: where
/// they are missing Kubernetes takes the limits instead, and the oversold host is suddenly full.
final class PodResources {
  private static final long MEBIBYTE = 1L << 20;

  /// Kubernetes resource names of what it can account for.
  private static final Map<Resource, String> NAMES =
      Map.of(Resource.CPU, "cpu", Resource.MEMORY, "memory", Resource.DISK, "ephemeral-storage");

  private PodResources() {}

  /// Resources of the written container at `index`.
  static ResourceRequirements ofContainer(Workload workload, int index) {
    Map<String, Quantity> requests = new TreeMap<>();
    Map<String, Quantity> limits = new TreeMap<>();
    NAMES.forEach(
        (resource, name) -> {
          long request = requestOf(workload, resource, index);
          if (request > 0) {
            requests.put(name, quantity(resource, request));
          }
          long limit = limitOf(workload, resource, index);
          if (limit > 0) {
            limits.put(name, quantity(resource, limit));
          }
        });
    return new ResourceRequirementsBuilder().withRequests(requests).withLimits(limits).build();
  }

  /// Resources of a script sidecar.
  static ResourceRequirements ofSidecar(Workload workload) {
    Map<String, Quantity> requests = new TreeMap<>();
    Map<String, Quantity> limits = new TreeMap<>();
    for (Resource resource : new Resource[] {Resource.CPU, Resource.MEMORY}) {
      String name = NAMES.getOrDefault(resource, "");
      requests.put(name, quantity(resource, sidecarRequest(workload, resource)));
      limits.put(name, quantity(resource, sidecarLimit(workload, resource)));
    }
    return new ResourceRequirementsBuilder().withRequests(requests).withLimits(limits).build();
  }

  /// Sum of the limits of a pod; 0 when a container has none.
  static long podLimit(Workload workload, Resource resource) {
    long sum = workload.role().hotUpdates().size() * sidecarLimit(workload, resource);
    for (int index = 0; index < workload.role().containers().size(); index++) {
      long limit = limitOf(workload, resource, index);
      if (limit == 0) {
        return 0;
      }
      sum += limit;
    }
    return sum;
  }

  /// Sum of the requests of a pod.
  static long podRequest(Workload workload, Resource resource) {
    long sum = workload.role().hotUpdates().size() * sidecarRequest(workload, resource);
    for (int index = 0; index < workload.role().containers().size(); index++) {
      sum += requestOf(workload, resource, index);
    }
    return sum;
  }

  /// An amount as Kubernetes writes it: `8`, `8100m`, `26Gi`.
  static Quantity quantity(Resource resource, long amount) {
    return new Quantity(
        resource == Resource.CPU
            ? (amount % 1000 == 0 ? Long.toString(amount / 1000) : amount + "m")
            : binary(amount));
  }

  private static String binary(long bytes) {
    String[] units = {"", "Ki", "Mi", "Gi", "Ti", "Pi"};
    long amount = bytes;
    int unit = 0;
    while (amount != 0 && amount % 1024 == 0 && unit + 1 < units.length) {
      amount /= 1024;
      unit++;
    }
    return amount + units[unit];
  }

  private static long requestOf(Workload workload, Resource resource, int index) {
    long given = workload.request().get(resource);
    if (given == 0 && resource == Resource.DISK) {
      return 0;
    }
    long sidecars = workload.role().hotUpdates().size() * sidecarRequest(workload, resource);
    long share = share(given - sidecars, workload.role().containers().size(), index);
    long least = resource == Resource.CPU ? 1 : MEBIBYTE;
    long limit = limitOf(workload, resource, index);
    return limit == 0 ? Math.max(share, least) : Math.min(Math.max(share, least), limit);
  }

  private static long limitOf(Workload workload, Resource resource, int index) {
    if (!workload.limit().has(resource)) {
      return 0;
    }
    long sidecars = workload.role().hotUpdates().size() * sidecarLimit(workload, resource);
    long given = workload.limit().get(resource) - sidecars;
    long least = resource == Resource.CPU ? 1 : MEBIBYTE;
    return Math.max(share(given, workload.role().containers().size(), index), least);
  }

  private static long share(long amount, int containers, int index) {
    long each = Math.max(0, amount) / containers;
    return index == 0 ? Math.max(0, amount) - each * (containers - 1) : each;
  }

  private static long sidecarRequest(Workload workload, Resource resource) {
    return part(workload, workload.request().get(resource), usualRequest(resource));
  }

  private static long sidecarLimit(Workload workload, Resource resource) {
    return part(workload, workload.limit().get(resource), usualLimit(resource));
  }

  /// What a sidecar gets of a pod, of which the engine must keep most.
  private static long part(Workload workload, long pod, long usual) {
    int sidecars = Math.max(1, workload.role().hotUpdates().size());
    return pod == 0 ? usual : Math.min(usual, pod / 4 / sidecars);
  }

  private static long usualRequest(Resource resource) {
    return switch (resource) {
      case CPU -> 10;
      case MEMORY -> 32 * MEBIBYTE;
      case EGRESS, PACKETS, CONNECTIONS, PODS, DISK, PORTS, ADDRESSES -> 0;
    };
  }

  private static long usualLimit(Resource resource) {
    return switch (resource) {
      case CPU -> 200;
      case MEMORY -> 64 * MEBIBYTE;
      case EGRESS, PACKETS, CONNECTIONS, PODS, DISK, PORTS, ADDRESSES -> 0;
    };
  }
}
