package io.gops.kubernetes;

import io.gops.deployment.Workload;
import io.gops.fleet.Autoscale;
import io.gops.fleet.Exposure;
import io.gops.fleet.Pool;
import io.gops.fleet.Port;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The servers of one zone and role as a Fleet of `agones.dev/v1`, and what changes their number.
///
/// A Fleet never stops a server that is allocated. Its servers have no numbers, and what starts in
/// the place of one that ends has another name.
final class AgonesFleet {
  /// Ways in which Agones gives a port of the host to a server.
  static final List<String> PORT_POLICIES = List.of("Dynamic", "Passthrough", "Static");

  private final Workload workload;
  private final Pool.Sharing sharing;

  AgonesFleet(Workload workload, Pool.Sharing sharing) {
    this.workload = workload;
    this.sharing = sharing;
  }

  /// The documents: the Fleet, and its autoscaler if it has one.
  ///
  /// @param template the pod template as it is for OpenKruiseGame
  List<Map<String, Object>> trees(Map<String, @Nullable Object> template) {
    List<Map<String, Object>> documents = new ArrayList<>();
    documents.add(object("agones.dev/v1", "Fleet", spec(template)));
    Autoscaler.of(workload)
        .flatMap(this::buffer)
        .ifPresent(
            spec -> documents.add(object("autoscaling.agones.dev/v1", "FleetAutoscaler", spec)));
    return documents;
  }

  private Map<String, Object> object(String version, String kind, Map<String, Object> spec) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("labels", Labels.ofObject(workload));
    metadata.put("name", workload.name());
    metadata.put("namespace", workload.game().namespace());
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("apiVersion", version);
    object.put("kind", kind);
    object.put("metadata", metadata);
    object.put("spec", spec);
    return object;
  }

  private Map<String, Object> spec(Map<String, @Nullable Object> template) {
    Map<String, Object> spec = new LinkedHashMap<>();
    // Servers with players that are more than wanted, which a match maker should empty first.
    spec.put("allocationOverflow", Map.of("labels", Map.of(Labels.OVERFLOW, "true")));
    if (Autoscaler.of(workload).isEmpty()) {
      spec.put("replicas", workload.replicas());
    }
    spec.put("scheduling", sharing == Pool.Sharing.PACKED ? "Packed" : "Distributed");
    // The capacity proof has room for the servers that are wanted, and for no more; Agones refuses
    // rolling updates that add none before they take one away.
    spec.put("strategy", Map.of("type", "Recreate"));
    Map<String, Object> server = new LinkedHashMap<>();
    server.put("metadata", Map.of("labels", Labels.ofObject(workload)));
    server.put("spec", server(template));
    spec.put("template", server);
    return spec;
  }

  private Map<String, Object> server(Map<String, @Nullable Object> template) {
    Map<String, Object> server = new LinkedHashMap<>();
    server.put("container", workload.role().containers().getFirst().name());
    long players =
        workload
            .zone()
            .body()
            .playersOfServer(
                workload.role().name(), workload.zone().body().players(), workload.wanted());
    if (players > 0) {
      Map<String, Object> counter = new LinkedHashMap<>();
      counter.put("capacity", players);
      counter.put("count", 0);
      server.put("counters", Map.of("players", counter));
    }
    server.put("eviction", Map.of("safe", "Never"));
    // The kubelet asks with the checks of the containers; whether a server pings Agones, no source
    // says.
    server.put("health", Map.of("disabled", true));
    server.put("ports", ports());
    server.put("template", pod(template));
    return server;
  }

  private List<Object> ports() {
    List<Object> ports = new ArrayList<>();
    for (Exposure exposure : workload.role().exposures()) {
      workload
          .role()
          .container(exposure.container())
          .flatMap(container -> container.port(exposure.port()))
          .ifPresent(port -> ports.add(port(exposure, port)));
    }
    return ports;
  }

  private static Map<String, Object> port(Exposure exposure, Port port) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("container", exposure.container());
    if (!exposure.network().equals("Passthrough")) {
      entry.put("containerPort", port.number());
    }
    if (exposure.network().equals("Static")) {
      entry.put("hostPort", port.number());
    }
    entry.put("name", port.name());
    entry.put("portPolicy", exposure.network());
    entry.put("protocol", port.protocol().name());
    return entry;
  }

  /// Agones puts a sidecar into each pod that speaks to the API server: it needs the account that
  /// is taken from other pods. Agones itself keeps it from the containers of the game.
  private static Map<String, Object> pod(Map<String, @Nullable Object> template) {
    Map<String, Object> pod = new LinkedHashMap<>();
    template.forEach(
        (name, value) -> {
          if (value instanceof Map<?, ?> map) {
            Map<Object, Object> kept = new LinkedHashMap<>(map);
            kept.remove("automountServiceAccountToken");
            pod.put(name, kept);
          }
        });
    return pod;
  }

  /// A number of servers that wait for players. Agones refuses one above the least number.
  private Optional<Map<String, Object>> buffer(Autoscale autoscale) {
    if (!(autoscale.by() instanceof Autoscale.Spare(int keep, Optional<Integer> _))) {
      return Optional.empty();
    }
    Map<String, Object> buffer = new LinkedHashMap<>();
    buffer.put("bufferSize", keep);
    buffer.put("maxReplicas", autoscale.max());
    buffer.put("minReplicas", Math.max(autoscale.min(), keep));
    Map<String, Object> policy = new LinkedHashMap<>();
    policy.put("buffer", buffer);
    policy.put("type", "Buffer");
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("fleetName", workload.name());
    spec.put("policy", policy);
    return Optional.of(spec);
  }
}
