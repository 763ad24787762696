package io.gops.controlplane;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Stands in for the controller of GameServerSets: keeps a StatefulSet of the same name, template
/// and number beside each, so that whoever changes a GameServerSet gets its pods.
final class StandInController implements AutoCloseable {
  private static final long PAUSE_MILLISECONDS = 200;

  private final Api api;
  private final List<String> namespaces;
  private final Map<String, String> seen = new HashMap<>();
  private final Thread thread;
  private volatile boolean closed;

  StandInController(Api api, Collection<String> namespaces) {
    this.api = api;
    this.namespaces = List.copyOf(namespaces);
    this.thread = Thread.ofVirtual().start(this::follow);
  }

  private void follow() {
    while (!closed) {
      try {
        for (String namespace : namespaces) {
          String path = "/apis/game.kruise.io/v1alpha1/namespaces/" + namespace + "/gameserversets";
          for (JsonNode set : api.get(path).orThrow().path("items")) {
            reconcile(set);
          }
        }
        Thread.sleep(PAUSE_MILLISECONDS);
      } catch (InterruptedException _) {
        return;
      } catch (IOException e) {
        if (!closed) {
          System.err.println("stand-in controller: " + e.getMessage());
        }
      }
    }
  }

  private void reconcile(JsonNode set) throws IOException, InterruptedException {
    String version = set.path("metadata").path("resourceVersion").asText();
    String name = Projection.namespace(set) + "/" + Projection.name(set);
    if (!version.equals(seen.get(name))) {
      int replicas = set.path("spec").path("replicas").asInt();
      api.apply(Projection.statefulSet(set, replicas), "kruise").orThrow();
      seen.put(name, version);
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.interrupt();
    thread.join();
  }
}
