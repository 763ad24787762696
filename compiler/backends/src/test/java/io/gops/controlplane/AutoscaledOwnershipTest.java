package io.gops.controlplane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gops.kubernetes.CompiledFleet;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Whose the number of servers is once an autoscaler has it: applying a zone again never writes it.
@Tag("control-plane")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AutoscaledOwnershipTest {
  private static final String SET = "arena-101-gate";

  private Cluster cluster;
  private List<JsonNode> objects;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    CompiledFleet fleet =
        CompiledFleet.of(Fleets.root().resolve("golden/kubernetes-autoscale/source.gops"));
    objects = Cluster.objects(fleet.manifests().values());
    cluster = Cluster.start(folder);
  }

  @AfterAll
  void stop() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void theNumberOfServersIsTheAutoscalers() throws Exception {
    JsonNode zone = set(false);
    cluster.createNamespace("arena");
    Api.Answer early = cluster.api().apply(zone, Cluster.GOPSC);
    assertFalse(early.isSuccess(), "a zone was made without a number of servers");
    assertTrue(early.message().contains("spec.replicas"), early.message());

    assertEquals(List.of(), cluster.apply(objects));
    assertEquals(2, replicas());

    scale(4);
    assertEquals(List.of(), cluster.apply(List.of(zone)));
    assertEquals(4, replicas(), "applying the zone again has changed the number");

    Api.Answer again = cluster.api().apply(set(true), Cluster.START);
    assertEquals(409, again.status(), again.message());
    assertTrue(again.message().contains(".spec.replicas"), again.message());
    assertEquals(4, replicas());
  }

  private JsonNode set(boolean start) {
    return objects.stream()
        .filter(Projection::isGameServerSet)
        .filter(set -> Projection.isStart(set) == start && Projection.name(set).equals(SET))
        .findFirst()
        .orElseThrow();
  }

  private int replicas() throws Exception {
    return cluster
        .api()
        .get(cluster.api().path(set(false)))
        .orThrow()
        .path("spec")
        .path("replicas")
        .asInt();
  }

  /// As the controller of a HorizontalPodAutoscaler does it.
  private void scale(int servers) throws Exception {
    ObjectNode change = Api.JSON.createObjectNode();
    change.putObject("spec").put("replicas", servers);
    String path = cluster.api().path(set(false)) + "/scale?fieldManager=kube-controller-manager";
    cluster.api().merge(path, change).orThrow();
  }
}
