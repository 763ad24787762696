package io.gops.controlplane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gops.compilation.Compiled;
import io.gops.kubernetes.CompiledFleet;
import io.gops.plan.Action;
import io.gops.plan.Plan;
import io.gops.plan.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Who owns which field: manifests belong to `gopsc`, what a release has changed belongs to
/// `gopsc-release` until the manifests say the same.
@Tag("control-plane")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FieldOwnershipTest {
  private static final String SET = "clx-10001-b";

  private Cluster cluster;
  private List<JsonNode> objects;
  private Compiled compiled;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    CompiledFleet wuxia = CompiledFleet.of(Fleets.example("wuxia"));
    compiled = wuxia.compiled().firstEntry().getValue();
    objects =
        Cluster.objects(wuxia.manifests().values()).stream()
            .filter(object -> isOf10001(object) || Projection.name(object).equals("clx"))
            .toList();
    cluster = Cluster.start(folder);
  }

  @AfterAll
  void stop() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  private static boolean isOf10001(JsonNode object) {
    return Projection.name(object).startsWith("clx-10001")
        || object.path("metadata").path("labels").has("node-restriction.kubernetes.io/gops-10001");
  }

  @BeforeEach
  void applyAnew() throws Exception {
    for (JsonNode object : objects) {
      if (!object.path("kind").asText().equals("Namespace")) {
        cluster.api().delete(cluster.api().path(object), Map.of());
      }
    }
    assertEquals(List.of(), cluster.apply(objects));
  }

  @Test
  void aScaleIsNotReset() throws Exception {
    release("ab_switch", Action.Scale.class);
    assertConflict(stored(), "spec.replicas");
    assertEquals(1, stored().path("spec").path("replicas").asInt());
  }

  @Test
  void aNewTemplateIsNotReset() throws Exception {
    release("ab_switch", Action.PatchTemplate.class);
    String released = images(stored());
    assertFalse(released.equals(images(manifest())), "the release changes no image");
    assertConflict(stored(), "spec.gameServerTemplate.spec.containers");
    assertEquals(released, images(stored()));
  }

  @Test
  void manifestsThatSayWhatWasReleasedApply() throws Exception {
    release("ab_switch", Action.PatchTemplate.class);
    release("ab_switch", Action.Scale.class);
    ObjectNode next = manifest().deepCopy();
    JsonNode released = stored().path("spec");
    ObjectNode spec = (ObjectNode) next.path("spec");
    spec.set("replicas", released.path("replicas"));
    spec.set("gameServerTemplate", released.path("gameServerTemplate"));
    assertEquals(List.of(), cluster.apply(List.of(next)));
    assertTrue(owners(stored()).contains("gopsc-release"));
  }

  @Test
  void aMovedHomeIsNotReset() throws Exception {
    JsonNode node = homeOf10001();
    String label = "node-restriction.kubernetes.io/gops-10001";
    ObjectNode change = Api.JSON.createObjectNode();
    change.putObject("metadata").putObject("labels").put(label, "failover");
    String path = cluster.api().path(node);
    cluster.api().merge(path + "?fieldManager=" + Cluster.RELEASE, change).orThrow();
    Api.Answer answer = cluster.api().apply(node, Cluster.GOPSC);
    assertEquals(409, answer.status(), answer.message());
    assertTrue(answer.message().contains("\"gopsc-release\""), answer.message());
    assertTrue(answer.message().contains(label), answer.message());
  }

  /// The taint by which a lost host is fenced stands in no manifest, so none can take it away.
  @Test
  void aFenceIsNotTakenDown() throws Exception {
    JsonNode node = homeOf10001();
    ObjectNode change = Api.JSON.createObjectNode();
    change
        .putObject("spec")
        .putArray("taints")
        .addObject()
        .put("key", "node.kubernetes.io/out-of-service")
        .put("value", "nodeshutdown")
        .put("effect", "NoExecute");
    String path = cluster.api().path(node);
    cluster.api().strategic(path + "?fieldManager=" + Cluster.RELEASE, change).orThrow();
    assertEquals(List.of(), cluster.apply(List.of(node)));
    JsonNode taints = cluster.api().get(path).orThrow().path("spec").path("taints");
    assertEquals(
        List.of("node.kubernetes.io/out-of-service"),
        taints.findValuesAsText("key").stream().filter(key -> key.contains("out-of")).toList());
  }

  /// Every action by which a plan of the example changes an object of Kubernetes is one of those
  /// above; another kind would need a test of its own.
  @Test
  void everyFieldThatAPlanChangesIsTried() {
    Set<String> kinds = new TreeSet<>();
    for (Plan plan : compiled.plans()) {
      for (var step : plan.steps()) {
        step.tasks().forEach(task -> kinds.add(owned(task.action())));
      }
    }
    kinds.remove("");
    assertEquals(Set.of("replicas", "template"), kinds);
  }

  /// The field of Kubernetes that an action changes.
  private static String owned(Action action) {
    return switch (action) {
      case Action.PatchTemplate _ -> "template";
      case Action.Scale _ -> "replicas";
      case Action.MoveHome _ -> "label of a node";
      case Action.Cordon _ -> "mark of a node";
      case Action.Dismiss _ -> "opsState of a server";
      case Action.Fence _ -> "taint of a node";
      case Action.SetLogins _,
          Action.PutEntry _,
          Action.ProgramSwitch _,
          Action.Drain _,
          Action.Kick _,
          Action.Reload _,
          Action.Announce _,
          Action.ByHand _ ->
          "";
    };
  }

  @Test
  void manifestsOwnWhatTheySay() throws Exception {
    for (JsonNode object : objects) {
      JsonNode found = cluster.api().get(cluster.api().path(object)).orThrow();
      assertTrue(owners(found).contains("gopsc"), () -> owners(found).toString());
      assertFalse(owners(found).contains("gopsc-release"), () -> owners(found).toString());
    }
  }

  /// Carries out the first action of that kind that a release has for the set, as its runner does.
  private void release(String template, Class<? extends Action> kind) throws Exception {
    for (Plan plan : compiled.plans()) {
      if (plan.template().word().equals(template)) {
        Action action = firstAction(plan, kind);
        String patch =
            switch (action) {
              case Action.PatchTemplate(var _, var _, var _, var _, var _, var change) ->
                  change.operations().print();
              case Action.Scale(var _, int from, int to) ->
                  """
                  [{"op":"test","path":"/spec/replicas","value":%d},
                   {"op":"replace","path":"/spec/replicas","value":%d}]
                  """
                      .formatted(from, to);
              default -> throw new IllegalArgumentException(action.toString());
            };
        cluster
            .api()
            .jsonPatch(
                cluster.api().path(manifest()) + "?fieldManager=" + Cluster.RELEASE,
                Api.JSON.readTree(patch))
            .orThrow();
        return;
      }
    }
    throw new AssertionError("no release " + template);
  }

  private static Action firstAction(Plan plan, Class<? extends Action> kind) {
    return plan.steps().stream()
        .flatMap(step -> step.tasks().stream())
        .map(Task::action)
        .filter(kind::isInstance)
        .filter(FieldOwnershipTest::concerns)
        .findFirst()
        .orElseThrow();
  }

  private static boolean concerns(Action action) {
    return switch (action) {
      case Action.PatchTemplate patch -> patch.set().name().equals(SET);
      case Action.Scale scale -> scale.set().name().equals(SET);
      default -> false;
    };
  }

  /// A plain apply is refused and names who changed the field.
  private void assertConflict(JsonNode before, String field) throws Exception {
    Api.Answer answer = cluster.api().apply(manifest(), Cluster.GOPSC);
    assertEquals(409, answer.status(), answer.message());
    assertTrue(answer.message().contains("\"gopsc-release\""), answer.message());
    assertTrue(answer.message().contains(field), answer.message());
    assertEquals(before.path("spec"), stored().path("spec"));
  }

  private JsonNode manifest() {
    return objects.stream()
        .filter(Projection::isGameServerSet)
        .filter(set -> Projection.name(set).equals(SET))
        .findFirst()
        .orElseThrow();
  }

  private JsonNode homeOf10001() {
    return objects.stream()
        .filter(object -> object.path("kind").asText().equals("Node"))
        .filter(node -> node.path("metadata").path("labels").toString().contains("10001\":\"pri"))
        .findFirst()
        .orElseThrow();
  }

  private JsonNode stored() throws IOException, InterruptedException {
    return cluster.api().get(cluster.api().path(manifest())).orThrow();
  }

  private static String images(JsonNode set) {
    return set.path("spec")
        .path("gameServerTemplate")
        .path("spec")
        .path("containers")
        .findValuesAsText("image")
        .toString();
  }

  private static List<String> owners(JsonNode object) {
    return object.path("metadata").path("managedFields").findValuesAsText("manager");
  }
}
