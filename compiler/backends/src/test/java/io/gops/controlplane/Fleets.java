package io.gops.controlplane;

import io.gops.kubernetes.CompiledFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/// Where the fleets are that are tried.
final class Fleets {
  private Fleets() {}

  static Path root() {
    return Path.of(System.getProperty("gops.root"));
  }

  static Path example(String name) {
    return root().resolve("examples").resolve(name);
  }

  /// A fleet that was written for a golden case.
  static Path written(String golden) {
    return root().resolve("golden").resolve(golden).resolve("source.gops");
  }

  /// The manifests of one environment; another one is for another cluster.
  static Collection<String> manifests(CompiledFleet fleet, String environment) {
    return fleet.manifests().subMap(environment + "/", environment + "0").values();
  }

  static List<String> examples() throws IOException {
    try (Stream<Path> folders = Files.list(root().resolve("examples"))) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList();
    }
  }
}
