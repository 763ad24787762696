package io.gops.kubernetes;

import io.gops.deployment.Workload;
import io.gops.fleet.Probe;
import io.gops.fleet.ServerSpec;
import io.gops.fleet.ServerState;
import io.gops.fleet.UpdatePace;
import io.gops.fleet.Volume;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A GameServerSet of `game.kruise.io/v1alpha1`, for which no Java model is published.
///
/// Defaults that would hurt are written out. The type of an update would be forced anyway and the
/// default policy recreates pods on any change. `reserveGameServerIds` is left out, because the
/// controller owns it; so is `replicas` where an autoscaler does. Partition is 0 outside a
/// release: raising it undoes nothing.
///
/// @param workload what runs
/// @param template its pod template
/// @param network the network plugin, if a port is exposed
record GameServerSet(
    Workload workload, Map<String, @Nullable Object> template, Optional<NetworkBlock> network) {

  /// Shell words that turn a command which prints a number into success (somebody is online) or
  /// failure (nobody is). What cannot be read counts as somebody.
  private static final String ANYBODY_ONLINE =
      "n=`\"$@\"`; echo \"$n\"; if [ \"$n\" -eq 0 ] 2>/dev/null; then exit 1; fi";

  Map<String, Object> tree() {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("labels", Labels.ofObject(workload));
    metadata.put("name", workload.name());
    metadata.put("namespace", workload.game().namespace());
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("apiVersion", "game.kruise.io/v1alpha1");
    object.put("kind", "GameServerSet");
    object.put("metadata", metadata);
    object.put("spec", spec());
    return object;
  }

  private Map<String, Object> spec() {
    Map<String, Object> spec = new LinkedHashMap<>();
    if (Autoscaler.of(workload).isEmpty()) {
      spec.put("replicas", workload.replicas());
    }
    spec.put("serviceName", workload.name());
    spec.put("updateStrategy", updateStrategy());
    spec.put("scaleStrategy", Map.of("scaleDownStrategyType", "General"));
    network.ifPresent(block -> spec.put("network", block.tree()));
    retention().ifPresent(policy -> spec.put("persistentVolumeClaimRetentionPolicy", policy));
    List<Object> qualities = serviceQualities();
    if (!qualities.isEmpty()) {
      spec.put("serviceQualities", qualities);
    }
    spec.put("gameServerTemplate", gameServerTemplate());
    return spec;
  }

  private Map<String, Object> updateStrategy() {
    UpdatePace pace = workload.zone().body().settings(workload.role().name()).pace();
    Map<String, Object> rolling = new LinkedHashMap<>();
    rolling.put("podUpdatePolicy", "InPlaceIfPossible");
    rolling.put("partition", 0);
    rolling.put("maxUnavailable", pace.atOnce());
    if (!pace.settle().isZero()) {
      rolling.put("minReadySeconds", wholeSeconds(pace.settle()));
    }
    rolling.put("paused", false);
    rolling.put("inPlaceUpdateStrategy", Map.of("gracePeriodSeconds", wholeSeconds(pace.notice())));
    Map<String, Object> strategy = new LinkedHashMap<>();
    strategy.put("type", "RollingUpdate");
    strategy.put("rollingUpdate", rolling);
    return strategy;
  }

  private static int wholeSeconds(Duration time) {
    return Math.toIntExact(Math.ceilDiv(time.toMillis(), 1000L));
  }

  /// A deleted pod keeps the GameServer's own settings only with the policy `Delete`.
  private Map<String, Object> gameServerTemplate() {
    Map<String, Object> withPolicy = new LinkedHashMap<>();
    withPolicy.put("reclaimPolicy", "Delete");
    template.forEach(
        (name, value) -> {
          if (value != null) {
            withPolicy.put(name, value);
          }
        });
    return withPolicy;
  }

  /// A set has one policy for all of its volumes, so they say the same.
  private Optional<Map<String, Object>> retention() {
    return VolumeClaims.volumes(workload.role()).values().stream()
        .findFirst()
        .map(
            volume -> {
              Map<String, Object> policy = new LinkedHashMap<>();
              policy.put("whenDeleted", word(volume.whenDeleted()));
              policy.put("whenScaled", word(volume.whenStopped()));
              return policy;
            });
  }

  private static String word(Volume.Retention retention) {
    return switch (retention) {
      case KEEP -> "Retain";
      case DELETE -> "Delete";
    };
  }

  private List<Object> serviceQualities() {
    return workload.role().probes().stream().<Object>map(GameServerSet::quality).toList();
  }

  private static Map<String, Object> quality(Probe probe) {
    int seconds = Math.toIntExact(TypedPod.seconds(probe.every()));
    Map<String, Object> quality = new LinkedHashMap<>();
    quality.put("name", probe.name());
    quality.put("containerName", probe.container());
    quality.put("exec", Map.of("command", command(probe)));
    quality.put("initialDelaySeconds", 10);
    quality.put("periodSeconds", seconds);
    quality.put("timeoutSeconds", 5);
    quality.put("successThreshold", 1);
    quality.put("failureThreshold", 3);
    quality.put("permanent", false);
    List<Object> actions = actions(probe);
    if (!actions.isEmpty()) {
      quality.put("serviceQualityAction", actions);
    }
    return quality;
  }

  private static List<String> command(Probe probe) {
    if (!probe.players()) {
      return probe.command();
    }
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", ANYBODY_ONLINE, "players"));
    command.addAll(probe.command());
    return command;
  }

  /// A server with players is Allocated, so that it is the last to go when a set shrinks.
  private static List<Object> actions(Probe probe) {
    if (probe.players()) {
      return List.of(
          action(true, ServerSpec.in(ServerState.ALLOCATED)),
          action(false, ServerSpec.in(ServerState.NONE)));
    }
    List<Object> actions = new ArrayList<>();
    probe.passes().ifPresent(told -> actions.add(action(true, told)));
    probe.fails().ifPresent(told -> actions.add(action(false, told)));
    return actions;
  }

  private static Map<String, Object> action(boolean state, ServerSpec told) {
    Map<String, Object> action = new LinkedHashMap<>();
    action.put("state", state);
    action.putAll(GameServers.spec(told));
    return action;
  }
}
