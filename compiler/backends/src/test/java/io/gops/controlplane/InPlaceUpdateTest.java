package io.gops.controlplane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gops.compilation.Compiled;
import io.gops.deployment.Group;
import io.gops.fleet.Host;
import io.gops.kubernetes.CompiledFleet;
import io.gops.plan.Action;
import io.gops.plan.Plan;
import io.gops.plan.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// One pair of the example on the real controllers of OpenKruise and OpenKruiseGame: what becomes
/// of its pods when a hot update's patch is applied, and when anything else is.
@Tag("control-plane")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InPlaceUpdateTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String LIVE = "clx-10001-a";
  private static final String IDLE = "clx-10001-b";

  private Cluster cluster;
  private StandInKubelets kubelets;
  private StandInContainers containers;
  private KruiseManagers managers;
  private Compiled compiled;
  private List<JsonNode> objects;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    CompiledFleet wuxia = CompiledFleet.of(Fleets.example("wuxia"));
    compiled = wuxia.compiled().firstEntry().getValue();
    objects =
        Cluster.objects(wuxia.manifests().values()).stream()
            .filter(InPlaceUpdateTest::isOfThePair)
            .toList();
    cluster = Cluster.start(folder);
    assumeTrue(cluster.runsPods(), "there is no kube-scheduler or no kube-controller-manager");
    kubelets = new StandInKubelets(cluster.api());
    Group group = compiled.deployment().group("10001");
    TreeSet<String> hosts = new TreeSet<>();
    for (Group.Placement placement : group.placements()) {
      hosts.add(placement.primary());
      placement.failover().ifPresent(hosts::add);
    }
    for (String name : hosts) {
      Host host = Objects.requireNonNull(compiled.deployment().hosts().get(name));
      kubelets.add(host);
    }
    managers = KruiseManagers.start(cluster, folder);
    containers = new StandInContainers(cluster.api(), "clx");
    assertEquals(List.of(), cluster.apply(objects));
  }

  private static boolean isOfThePair(JsonNode object) {
    String kind = object.path("kind").asText();
    String name = Projection.name(object);
    return name.startsWith("clx-10001")
        || object.path("metadata").path("labels").has("node-restriction.kubernetes.io/gops-10001")
        || (kind.equals("Namespace") && name.equals("clx"))
        || kind.equals("PriorityClass");
  }

  @AfterAll
  void stop() throws Exception {
    for (AutoCloseable part : new AutoCloseable[] {containers, managers, kubelets, cluster}) {
      if (part != null) {
        part.close();
      }
    }
  }

  @Test
  void scriptsAreReplacedAndThePodStays() throws Exception {
    JsonNode before = ready(LIVE, "");
    String image = container(before, "spec", "containers", "scripts").path("image").asText();
    patch(LIVE, action("hot_reload").patch().operations().print());
    long start = System.nanoTime();
    JsonNode after = updated(image);
    long milliseconds = (System.nanoTime() - start) / 1_000_000;
    assertEquals(before.path("metadata").path("uid"), after.path("metadata").path("uid"));
    assertEquals(before.path("spec").path("nodeName"), after.path("spec").path("nodeName"));
    assertEquals(0, restarts(after, "engine"));
    assertEquals(1, restarts(after, "scripts"));
    System.out.println("a hot update in place by the real controllers in " + milliseconds + " ms");

    // The partner comes beside it, and a change of anything else makes another pod.
    patch(IDLE, "[{\"op\":\"replace\",\"path\":\"/spec/replicas\",\"value\":1}]");
    JsonNode partner = ready(IDLE, "");
    assertEquals(after.path("spec").path("nodeName"), partner.path("spec").path("nodeName"));
    patch(
        LIVE,
        "[{\"op\":\"add\",\"path\":\"/spec/gameServerTemplate/spec/containers/0/env/-\","
            + "\"value\":{\"name\":\"MORE\",\"value\":\"1\"}}]");
    JsonNode anew = ready(LIVE, after.path("metadata").path("uid").asText());
    assertNotEquals(after.path("metadata").path("uid"), anew.path("metadata").path("uid"));
    assertEquals(partner.path("spec").path("nodeName"), anew.path("spec").path("nodeName"));
  }

  private Action.PatchTemplate action(String template) {
    for (Plan plan : compiled.plans()) {
      if (plan.template().word().equals(template)) {
        return plan.steps().stream()
            .flatMap(step -> step.tasks().stream())
            .map(Task::action)
            .filter(Action.PatchTemplate.class::isInstance)
            .map(Action.PatchTemplate.class::cast)
            .filter(patch -> patch.set().name().equals(LIVE))
            .findFirst()
            .orElseThrow();
      }
    }
    throw new AssertionError("no release " + template);
  }

  private void patch(String set, String steps) throws IOException, InterruptedException {
    cluster
        .api()
        .jsonPatch(
            "/apis/game.kruise.io/v1alpha1/namespaces/clx/gameserversets/"
                + set
                + "?fieldManager="
                + Cluster.RELEASE,
            Api.JSON.readTree(steps))
        .orThrow();
  }

  private JsonNode pod(String set) throws IOException, InterruptedException {
    return cluster.api().get("/api/v1/namespaces/clx/pods/" + set + "-0").body();
  }

  /// The set's pod when it is ready.
  ///
  /// @param gone identity of a pod that must have been replaced
  private JsonNode ready(String set, String gone) throws IOException, InterruptedException {
    boolean ready =
        Waiting.until(
            PATIENCE,
            () -> {
              JsonNode pod = pod(set);
              return StandInContainers.condition(pod, "Ready").equals("True")
                  && !pod.path("metadata").path("uid").asText().equals(gone);
            });
    assertTrue(ready, () -> set + " is not ready");
    return pod(set);
  }

  /// The live side's pod when its scripts have another image and it is ready.
  private JsonNode updated(String image) throws IOException, InterruptedException {
    boolean updated =
        Waiting.until(
            PATIENCE,
            () -> {
              JsonNode pod = pod(LIVE);
              String now =
                  container(pod, "status", "containerStatuses", "scripts").path("image").asText();
              return !now.isEmpty()
                  && !now.equals(image)
                  && StandInContainers.condition(pod, "Ready").equals("True")
                  && StandInContainers.condition(pod, "InPlaceUpdateReady").equals("True");
            });
    JsonNode pod = pod(LIVE);
    assertTrue(updated, pod::toString);
    return pod;
  }

  private static JsonNode container(JsonNode pod, String part, String list, String name) {
    for (JsonNode container : pod.path(part).path(list)) {
      if (container.path("name").asText().equals(name)) {
        return container;
      }
    }
    return Api.JSON.missingNode();
  }

  private static int restarts(JsonNode pod, String name) {
    return container(pod, "status", "containerStatuses", name).path("restartCount").asInt();
  }
}
