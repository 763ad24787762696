package io.gops.kubernetes;

import io.gops.deployment.Workload;
import io.gops.fleet.Disruption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// A PodUnavailableBudget of `policy.kruise.io/v1alpha1` for one set.
///
/// What it guards is always written: without the annotation it would refuse the deletions and the
/// updates of a release, too.
final class Budget {
  static final String OPERATIONS = "kruise.io/pub-protect-operations";

  private Budget() {}

  static Map<String, Object> of(Workload workload, Disruption disruption) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put(
        "annotations",
        Map.of(
            OPERATIONS,
            disruption.against().stream()
                .map(Budget::word)
                .sorted()
                .collect(Collectors.joining(","))));
    metadata.put("labels", Labels.ofObject(workload));
    metadata.put("name", workload.name());
    metadata.put("namespace", workload.game().namespace());
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("maxUnavailable", disruption.atMost());
    spec.put("selector", Map.of("matchLabels", Map.of(Labels.OWNER_SET, workload.name())));
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("apiVersion", "policy.kruise.io/v1alpha1");
    object.put("kind", "PodUnavailableBudget");
    object.put("metadata", metadata);
    object.put("spec", spec);
    return object;
  }

  private static String word(Disruption.Operation operation) {
    return switch (operation) {
      case EVICTION -> "EVICT";
      case DELETION -> "DELETE";
      case UPDATE -> "UPDATE";
    };
  }
}
