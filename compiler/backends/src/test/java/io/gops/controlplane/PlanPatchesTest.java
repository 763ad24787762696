package io.gops.controlplane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.gops.compilation.Compiled;
import io.gops.fleet.Side;
import io.gops.json.Json;
import io.gops.json.JsonPatch;
import io.gops.kubernetes.CompiledFleet;
import io.gops.kubernetes.PodShapes;
import io.gops.plan.Action;
import io.gops.plan.Plan;
import io.gops.plan.Step;
import io.gops.plan.Task;
import io.gops.plan.Undo;
import io.gops.state.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The patches of every plan of the examples, carried out step by step on the objects that a real
/// API server stores: they lead to exactly the end of the plan, none is accepted twice, and the
/// undos lead back to what was there.
@Tag("control-plane")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlanPatchesTest {
  private Cluster cluster;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    cluster = Cluster.start(folder);
  }

  @AfterAll
  void stop() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"wuxia", "web2048"})
  void patchesLeadToTheEndAndBack(String example) throws Exception {
    CompiledFleet fleet = CompiledFleet.of(Fleets.example(example));
    for (Map.Entry<String, Compiled> environment : fleet.compiled().entrySet()) {
      List<JsonNode> objects =
          Cluster.objects(Fleets.manifests(fleet, environment.getKey())).stream()
              .filter(PlanPatchesTest::isSetOrItsNamespace)
              .toList();
      for (Plan plan : environment.getValue().plans()) {
        assertEquals(List.of(), cluster.apply(objects));
        thereAndBack(plan, environment.getValue());
      }
    }
  }

  private static boolean isSetOrItsNamespace(JsonNode object) {
    String kind = object.path("kind").asText();
    return kind.equals("GameServerSet") || kind.equals("Namespace");
  }

  private void thereAndBack(Plan plan, Compiled compiled) throws Exception {
    Map<Action.SetRef, JsonNode> before = sets(plan);
    List<Action> done = new ArrayList<>();
    for (Step step : plan.steps()) {
      for (Task task : step.tasks()) {
        if (send(task.action())) {
          done.add(task.action());
        }
      }
    }
    assertFalse(done.isEmpty(), plan.release());
    atTheEnd(plan, compiled);
    Action last = done.getLast();
    Api.Answer again = cluster.api().jsonPatch(path(setOf(last)), operations(last));
    assertNotEquals(2, again.status() / 100, "a patch was accepted twice");
    for (Step step : plan.steps().reversed()) {
      for (Task task : step.tasks().reversed()) {
        if (task.undo() instanceof Undo.Back back) {
          for (Action action : back.actions()) {
            send(action);
          }
        }
      }
    }
    for (Map.Entry<Action.SetRef, JsonNode> set : before.entrySet()) {
      JsonNode now = get(set.getKey());
      for (String member : List.of("replicas", "gameServerTemplate", "network")) {
        assertEquals(
            set.getValue().at("/spec/" + member),
            now.at("/spec/" + member),
            set.getKey().name() + " " + member);
      }
    }
    System.out.println(
        plan.release() + ": " + done.size() + " patches of " + before.size() + " sets, and back");
  }

  /// Every set that the plan patches or scales, as it is stored.
  private Map<Action.SetRef, JsonNode> sets(Plan plan) throws Exception {
    Map<Action.SetRef, JsonNode> sets = new LinkedHashMap<>();
    for (Step step : plan.steps()) {
      for (Task task : step.tasks()) {
        if (task.action() instanceof Action.PatchTemplate
            || task.action() instanceof Action.Scale) {
          Action.SetRef set = setOf(task.action());
          if (!sets.containsKey(set)) {
            sets.put(set, get(set));
          }
        }
      }
    }
    return sets;
  }

  private void atTheEnd(Plan plan, Compiled compiled) throws Exception {
    PodShapes shapes = new PodShapes(compiled.deployment());
    for (Action.SetRef set : sets(plan).keySet()) {
      State.SideState wanted = side(plan.to(), set.group(), set.side());
      JsonNode stored = get(set);
      assertEquals(wanted.replicas(), stored.at("/spec/replicas").asInt(), set.name());
      Json shape = Json.parse(plan.to().templates().get(wanted.template()));
      Json filled = shapes.fill(shape, compiled.deployment().workload(set.name()));
      assertEquals(
          Api.JSON.readTree(filled.print()).path("spec"),
          stored.at("/spec/gameServerTemplate/spec"),
          set.name());
    }
  }

  private static State.SideState side(State state, String group, Side side) {
    return state.groups().get(group).sides().get(side);
  }

  /// Sends what the runner sends.
  ///
  /// @return whether the action changes a set
  private boolean send(Action action) throws IOException, InterruptedException {
    boolean changes = action instanceof Action.PatchTemplate || action instanceof Action.Scale;
    if (changes) {
      cluster.api().jsonPatch(path(setOf(action)), operations(action)).orThrow();
    }
    return changes;
  }

  private static Action.SetRef setOf(Action action) {
    return action instanceof Action.PatchTemplate patch
        ? patch.set()
        : ((Action.Scale) action).set();
  }

  private static JsonNode operations(Action action) throws IOException {
    List<Json> operations = new ArrayList<>();
    if (action instanceof Action.PatchTemplate patch) {
      operations.addAll(patch.patch().operations().items());
      operations.add(
          JsonPatch.operation(
              "add",
              "/spec/updateStrategy/rollingUpdate/partition",
              Json.of(Action.PatchTemplate.PARTITION)));
    } else if (action instanceof Action.Scale scale) {
      operations.add(JsonPatch.operation("test", "/spec/replicas", Json.of(scale.from())));
      operations.add(JsonPatch.operation("replace", "/spec/replicas", Json.of(scale.to())));
    }
    return Api.JSON.readTree(new Json.Arr(operations).print());
  }

  private JsonNode get(Action.SetRef set) throws IOException, InterruptedException {
    return cluster.api().get(path(set)).orThrow();
  }

  private static String path(Action.SetRef set) {
    return "/apis/game.kruise.io/v1alpha1/namespaces/"
        + set.namespace()
        + "/gameserversets/"
        + set.name()
        + "?fieldManager="
        + Cluster.RELEASE;
  }
}
