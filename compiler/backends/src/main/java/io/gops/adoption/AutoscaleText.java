package io.gops.adoption;

import io.gops.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What changes the number of servers of a set: a HorizontalPodAutoscaler, a ScaledObject of KEDA
/// or
/// a FleetAutoscaler of Agones.
final class AutoscaleText {
  private static final Pattern COUNTED =
      Pattern.compile("sum\\(([A-Za-z_:][A-Za-z0-9_:]*)\\{.*\\}\\)");

  private static final Pattern CRON =
      Pattern.compile("([0-9]{1,2}) ([0-9]{1,2}) \\* \\* (\\*|[0-6](?:,[0-6])*)");

  private static final List<String> DAYS =
      List.of("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday");

  private AutoscaleText() {}

  /// The lines of the block; absent when nothing scales the set in a way that a source can say.
  static Optional<List<String>> of(ServerSet set, ClusterObjects objects) {
    return objects.of("HorizontalPodAutoscaler", set, "spec", "scaleTargetRef", "name").stream()
        .findFirst()
        .flatMap(AutoscaleText::ofKubernetes)
        .or(
            () ->
                objects.of("ScaledObject", set, "spec", "scaleTargetRef", "name").stream()
                    .findFirst()
                    .flatMap(AutoscaleText::ofKeda))
        .or(
            () ->
                objects.of("FleetAutoscaler", set, "spec", "fleetName").stream()
                    .findFirst()
                    .flatMap(AutoscaleText::ofAgones));
  }

  /// Most servers that an autoscaler gives a set; 0 without one.
  static long most(ServerSet set, ClusterObjects objects) {
    return Stream.of(
            objects.of("HorizontalPodAutoscaler", set, "spec", "scaleTargetRef", "name").stream()
                .flatMap(m -> Manifest.number(m.content(), "spec", "maxReplicas").stream()),
            objects.of("ScaledObject", set, "spec", "scaleTargetRef", "name").stream()
                .flatMap(m -> Manifest.number(m.content(), "spec", "maxReplicaCount").stream()),
            objects.of("FleetAutoscaler", set, "spec", "fleetName").stream()
                .flatMap(
                    m ->
                        Manifest.number(m.content(), "spec", "policy", "buffer", "maxReplicas")
                            .stream()))
        .flatMap(found -> found)
        .mapToLong(found -> found)
        .max()
        .orElse(0);
  }

  private static String number(Json from, String member, long otherwise) {
    return Long.toString(Manifest.number(from, member).orElse(otherwise));
  }

  private static Optional<List<String>> ofKubernetes(Manifest autoscaler) {
    Json spec = autoscaler.at("spec").orElse(Json.object().end());
    List<Json> metrics = Manifest.items(spec, "metrics");
    Optional<Long> target =
        metrics.size() == 1
                && Manifest.text(metrics.getFirst(), "resource", "name").equals(Optional.of("cpu"))
            ? Manifest.number(metrics.getFirst(), "resource", "target", "averageUtilization")
            : Optional.empty();
    String stop = isKept(spec, "behavior") ? "none" : "any";
    return target.map(
        percent ->
            List.of(
                "autoscale cpu { min = %s, max = %s, target = %s%%, may_stop = %s }"
                    .formatted(
                        number(spec, "minReplicas", 1),
                        number(spec, "maxReplicas", 1),
                        percent,
                        stop)));
  }

  private static boolean isKept(Json spec, String... pathToBehavior) {
    return Manifest.at(spec, pathToBehavior)
        .flatMap(behavior -> Manifest.text(behavior, "scaleDown", "selectPolicy"))
        .equals(Optional.of("Disabled"));
  }

  private static Optional<List<String>> ofKeda(Manifest object) {
    Json spec = object.at("spec").orElse(Json.object().end());
    String range =
        "min = "
            + number(spec, "minReplicaCount", 1)
            + ", max = "
            + number(spec, "maxReplicaCount", 100);
    List<Json> triggers = Manifest.items(spec, "triggers");
    boolean keepsPlayers =
        triggers.stream()
            .anyMatch(
                trigger ->
                    Manifest.text(trigger, "metadata", "maxAvailable").equals(Optional.of("0")));
    String stop =
        isKept(spec, "advanced", "horizontalPodAutoscalerConfig", "behavior")
            ? "none"
            : keepsPlayers ? "empty" : "any";
    List<Json> asking = triggers.stream().filter(trigger -> !isOnlyKeeping(trigger)).toList();
    if (asking.isEmpty()) {
      return Optional.empty();
    }
    return switch (Manifest.text(asking.getFirst(), "type").orElse("")) {
      case "external" -> spare(asking.getFirst(), range);
      case "cpu" ->
          Manifest.text(asking.getFirst(), "metadata", "value")
              .map(
                  percent ->
                      List.of(
                          "autoscale cpu { "
                              + range
                              + ", target = "
                              + percent
                              + "%, may_stop = "
                              + stop
                              + " }"));
      case "prometheus" -> players(asking.getFirst(), range, stop);
      case "cron" -> schedule(asking, range, stop);
      default -> Optional.empty();
    };
  }

  private static boolean isOnlyKeeping(Json trigger) {
    return Manifest.text(trigger, "metadata", "maxAvailable").equals(Optional.of("0"))
        && Manifest.text(trigger, "metadata", "minAvailable").isEmpty();
  }

  private static Optional<List<String>> spare(Json trigger, String range) {
    Optional<String> most = Manifest.text(trigger, "metadata", "maxAvailable");
    return Manifest.text(trigger, "metadata", "minAvailable")
        .filter(keep -> keep.matches("[1-9][0-9]*"))
        .map(
            keep ->
                List.of(
                    "autoscale spare { "
                        + range
                        + ", keep = "
                        + keep
                        + most.map(number -> ", at_most = " + number).orElse("")
                        + " }"));
  }

  private static Optional<List<String>> players(Json trigger, String range, String stop) {
    Matcher counted = COUNTED.matcher(Manifest.text(trigger, "metadata", "query").orElse(""));
    Optional<String> server = Manifest.text(trigger, "metadata", "serverAddress");
    Optional<String> each =
        Manifest.text(trigger, "metadata", "threshold").filter(n -> n.matches("[1-9][0-9]*"));
    if (!counted.matches() || server.isEmpty() || each.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        List.of(
            "autoscale players {",
            "  " + range + ", per_server = " + each.get() + ", target = 100%, may_stop = " + stop,
            "  metric = " + Spelled.quoted(counted.group(1)),
            "  prometheus = " + Spelled.quoted(server.get()),
            "}"));
  }

  private static Optional<List<String>> schedule(List<Json> triggers, String range, String stop) {
    List<String> lines = new ArrayList<>();
    lines.add("autoscale schedule {");
    lines.add(
        "  "
            + range
            + ", may_stop = "
            + stop
            + ", time_zone = "
            + Spelled.quoted(
                Manifest.text(triggers.getFirst(), "metadata", "timezone").orElse("UTC")));
    for (Json trigger : triggers) {
      Matcher start = CRON.matcher(Manifest.text(trigger, "metadata", "start").orElse(""));
      Matcher end = CRON.matcher(Manifest.text(trigger, "metadata", "end").orElse(""));
      if (!start.matches() || !end.matches()) {
        return Optional.empty();
      }
      lines.add(
          "  period p%s { %sfrom = %s, until = %s, servers = %s }"
              .formatted(
                  lines.size() - 1,
                  days(start.group(3)),
                  time(start),
                  time(end),
                  Manifest.text(trigger, "metadata", "desiredReplicas").orElse("1")));
    }
    lines.add("}");
    return Optional.of(lines);
  }

  private static String days(String cron) {
    if (cron.equals("*")) {
      return "";
    }
    List<String> words =
        List.of(cron.split(",", -1)).stream().map(Integer::parseInt).map(DAYS::get).toList();
    return "days = [" + String.join(", ", words) + "], ";
  }

  private static String time(Matcher cron) {
    return String.format(
        Locale.ROOT, "%02d:%02d", Integer.parseInt(cron.group(2)), Integer.parseInt(cron.group(1)));
  }

  private static Optional<List<String>> ofAgones(Manifest autoscaler) {
    Json buffer = autoscaler.at("spec", "policy", "buffer").orElse(Json.object().end());
    return Manifest.number(buffer, "bufferSize")
        .map(
            size ->
                List.of(
                    "autoscale spare { min = %s, max = %s, keep = %s, at_most = %s }"
                        .formatted(
                            number(buffer, "minReplicas", size),
                            number(buffer, "maxReplicas", size),
                            size,
                            size)));
  }
}
