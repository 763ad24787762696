package io.gops.kubernetes;

import io.gops.deployment.Deployment;
import io.gops.deployment.SampleDeployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// Generated manifests as trees that may be changed.
public final class GeneratedObjects {
  private GeneratedObjects() {}

  /// Files with their documents: a fleet with a policy, and every golden fleet.
  public static List<SortedMap<String, List<Object>>> ofManyFleets() {
    try {
      List<SortedMap<String, List<Object>>> fleets = new ArrayList<>();
      Deployment sample = SampleDeployment.of(2);
      fleets.add(
          trees(
              ManifestsTest.generate(
                  Variations.withCluster(
                      sample, sample.cluster().cni(), io.gops.fleet.Cluster.Enforce.BOTH))));
      for (Path source : WrittenFleetsTest.sources().toList()) {
        fleets.add(trees(CompiledFleet.of(source).manifests()));
      }
      return fleets;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SortedMap<String, List<Object>> trees(SortedMap<String, String> files) {
    SortedMap<String, List<Object>> trees = new TreeMap<>();
    files.forEach(
        (path, text) -> {
          List<Object> documents = new ArrayList<>();
          new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text).forEach(documents::add);
          trees.put(path, documents);
        });
    return trees;
  }

  /// A copy that shares nothing.
  public static Object copy(Object tree) {
    return switch (tree) {
      case Map<?, ?> map -> {
        Map<Object, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(key, copy(value)));
        yield copy;
      }
      case List<?> list -> {
        List<Object> copy = new ArrayList<>();
        list.forEach(item -> copy.add(copy(item)));
        yield copy;
      }
      default -> tree;
    };
  }
}
