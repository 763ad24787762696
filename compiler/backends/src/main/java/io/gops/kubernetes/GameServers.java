package io.gops.kubernetes;

import io.gops.deployment.Workload;
import io.gops.fleet.OneServer;
import io.gops.fleet.ServerSpec;
import io.gops.fleet.ServerState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// GameServers of `game.kruise.io/v1alpha1` for the servers of a set that are told something.
///
/// All four fields are always there: of a priority that is left out OpenKruiseGame makes the label
/// `<nil>`, which no pod takes, and the server never gets a status.
final class GameServers {
  private GameServers() {}

  static List<Map<String, Object>> of(Workload workload) {
    return workload.zone().body().settings(workload.role().name()).servers().stream()
        .map(server -> tree(workload, server))
        .toList();
  }

  private static Map<String, Object> tree(Workload workload, OneServer server) {
    Map<String, String> labels = Labels.ofObject(workload);
    labels.put(Labels.OWNER_SET, workload.name());
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("labels", labels);
    metadata.put("name", workload.name() + "-" + server.number());
    metadata.put("namespace", workload.game().namespace());
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("apiVersion", "game.kruise.io/v1alpha1");
    object.put("kind", "GameServer");
    object.put("metadata", metadata);
    object.put("spec", spec(server.spec()));
    return object;
  }

  /// What a server is told, all of it.
  static Map<String, Object> spec(ServerSpec told) {
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("opsState", word(told.state()));
    spec.put("updatePriority", told.updatePriority());
    spec.put("deletionPriority", told.deletionPriority());
    spec.put("networkDisabled", told.networkDisabled());
    return spec;
  }

  private static String word(ServerState state) {
    return switch (state) {
      case NONE -> "None";
      case ALLOCATED -> "Allocated";
      case MAINTAINING -> "Maintaining";
      case WAIT_TO_BE_DELETED -> "WaitToBeDeleted";
    };
  }
}
