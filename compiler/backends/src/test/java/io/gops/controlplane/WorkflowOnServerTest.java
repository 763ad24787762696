package io.gops.controlplane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gops.artifact.Artifact;
import io.gops.compilation.Compiled;
import io.gops.kubernetes.CompiledFleet;
import io.gops.plan.Plan;
import io.gops.rollout.RolloutFiles;
import io.gops.rollout.SampleRollouts;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The workflow of every plan of the examples, tried on a real API server with the published
/// definition of Argo Workflows: every field exists and has the right type.
@Tag("control-plane")
class WorkflowOnServerTest {
  @TempDir Path folder;

  @Test
  void theServerTakesEachOfThem() throws Exception {
    try (Cluster cluster = Cluster.start(folder)) {
      List<JsonNode> definitions = new ArrayList<>();
      try (Stream<Path> files = Files.list(ControlPlane.workflows())) {
        for (Path file : files.toList()) {
          definitions.addAll(Api.documents(Files.readString(file)));
        }
      }
      cluster.define(definitions);
      cluster.createNamespace("argo");
      int tried = 0;
      for (String example : List.of("wuxia", "web2048", "five-zones")) {
        for (Compiled compiled : CompiledFleet.of(Fleets.example(example)).compiled().values()) {
          for (Plan plan : compiled.plans()) {
            JsonNode workflow = workflow(plan);
            Api.Answer answer = cluster.api().tryApply(workflow, "test");
            assertTrue(answer.isSuccess(), plan.release() + ": " + answer.message());
            assertEquals(List.of(), answer.warnings());
            refusesMistakes(cluster, workflow);
            tried++;
          }
        }
      }
      assertTrue(tried > 0, "no example has a plan");
    }
  }

  /// A name that does not exist, and a number where a list belongs: the server does look.
  private static void refusesMistakes(Cluster cluster, JsonNode workflow) throws Exception {
    ObjectNode unknown = workflow.deepCopy();
    ((ObjectNode) unknown.path("spec")).put("serviceAcountName", "x");
    assertFalse(cluster.api().tryApply(unknown, "test").isSuccess());
    ObjectNode wrong = workflow.deepCopy();
    ArrayNode templates = (ArrayNode) wrong.path("spec").path("templates");
    ((ObjectNode) templates.get(0)).put("dag", 5);
    assertFalse(cluster.api().tryApply(wrong, "test").isSuccess());
  }

  private static JsonNode workflow(Plan plan) throws Exception {
    Plan exported = plan.under(plan.alerts(), SampleRollouts.workflow("fleets/wuxia", "out"));
    for (Artifact file : RolloutFiles.of(exported, "prod/hz/")) {
      if (file.path().endsWith("/workflow.yaml")) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        file.content().writeTo(text);
        return Api.documents(text.toString(StandardCharsets.UTF_8)).getFirst();
      }
    }
    throw new AssertionError("no workflow of " + plan.release());
  }
}
