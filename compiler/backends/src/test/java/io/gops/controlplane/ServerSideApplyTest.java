package io.gops.controlplane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gops.kubernetes.CompiledFleet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every manifest, applied to a real API server with strict validation; and the pods that would
/// come of it, because the server checks nothing inside a GameServerSet's template.
@Tag("control-plane")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerSideApplyTest {
  private Cluster cluster;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    cluster = Cluster.start(folder);
  }

  @AfterAll
  void stop() throws Exception {
    cluster.close();
  }

  static List<Path> goldenFolders() throws IOException {
    try (Stream<Path> files = Files.walk(Fleets.root().resolve("golden"))) {
      return files
          .filter(ServerSideApplyTest::isManifest)
          .map(Path::getParent)
          .distinct()
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("goldenFolders")
  void everyGoldenManifestIsAccepted(Path folder) throws Exception {
    List<String> texts = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(ServerSideApplyTest::isManifest).sorted().toList()) {
        texts.add(Files.readString(file));
      }
    }
    List<JsonNode> objects = Cluster.objects(texts);
    for (String namespace : namespacesOf(objects)) {
      cluster.createNamespace(namespace);
    }
    for (String priority : prioritiesOf(objects)) {
      cluster.createPriorityClass(priority);
    }
    accept(folder.getFileName().toString(), objects);
  }

  private void accept(String name, List<JsonNode> objects)
      throws IOException, InterruptedException {
    assertEquals(List.of(), cluster.apply(objects));
    assertEquals(List.of(), cluster.tryPods(objects));
    long sets = objects.stream().filter(Projection::hasPods).count();
    System.out.println(name + ": " + objects.size() + " objects applied, " + sets + " pods tried");
  }

  /// Golden files that show a part of a pod.
  static List<Path> fragments() throws IOException {
    try (Stream<Path> files = Files.walk(Fleets.root().resolve("golden"))) {
      return files
          .filter(file -> file.toString().endsWith(".approved.yaml") && !isManifest(file))
          .sorted()
          .toList();
    }
  }

  /// No golden file is left out: what is no object must be a part of a pod.
  @ParameterizedTest
  @MethodSource("fragments")
  void everyGoldenPartOfAPodIsAccepted(Path file) throws Exception {
    ObjectNode part = (ObjectNode) Api.documents(Files.readString(file)).getFirst();
    assertTrue(part.has("affinity") || part.has("containers"), "not a part of a pod: " + file);
    if (!part.has("containers")) {
      part.putArray("containers")
          .addObject()
          .put("name", "engine")
          .put("image", "registry.example.com/engine:1");
    }
    cluster.createNamespace("fragments");
    String priority = part.path("priorityClassName").asText();
    if (!priority.isEmpty()) {
      cluster.createPriorityClass(priority);
    }
    ObjectNode set = Api.JSON.createObjectNode();
    set.putObject("metadata").put("name", "part").put("namespace", "fragments");
    ObjectNode template = set.putObject("spec").putObject("gameServerTemplate");
    template.putObject("metadata").putObject("labels");
    template.set("spec", part);
    assertEquals(List.of(), cluster.tryPods(List.of(set.put("kind", "GameServerSet"))));
  }

  static List<String> examples() throws IOException {
    return Fleets.examples();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleIsAccepted(String example) throws Exception {
    CompiledFleet fleet = CompiledFleet.of(Fleets.example(example));
    for (String environment : fleet.compiled().keySet()) {
      List<JsonNode> objects = Cluster.objects(Fleets.manifests(fleet, environment));
      assertFalse(objects.isEmpty());
      accept(example + " " + environment, objects);
      List<String> versions = versions(objects);
      assertEquals(List.of(), cluster.apply(objects));
      assertEquals(versions, versions(objects), "applying the same again changed something");
    }
  }

  @Test
  void whatTheServerDoesNotKnowIsSeen() throws Exception {
    cluster.createNamespace("mistakes");
    ObjectNode set = set();
    ((ObjectNode) set.path("spec").path("updateStrategy")).put("typo", "RollingUpdate");
    assertRefused(cluster.apply(List.of(set)), ".spec.updateStrategy.typo: field not declared");
    set = set();
    ((ObjectNode) set.path("spec")).put("replicas", "1");
    assertRefused(cluster.apply(List.of(set)), "spec.replicas");
    set = set();
    ((ObjectNode) set.path("spec").path("gameServerTemplate").path("spec")).put("nodeSelectr", "");
    assertEquals(List.of(), cluster.apply(List.of(set)), "the server looks into the template now");
    assertRefused(cluster.tryPods(List.of(set)), "nodeSelectr");
    ObjectNode fleet = Api.JSON.createObjectNode();
    fleet.put("apiVersion", "agones.dev/v1").put("kind", "Fleet");
    fleet.putObject("metadata").put("name", "typo").put("namespace", "mistakes");
    fleet.putObject("spec").put("replica", 1).putObject("template").putObject("spec");
    assertRefused(cluster.apply(List.of(fleet)), ".spec.replica: field not declared");
  }

  private static void assertRefused(List<String> problems, String word) {
    assertEquals(1, problems.size(), problems::toString);
    assertTrue(problems.getFirst().contains(word), problems::toString);
  }

  private static ObjectNode set() {
    return (ObjectNode)
        Api.documents(
                """
                apiVersion: game.kruise.io/v1alpha1
                kind: GameServerSet
                metadata: {name: typo, namespace: mistakes}
                spec:
                  replicas: 1
                  updateStrategy: {type: RollingUpdate}
                  gameServerTemplate:
                    metadata: {labels: {a: b}}
                    spec:
                      containers:
                      - {name: engine, image: "registry.example.com/engine:1"}
                """)
            .getFirst();
  }

  /// The priority classes that pods name and none of these objects defines.
  private static SortedSet<String> prioritiesOf(List<JsonNode> objects) {
    SortedSet<String> priorities = new TreeSet<>();
    for (JsonNode object : objects) {
      String name = object.at("/spec/gameServerTemplate/spec/priorityClassName").asText();
      if (!name.isEmpty()) {
        priorities.add(name);
      }
    }
    for (JsonNode object : objects) {
      if (object.path("kind").asText().equals("PriorityClass")) {
        priorities.remove(Projection.name(object));
      }
    }
    return priorities;
  }

  private static SortedSet<String> namespacesOf(List<JsonNode> objects) {
    TreeSet<String> namespaces = new TreeSet<>();
    TreeSet<String> defined = new TreeSet<>();
    for (JsonNode object : objects) {
      String namespace = Projection.namespace(object);
      if (!namespace.isEmpty()) {
        namespaces.add(namespace);
      }
      if (object.path("kind").asText().equals("Namespace")) {
        defined.add(Projection.name(object));
      }
    }
    namespaces.removeAll(defined);
    return namespaces;
  }

  private List<String> versions(List<JsonNode> objects) throws IOException, InterruptedException {
    List<String> versions = new ArrayList<>();
    for (JsonNode object : objects) {
      // Controllers write the status of these, which is not ours.
      if (!List.of("ResourceQuota", "Node").contains(object.path("kind").asText())) {
        String path = cluster.api().path(object);
        JsonNode found = cluster.api().get(path).orThrow();
        versions.add(path + " " + found.path("metadata").path("resourceVersion").asText());
      }
    }
    return versions;
  }

  /// Golden files that are whole objects; the others show a part of one.
  private static boolean isManifest(Path file) {
    try {
      return file.toString().endsWith(".approved.yaml")
          && Files.readString(file).lines().anyMatch(line -> line.startsWith("apiVersion: "));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
