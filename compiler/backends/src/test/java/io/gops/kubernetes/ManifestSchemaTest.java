package io.gops.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.deployment.SampleDeployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every manifest against the published schemas. Needs Go, for its module cache.
@Tag("schema")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManifestSchemaTest {
  private ManifestSchemas schemas;

  @BeforeAll
  void fetchSchemas(@TempDir Path temporary) throws Exception {
    schemas = new ManifestSchemas(temporary);
  }

  @Test
  void theSampleIsValid() throws IOException {
    SortedMap<String, String> files = ManifestsTest.generate(SampleDeployment.of(3));
    assertEquals(List.of(), problems(files));
  }

  static Stream<String> examples() throws IOException {
    try (Stream<Path> folders = Files.list(root().resolve("examples"))) {
      return folders
          .filter(Files::isDirectory)
          .map(f -> f.getFileName().toString())
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleIsValid(String example) throws IOException {
    SortedMap<String, String> files =
        CompiledFleet.of(root().resolve("examples").resolve(example)).manifests();
    assertFalse(files.isEmpty(), "nothing was compiled");
    assertEquals(List.of(), problems(files));
  }

  static Stream<Path> writtenFleets() throws IOException {
    return WrittenFleetsTest.sources();
  }

  @ParameterizedTest
  @MethodSource("writtenFleets")
  void everyWrittenFleetIsValid(Path source) throws IOException {
    assertEquals(List.of(), problems(CompiledFleet.of(source).manifests()));
  }

  @Test
  void whatIsWrongIsSeen() throws IOException {
    String zone =
        ManifestsTest.generate(SampleDeployment.of(1))
            .getOrDefault("default/hz/kubernetes/clx/zone-10001.yaml", "");
    Map<String, String> mistakes =
        Map.of(
            "podUpdatePolicy: InPlaceIfPossible", "podUpdatePolici: InPlaceIfPossible",
            "replicas: 1", "replicas: \"1\"",
            "partition: 0", "partition: none",
            "reclaimPolicy: Delete", "reclaimPolicie: Delete",
            "imagePullPolicy: IfNotPresent", "imagePullPolici: IfNotPresent",
            "gops.dev/zone: \"10001\"", "gops.dev/zone: 10001",
            "containerPort: 7001", "containerPort: \"7001\"",
            "terminationGracePeriodSeconds: 100", "terminationGracePeriodSeconds: long",
            "clusterIP: None", "clusterIp: None",
            "publishNotReadyAddresses: true", "publishNotReadyAddresses: \"yes\"");
    mistakes.forEach(
        (right, wrong) -> {
          assertTrue(zone.contains(right), right);
          SortedMap<String, String> file = new TreeMap<>(Map.of("f", zone.replace(right, wrong)));
          try {
            assertFalse(problems(file).isEmpty(), wrong + " was not seen");
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private List<String> problems(SortedMap<String, String> files) throws IOException {
    List<String> problems = new ArrayList<>();
    for (Map.Entry<String, String> file : files.entrySet()) {
      problems.addAll(schemas.problems(file.getKey(), file.getValue()));
    }
    return problems;
  }

  private static Path root() {
    return Path.of(System.getProperty("gops.root"));
  }
}
