package io.gops.controlplane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/// Stands in for the container runtimes of one namespace: a container of a bound pod runs the image
/// that the pod names, and restarts when it names another one. A pod is ready when all of its gates
/// are open, as a kubelet says it.
final class StandInContainers implements AutoCloseable {
  private static final long PAUSE_MILLISECONDS = 100;

  private final Api api;
  private final String pods;
  private final Map<String, Running> running = new HashMap<>();
  private final Thread thread;
  private volatile boolean closed;

  /// What a container runs, and how often it was restarted.
  private record Running(String image, int restarts) {
    Running with(String wanted) {
      return image.equals(wanted) ? this : new Running(wanted, restarts + 1);
    }
  }

  StandInContainers(Api api, String namespace) {
    this.api = api;
    this.pods = "/api/v1/namespaces/" + namespace + "/pods";
    this.thread = Thread.ofVirtual().start(this::follow);
  }

  private void follow() {
    while (!closed) {
      try {
        for (JsonNode pod : api.get(pods).orThrow().path("items")) {
          if (pod.path("spec").has("nodeName") && !pod.path("metadata").has("deletionTimestamp")) {
            report(pod);
          }
        }
        Thread.sleep(PAUSE_MILLISECONDS);
      } catch (InterruptedException _) {
        return;
      } catch (IOException e) {
        if (!closed) {
          System.err.println("stand-in containers: " + e.getMessage());
        }
      }
    }
  }

  private void report(JsonNode pod) throws IOException, InterruptedException {
    ObjectNode change = Api.JSON.createObjectNode();
    ObjectNode status = change.putObject("status").put("phase", "Running");
    ArrayNode containers = status.putArray("containerStatuses");
    String uid = pod.path("metadata").path("uid").asText();
    for (JsonNode container : pod.path("spec").path("containers")) {
      String name = container.path("name").asText();
      String image = container.path("image").asText();
      Running now =
          running.merge(uid + "/" + name, new Running(image, 0), (old, _) -> old.with(image));
      containers
          .addObject()
          .put("name", name)
          .put("image", image)
          .put("imageID", "id-of-" + image)
          .put("containerID", "containerd://" + uid + "-" + name + "-" + now.restarts())
          .put("ready", true)
          .put("started", true)
          .put("restartCount", now.restarts())
          .putObject("state")
          .putObject("running");
    }
    ArrayNode conditions = status.putArray("conditions");
    conditions.addObject().put("type", "ContainersReady").put("status", "True");
    conditions.addObject().put("type", "Ready").put("status", isOpen(pod) ? "True" : "False");
    if (!says(pod, status)) {
      String path = pods + "/" + pod.path("metadata").path("name").asText() + "/status";
      api.strategic(path, change).orThrow();
    }
  }

  private static boolean isOpen(JsonNode pod) {
    for (JsonNode gate : pod.path("spec").path("readinessGates")) {
      if (!condition(pod, gate.path("conditionType").asText()).equals("True")) {
        return false;
      }
    }
    return true;
  }

  static String condition(JsonNode pod, String type) {
    for (JsonNode condition : pod.path("status").path("conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition.path("status").asText();
      }
    }
    return "";
  }

  /// Whether the pod's status says all of that already.
  private static boolean says(JsonNode pod, ObjectNode status) {
    JsonNode found = pod.path("status").path("containerStatuses");
    if (found.size() != status.path("containerStatuses").size()) {
      return false;
    }
    for (JsonNode wanted : status.path("containerStatuses")) {
      boolean same = false;
      for (JsonNode container : found) {
        same |= container.path("containerID").equals(wanted.path("containerID"));
      }
      if (!same) {
        return false;
      }
    }
    for (JsonNode wanted : status.path("conditions")) {
      if (!condition(pod, wanted.path("type").asText()).equals(wanted.path("status").asText())) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.interrupt();
    thread.join(1_000);
  }
}
