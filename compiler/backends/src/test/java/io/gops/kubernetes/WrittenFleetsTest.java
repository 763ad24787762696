package io.gops.kubernetes;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of fleets as people write them: `golden/kubernetes-*/source.gops`.
class WrittenFleetsTest {
  /// The sources of all cases.
  static Stream<Path> sources() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of(System.getProperty("gops.root"), "golden"))) {
      return folders
          .filter(folder -> folder.getFileName().toString().startsWith("kubernetes-"))
          .map(folder -> folder.resolve("source.gops"))
          .filter(Files::exists)
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "storage, go/zone-101",
    "budget, go/zone-101",
    "pull, go/pull-go-1-1",
    "servers, go/zone-101",
    "roles, chess/zone-101",
    "exclusive, go/zone-101",
    "autoscale, arena/zone-101",
    "autoscale, arena/zone-102",
    "autoscale, arena/zone-103",
    "autoscale, arena/zone-104",
    "autoscale, arena/start-101",
    "autoscale, arena/start-102",
    "autoscale, arena/start-103",
    "autoscale, arena/start-104",
    "backup, weiqi/zone-101",
    "backup, weiqi/namespace",
    "told, go/zone-101",
    "told, go/zone-102",
    "told, arena/zone-201",
    "alerts, go/alerts"
  })
  void become(String aspect, String file) throws IOException {
    String name = "kubernetes-" + aspect;
    Path source = Path.of(System.getProperty("gops.root"), "golden", name, "source.gops");
    String text =
        CompiledFleet.of(source)
            .manifests()
            .getOrDefault("default/hz/kubernetes/" + file + ".yaml", "");
    assertTrue(text.startsWith("# Code generated"), file);
    GoldenFiles.verify(text, name, file.substring(file.indexOf('/') + 1), "yaml");
  }
}
