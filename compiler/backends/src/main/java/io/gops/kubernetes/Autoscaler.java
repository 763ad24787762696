package io.gops.kubernetes;

import io.gops.deployment.Workload;
import io.gops.fleet.Autoscale;
import io.gops.fleet.Percent;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What changes the number of servers of a set: a HorizontalPodAutoscaler of Kubernetes, or a
/// ScaledObject of KEDA where Kubernetes alone does not see what the number follows.
///
/// The external scaler of OpenKruiseGame counts servers by their state. Of several triggers the one
/// that asks for most servers decides, so beside another trigger it keeps every server that has
/// players.
final class Autoscaler {
  /// Where OpenKruiseGame's own installation puts its scaler.
  private static final String SCALER = "kruise-game-external-scaler.kruise-game-system:6000";

  private static final int BASIS_POINTS = 100;

  private final Workload workload;
  private final Autoscale autoscale;

  Autoscaler(Workload workload, Autoscale autoscale) {
    this.workload = workload;
    this.autoscale = autoscale;
  }

  /// The autoscaler of a set that has one.
  static Optional<Autoscale> of(Workload workload) {
    return workload.zone().body().settings(workload.role().name()).autoscale();
  }

  Map<String, Object> tree() {
    return switch (autoscale.by()) {
      case Autoscale.Cpu(Percent target) when autoscale.mayStop() != Autoscale.MayStop.EMPTY ->
          ofKubernetes(target);
      case Autoscale.Cpu(Percent target) ->
          ofKeda(List.of(cpu(target), external(Map.of("maxAvailable", "0"))));
      case Autoscale.Players players -> ofKeda(withEmpty(List.of(counted(players))));
      case Autoscale.Spare spare -> ofKeda(List.of(spare(spare)));
      case Autoscale.Schedule schedule -> ofKeda(withEmpty(periods(schedule)));
    };
  }

  /// The set with nothing but the number of servers it starts with. Whoever applies it owns that
  /// field until an autoscaler writes it, so the zone's own file never has to say it.
  static Map<String, Object> start(Workload workload) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("apiVersion", "game.kruise.io/v1alpha1");
    object.put("kind", "GameServerSet");
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", workload.name());
    metadata.put("namespace", workload.game().namespace());
    object.put("metadata", metadata);
    object.put("spec", Map.of("replicas", workload.replicas()));
    return object;
  }

  private Map<String, Object> ofKubernetes(Percent target) {
    Map<String, Object> aim = new LinkedHashMap<>();
    aim.put("averageUtilization", percent(target));
    aim.put("type", "Utilization");
    Map<String, Object> resource = new LinkedHashMap<>();
    resource.put("name", "cpu");
    resource.put("target", aim);
    Map<String, Object> metric = new LinkedHashMap<>();
    metric.put("resource", resource);
    metric.put("type", "Resource");
    Map<String, Object> spec = new LinkedHashMap<>();
    behavior().ifPresent(behavior -> spec.put("behavior", behavior));
    spec.put("maxReplicas", autoscale.max());
    spec.put("metrics", List.of(metric));
    spec.put("minReplicas", autoscale.min());
    spec.put("scaleTargetRef", target());
    return object("autoscaling/v2", "HorizontalPodAutoscaler", spec);
  }

  /// The scaler of OpenKruiseGame takes the name of the object for that of the set.
  private Map<String, Object> ofKeda(List<Map<String, Object>> triggers) {
    Map<String, Object> spec = new LinkedHashMap<>();
    behavior()
        .ifPresent(
            behavior ->
                spec.put(
                    "advanced",
                    Map.of("horizontalPodAutoscalerConfig", Map.of("behavior", behavior))));
    spec.put("maxReplicaCount", autoscale.max());
    spec.put("minReplicaCount", autoscale.min());
    spec.put("pollingInterval", 30);
    spec.put("scaleTargetRef", target());
    spec.put("triggers", triggers);
    return object("keda.sh/v1alpha1", "ScaledObject", spec);
  }

  private Map<String, Object> object(String version, String kind, Map<String, Object> spec) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("labels", Labels.ofObject(workload));
    metadata.put("name", workload.name());
    metadata.put("namespace", workload.game().namespace());
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("apiVersion", version);
    object.put("kind", kind);
    object.put("metadata", metadata);
    object.put("spec", spec);
    return object;
  }

  private Map<String, Object> target() {
    Map<String, Object> target = new LinkedHashMap<>();
    target.put("apiVersion", "game.kruise.io/v1alpha1");
    target.put("kind", "GameServerSet");
    target.put("name", workload.name());
    return target;
  }

  private Optional<Map<String, Object>> behavior() {
    return autoscale.mayStop() == Autoscale.MayStop.NONE
        ? Optional.of(Map.of("scaleDown", Map.of("selectPolicy", "Disabled")))
        : Optional.empty();
  }

  private List<Map<String, Object>> withEmpty(List<Map<String, Object>> triggers) {
    List<Map<String, Object>> all = new ArrayList<>(triggers);
    if (autoscale.mayStop() == Autoscale.MayStop.EMPTY) {
      all.add(external(Map.of("maxAvailable", "0")));
    }
    return all;
  }

  private static Map<String, Object> trigger(
      String type, Optional<String> metric, Map<String, String> metadata) {
    Map<String, Object> trigger = new LinkedHashMap<>();
    trigger.put("metadata", metadata);
    metric.ifPresent(name -> trigger.put("metricType", name));
    trigger.put("type", type);
    return trigger;
  }

  private static Map<String, Object> external(Map<String, String> numbers) {
    Map<String, String> metadata = new LinkedHashMap<>(numbers);
    metadata.put("scalerAddress", SCALER);
    return trigger("external", Optional.of("AverageValue"), metadata);
  }

  private static Map<String, Object> cpu(Percent target) {
    return trigger(
        "cpu", Optional.of("Utilization"), Map.of("value", Integer.toString(percent(target))));
  }

  private static Map<String, Object> spare(Autoscale.Spare spare) {
    Map<String, String> numbers = new LinkedHashMap<>();
    spare.atMost().ifPresent(most -> numbers.put("maxAvailable", Integer.toString(most)));
    numbers.put("minAvailable", Integer.toString(spare.keep()));
    return external(numbers);
  }

  /// Names of namespaces, sets and metrics have no character that is special in a query.
  private Map<String, Object> counted(Autoscale.Players players) {
    long each = autoscale.perServer().orElse(1L);
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(
        "query",
        "sum(%s{namespace=\"%s\",pod=~\"%s-[0-9]+\"})"
            .formatted(players.metric(), workload.game().namespace(), workload.name()));
    metadata.put("serverAddress", players.prometheus());
    metadata.put("threshold", Long.toString(Math.max(1, players.target().ofFloor(each))));
    return trigger("prometheus", Optional.of("AverageValue"), metadata);
  }

  private static List<Map<String, Object>> periods(Autoscale.Schedule schedule) {
    return schedule.periods().stream()
        .map(
            period -> {
              boolean overMidnight = !period.until().isAfter(period.from());
              Map<String, String> metadata = new LinkedHashMap<>();
              metadata.put("desiredReplicas", Integer.toString(period.servers()));
              metadata.put("end", cron(period.until(), period, overMidnight ? 1 : 0));
              metadata.put("start", cron(period.from(), period, 0));
              metadata.put("timezone", schedule.timeZone().getId());
              return trigger("cron", Optional.empty(), metadata);
            })
        .toList();
  }

  /// A time of the days on which a period begins, or of the days after them.
  private static String cron(LocalTime time, Autoscale.Period period, int daysLater) {
    String days =
        period.days().isEmpty()
            ? "*"
            : period.days().stream()
                .map(day -> day.plus(daysLater))
                .sorted()
                .map(Autoscaler::number)
                .collect(Collectors.joining(","));
    return time.getMinute() + " " + time.getHour() + " * * " + days;
  }

  /// Sunday is 0.
  private static String number(DayOfWeek day) {
    return Integer.toString(day.getValue() % DayOfWeek.values().length);
  }

  /// Whole percents, as Kubernetes takes them.
  private static int percent(Percent share) {
    return Math.toIntExact(Math.max(1, share.basisPoints() / BASIS_POINTS));
  }
}
