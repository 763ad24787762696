package io.gops.controlplane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gops.fleet.Host;
import io.gops.fleet.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Stands in for the kubelets of a fleet: nodes with the room of their hosts give signs of life,
/// pods run as soon as they are bound and end as soon as they are told to.
///
/// Nothing runs in the pods. What is measured with it is what the API server, the scheduler and the
/// controllers decide.
final class StandInKubelets implements AutoCloseable {
  private static final long HEARTBEAT_MILLISECONDS = 10_000;
  private static final int PODS = 110;

  /// Kubernetes' MicroTime takes six decimals and no fewer; `Instant.toString` drops zeros at
  /// the end.
  private static final DateTimeFormatter MICRO_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSX", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Api api;
  private final Set<String> alive = ConcurrentHashMap.newKeySet();
  private final Map<String, Pod> pods = new ConcurrentSkipListMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ExecutorService work = Executors.newFixedThreadPool(4);
  private volatile boolean closed;

  /// A pod as the watch last showed it.
  ///
  /// @param set GameServerSet that it stands for
  /// @param node where it is bound; empty when it waits
  record Pod(String namespace, String name, String uid, String set, String node, boolean ending) {
    static Pod of(JsonNode pod) {
      JsonNode metadata = pod.path("metadata");
      return new Pod(
          metadata.path("namespace").asText(),
          metadata.path("name").asText(),
          metadata.path("uid").asText(),
          metadata.path("labels").path(Projection.OWNER).asText(),
          pod.path("spec").path("nodeName").asText(""),
          metadata.has("deletionTimestamp"));
    }

    String path() {
      return "/api/v1/namespaces/" + namespace + "/pods/" + name;
    }
  }

  StandInKubelets(Api api) {
    this.api = api;
    threads.execute(this::follow);
    threads.execute(this::giveSignsOfLife);
  }

  /// The pods of all namespaces by namespace and name.
  List<Pod> pods() {
    return List.copyOf(pods.values());
  }

  /// Registers a node with what its host has for pods, ready.
  void add(Host host) throws IOException, InterruptedException {
    ObjectNode node = Api.JSON.createObjectNode();
    node.put("apiVersion", "v1").put("kind", "Node");
    ObjectNode metadata = node.putObject("metadata").put("name", host.name());
    metadata.putObject("labels").put("kubernetes.io/hostname", host.name());
    api.apply(node, "kubelet").orThrow();
    api.apply(lease(host.name()), "kubelet").orThrow();
    api.merge(api.path(node) + "/status", status(host)).orThrow();
    alive.add(host.name());
  }

  /// The kubelet of a node falls silent, with all that runs there; and the time has passed after
  /// which the node counts as lost.
  void lose(String node) throws IOException, InterruptedException {
    alive.remove(node);
    ObjectNode change = Api.JSON.createObjectNode();
    change.putObject("status").set("conditions", ready("Unknown", "NodeStatusUnknown"));
    api.merge("/api/v1/nodes/" + node + "/status", change).orThrow();
  }

  private static ObjectNode status(Host host) {
    ObjectNode room = Api.JSON.createObjectNode();
    room.put("cpu", host.allocatable().get(Resource.CPU) + "m");
    room.put("memory", Long.toString(host.allocatable().get(Resource.MEMORY)));
    room.put("pods", Integer.toString(PODS));
    ObjectNode change = Api.JSON.createObjectNode();
    ObjectNode status = change.putObject("status");
    status.set("allocatable", room);
    status.set("capacity", room.deepCopy());
    status.set("conditions", ready("True", "KubeletReady"));
    return change;
  }

  private static ArrayNode ready(String value, String reason) {
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    ArrayNode conditions = Api.JSON.createArrayNode();
    conditions
        .addObject()
        .put("type", "Ready")
        .put("status", value)
        .put("reason", reason)
        .put("lastHeartbeatTime", now)
        .put("lastTransitionTime", now);
    return conditions;
  }

  private static ObjectNode lease(String node) {
    ObjectNode lease = Api.JSON.createObjectNode();
    lease.put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
    lease.putObject("metadata").put("name", node).put("namespace", "kube-node-lease");
    lease
        .putObject("spec")
        .put("holderIdentity", node)
        .put("leaseDurationSeconds", 40)
        .put("renewTime", MICRO_TIME.format(Instant.now()));
    return lease;
  }

  private void giveSignsOfLife() {
    while (!closed) {
      for (String node : alive) {
        attempt(() -> api.apply(lease(node), "kubelet"));
      }
      attempt(() -> Thread.sleep(HEARTBEAT_MILLISECONDS));
    }
  }

  /// Lists the pods, then follows what happens to them, for ever.
  private void follow() {
    while (!closed) {
      attempt(
          () -> {
            JsonNode list = api.get("/api/v1/pods").orThrow();
            List<String> found = new ArrayList<>();
            for (JsonNode item : list.path("items")) {
              see(item);
              found.add(key(item));
            }
            pods.keySet().retainAll(found);
            String version = list.path("metadata").path("resourceVersion").asText();
            try (Stream<String> events = api.watch("/api/v1/pods", version)) {
              events.forEach(this::happen);
            }
          });
    }
  }

  private void happen(String line) {
    try {
      JsonNode event = Api.JSON.readTree(line);
      JsonNode object = event.path("object");
      switch (event.path("type").asText()) {
        case "ADDED", "MODIFIED" -> see(object);
        case "DELETED" -> pods.remove(key(object));
        case "BOOKMARK" -> {}
        default -> throw new IOException("the watch ended: " + line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String key(JsonNode pod) {
    JsonNode metadata = pod.path("metadata");
    return metadata.path("namespace").asText() + "/" + metadata.path("name").asText();
  }

  private void see(JsonNode object) {
    Pod pod = Pod.of(object);
    pods.put(key(object), pod);
    if (!alive.contains(pod.node())) {
      return;
    }
    if (pod.ending()) {
      work.execute(() -> attempt(() -> end(pod)));
    } else if (object.path("status").path("phase").asText().equals("Pending")) {
      work.execute(() -> attempt(() -> api.strategic(pod.path() + "/status", running())));
    }
  }

  private void end(Pod pod) throws IOException, InterruptedException {
    api.delete(
        pod.path(), Map.of("gracePeriodSeconds", 0, "preconditions", Map.of("uid", pod.uid())));
  }

  private static ObjectNode running() {
    ObjectNode change = Api.JSON.createObjectNode();
    ObjectNode status = change.putObject("status").put("phase", "Running");
    status.putArray("conditions").addObject().put("type", "Ready").put("status", "True");
    return change;
  }

  private interface Attempt {
    void run() throws IOException, InterruptedException;
  }

  /// What fails is tried again: by the next event, the next heartbeat, the next list.
  private void attempt(Attempt attempt) {
    try {
      attempt.run();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (IOException | UncheckedIOException e) {
      if (!closed) {
        System.err.println("stand-in kubelets: " + e.getMessage());
      }
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    work.shutdownNow();
    threads.shutdownNow();
    threads.awaitTermination(2, TimeUnit.SECONDS);
  }
}
