package io.gops.controlplane;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// A control plane that knows the kinds that manifests use.
final class Cluster implements AutoCloseable {
  /// Who applies generated manifests.
  static final String GOPSC = "gopsc";

  /// Who applies the number of servers that a new zone starts with.
  static final String START = "gopsc-start";

  /// Who carries out releases.
  static final String RELEASE = "gopsc-release";

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /// What others refer to comes first.
  private static final List<String> FIRST = List.of("Namespace", "PriorityClass");

  private final ControlPlane plane;

  private Cluster(ControlPlane plane) {
    this.plane = plane;
  }

  /// @param folder an empty folder for data and logs
  static Cluster start(Path folder)
      throws IOException, InterruptedException, GeneralSecurityException {
    Cluster cluster = new Cluster(ControlPlane.start(folder));
    boolean whole = false;
    try {
      cluster.define();
      whole = true;
    } finally {
      if (!whole) {
        cluster.close();
      }
    }
    return cluster;
  }

  Api api() {
    return plane.api();
  }

  /// With which kubectl reaches it.
  Path kubeconfig() {
    return plane.kubeconfig();
  }

  /// Key and certificate of the API server.
  Path certificates() {
    return plane.certificates();
  }

  /// Whether pods are made and placed.
  boolean runsPods() {
    return plane.hasScheduler() && plane.hasControllers();
  }

  private void define() throws IOException, InterruptedException {
    List<JsonNode> definitions = new ArrayList<>();
    try (Stream<Path> files = Files.list(ControlPlane.definitions())) {
      for (Path file : files.sorted().toList()) {
        definitions.addAll(Api.documents(Files.readString(file)));
      }
    }
    definitions.addAll(Api.documents(resource("network-attachment-definitions.yaml")));
    definitions.addAll(Api.documents(resource("agones.yaml")));
    define(definitions);
  }

  /// Makes the server know further kinds.
  void define(List<JsonNode> definitions) throws IOException, InterruptedException {
    for (JsonNode definition : definitions) {
      api().apply(definition, "definitions").orThrow();
    }
    for (JsonNode definition : definitions) {
      String path = api().path(definition);
      if (!Waiting.until(PATIENCE, () -> isEstablished(api().get(path).orThrow()))) {
        throw new IOException(path + " is not served");
      }
    }
  }

  private static boolean isEstablished(JsonNode definition) {
    for (JsonNode condition : definition.path("status").path("conditions")) {
      if (condition.path("type").asText().equals("Established")) {
        return condition.path("status").asText().equals("True");
      }
    }
    return false;
  }

  private static String resource(String name) throws IOException {
    try (var in = Objects.requireNonNull(Cluster.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  /// The objects of generated files in an order in which they can be applied. What only `kubectl`
  /// reads is left out.
  static List<JsonNode> objects(Collection<String> files) {
    List<JsonNode> first = new ArrayList<>();
    List<JsonNode> others = new ArrayList<>();
    for (String file : files) {
      for (JsonNode document : Api.documents(file)) {
        String kind = document.path("kind").asText();
        if (!kind.equals("Kustomization")) {
          (FIRST.contains(kind) ? first : others).add(document);
        }
      }
    }
    return Stream.concat(first.stream(), others.stream()).toList();
  }

  /// Applies the objects as their owners.
  ///
  /// @return what the server refused or warned of
  List<String> apply(List<JsonNode> objects) throws IOException, InterruptedException {
    List<String> problems = new ArrayList<>();
    for (JsonNode object : objects) {
      String owner = Projection.isStart(object) ? START : GOPSC;
      problems.addAll(problems(object, api().apply(object, owner)));
      if (object.path("kind").asText().equals("Namespace")) {
        awaitServiceAccount(Projection.name(object));
      }
    }
    return problems;
  }

  /// @return what the server would refuse or warn of if the first pod of each set were made
  List<String> tryPods(List<JsonNode> objects) throws IOException, InterruptedException {
    List<String> problems = new ArrayList<>();
    for (JsonNode object : objects) {
      if (Projection.hasPods(object)) {
        JsonNode pod = Projection.pod(object, 0);
        problems.addAll(problems(pod, api().tryApply(pod, GOPSC)));
      }
    }
    return problems;
  }

  private static List<String> problems(JsonNode object, Api.Answer answer) {
    List<String> problems = new ArrayList<>(answer.warnings());
    if (!answer.isSuccess()) {
      problems.add(answer.message());
    }
    String what = object.path("kind").asText() + " " + Projection.name(object);
    return problems.stream().map(problem -> what + ": " + problem).toList();
  }

  /// No pod is accepted before its namespace has an account for it.
  private void awaitServiceAccount(String namespace) throws IOException, InterruptedException {
    if (!plane.hasControllers()) {
      api().apply(object("v1", "ServiceAccount", namespace, "default"), GOPSC).orThrow();
      return;
    }
    String path = "/api/v1/namespaces/" + namespace + "/serviceaccounts/default";
    if (!Waiting.until(PATIENCE, () -> api().get(path).isSuccess())) {
      throw new IOException("no default service account in " + namespace);
    }
  }

  void createNamespace(String name) throws IOException, InterruptedException {
    api().apply(object("v1", "Namespace", "", name), GOPSC).orThrow();
    awaitServiceAccount(name);
  }

  void createPriorityClass(String name) throws IOException, InterruptedException {
    ObjectNode priority = object("scheduling.k8s.io/v1", "PriorityClass", "", name);
    priority.put("value", 1_000_000).put("preemptionPolicy", "Never");
    api().apply(priority, GOPSC).orThrow();
  }

  private static ObjectNode object(String version, String kind, String namespace, String name) {
    ObjectNode object = Api.JSON.createObjectNode().put("apiVersion", version).put("kind", kind);
    ObjectNode metadata = object.putObject("metadata").put("name", name);
    if (!namespace.isEmpty()) {
      metadata.put("namespace", namespace);
    }
    return object;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    plane.close();
  }
}
