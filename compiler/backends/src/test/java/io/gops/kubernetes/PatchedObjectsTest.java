package io.gops.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.deployment.Deployment;
import io.gops.deployment.SampleDeployment;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Patch;
import io.gops.kubernetes.inspection.ObjectInspection;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is wrong with an object because of a patch is said at the smallest part of it that does it.
class PatchedObjectsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Pod | metadata.labels.\"example.com/team\" = \"a b\" | metadata.labels.example.com/team"
            + " | metadata.labels.\"example.com/team\" = \"a b\"",
        "Pod | metadata.labels.\"bad key\" = \"a\" | metadata.labels"
            + " | metadata.labels.\"bad key\" = \"a\"",
        "Pod | spec.tolerations = [{ key = \"a\", operator = \"Exists\", value = \"b\" }]"
            + " | spec.tolerations[1].value"
            + " | { key = \"a\", operator = \"Exists\", value = \"b\" }",
        "Pod | spec.hostAliases = [{ ip = \"10.0.0.1\" }, { ip = \"10.0.0\" }]"
            + " | spec.hostAliases[1].ip | { ip = \"10.0.0\" }",
        "Pod | spec.volumes = [{ name = \"ca\", configMap = { name = \"ca\", defaultMode = 777 } }]"
            + " | spec.volumes[3].configMap.defaultMode | defaultMode",
        "Pod | spec.containers = [{ name = \"engine\", volumeMounts = ["
            + "{ name = \"none\", mountPath = \"/a\" }] }]"
            + " | spec.containers[0].volumeMounts[1].name | name",
        "Pod | spec.containers = [{ name = \"engine\", lifecycle = { preStop = {"
            + " exec = { command = [\"x\"] }, sleep = { seconds = 1 } } } }]"
            + " | spec.containers[0].lifecycle.preStop | preStop",
        "GameServerSet | spec.scaleStrategy.maxUnavailable = \"0%\""
            + " | spec.scaleStrategy.maxUnavailable | spec.scaleStrategy.maxUnavailable = \"0%\"",
        "Service | spec.trafficDistribution = \"Near\" | spec.trafficDistribution"
            + " | spec.trafficDistribution = \"Near\"",
        "Service | metadata.annotations.\"example.com/a\" = \"b\" | - | -",
      })
  void areTheFaultOfTheLine(String object, String patch, String path, String at)
      throws IOException {
    List<Patch> patches =
        PatchTest.role("patch kubernetes " + object + " { " + patch + " }").patches();
    Deployment deployment =
        Variations.withRole(
            SampleDeployment.of(1),
            role -> role.hotUpdates().isEmpty() ? role : Variations.patched(role, patches));
    Diagnostics diagnostics = new Diagnostics();
    new PatchedObjectChecks(
            deployment, new ObjectInspection(NetworkPlugin.load().keySet()), diagnostics)
        .run();
    Optional<Diagnostic> found = diagnostics.sorted().stream().findFirst();
    assertEquals(path, found.map(d -> d.message().arguments().getFirst()).orElse("-"));
    assertEquals(at, found.flatMap(Diagnostic::place).map(place -> place.text()).orElse("-"));
    assertEquals(found.isPresent() ? 1 : 0, diagnostics.sorted().size());
  }
}
