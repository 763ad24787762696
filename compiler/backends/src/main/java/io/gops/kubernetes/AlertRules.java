package io.gops.kubernetes;

import io.gops.capacity.HostFill;
import io.gops.capacity.Moment;
import io.gops.fleet.Alert;
import io.gops.fleet.Game;
import io.gops.fleet.HotUpdate;
import io.gops.fleet.Resource;
import io.gops.fleet.Units;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The PrometheusRule of `monitoring.coreos.com/v1` of one game: its alerts, and beside them what
/// the capacity proof says of its hosts, so that an alert can compare the two.
final class AlertRules {
  /// Most that the servers on a host use at any instant, as proved: series of what Kubernetes
  /// measures too.
  private static final Map<Resource, String> PROVED =
      Map.of(
          Resource.CPU, "gops:host_proved:cpu_cores",
          Resource.MEMORY, "gops:host_proved:memory_bytes");

  private final Game game;
  private final SortedMap<String, HostFill> fills;

  /// @param fills of the hosts that may carry servers of the game, by name
  AlertRules(Game game, SortedMap<String, HostFill> fills) {
    this.game = game;
    this.fills = fills;
  }

  Map<String, Object> tree() {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("labels", Map.of(Labels.MANAGED_BY, "gopsc"));
    metadata.put("name", "gops-" + game.name());
    metadata.put("namespace", game.namespace());
    List<Object> groups = new ArrayList<>();
    groups.add(group("", game.alerts().values().stream().<Object>map(this::alert).toList()));
    List<Object> proved = proved();
    if (!proved.isEmpty()) {
      groups.add(group("-proof", proved));
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("apiVersion", "monitoring.coreos.com/v1");
    object.put("kind", "PrometheusRule");
    object.put("metadata", metadata);
    object.put("spec", Map.of("groups", groups));
    return object;
  }

  private Map<String, Object> group(String suffix, List<Object> rules) {
    Map<String, Object> group = new LinkedHashMap<>();
    group.put("name", "gops-" + game.name() + suffix);
    group.put("rules", rules);
    return group;
  }

  private Map<String, Object> alert(Alert alert) {
    Map<String, String> labels = new TreeMap<>();
    labels.put("game", game.name());
    labels.put("severity", severity(alert.severity()));
    Map<String, String> annotations = new TreeMap<>();
    alert.runbook().ifPresent(url -> annotations.put("runbook_url", template(url)));
    annotations.put("summary", sentence(alert.summary()));
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put("alert", alert.name());
    rule.put("annotations", annotations);
    rule.put("expr", expression(alert.expression()));
    rule.put("for", duration(alert));
    rule.put("labels", labels);
    return rule;
  }

  private static String severity(Alert.Severity severity) {
    return switch (severity) {
      case INFO -> "info";
      case WARNING -> "warning";
      case CRITICAL -> "critical";
    };
  }

  /// Prometheus knows whole milliseconds, and no `min`.
  private static String duration(Alert alert) {
    return Units.duration(alert.lasting()).replace("min", "m");
  }

  private String expression(Alert.Text text) {
    return text.parts().stream()
        .map(
            part ->
                switch (part) {
                  case Alert.Literal(String words) -> words;
                  case Alert.Fact fact -> fact(fact);
                  case Alert.Label _, Alert.Measured _ ->
                      throw new IllegalStateException("only sentences speak of what was found");
                })
        .collect(Collectors.joining());
  }

  private String sentence(Alert.Text text) {
    return text.parts().stream()
        .map(
            part ->
                switch (part) {
                  case Alert.Literal(String words) -> template(words);
                  case Alert.Fact fact -> fact(fact);
                  case Alert.Label(String name) -> "{{ $labels." + name + " }}";
                  case Alert.Measured() -> "{{ $value }}";
                })
        .collect(Collectors.joining());
  }

  /// A text that stays as it is where Prometheus reads a template.
  static String template(String text) {
    return text.replace("{", "{{ \"{\" }}");
  }

  /// Names have no character that is special in a query, a pattern or a template.
  private String fact(Alert.Fact fact) {
    return switch (fact) {
      case NAME -> game.name();
      case NAMESPACE -> game.namespace();
      case SIDECARS -> {
        TreeSet<String> names = new TreeSet<>();
        game.roles()
            .values()
            .forEach(
                role ->
                    role.hotUpdates().stream()
                        .map(HotUpdate::name)
                        .forEach(name -> names.add(name)));
        yield String.join("|", names);
      }
    };
  }

  private List<Object> proved() {
    List<Object> rules = new ArrayList<>();
    fills.forEach(
        (host, fill) -> {
          SortedMap<Resource, Long> most = new TreeMap<>();
          for (HostFill.MeasureFill measure : fill.measures()) {
            if (PROVED.containsKey(measure.measure().resource())
                && measure.measure().moment() != Moment.REQUESTS) {
              most.merge(measure.measure().resource(), measure.worst(), Math::max);
            }
          }
          most.forEach((resource, worst) -> rules.add(recording(host, resource, worst)));
        });
    return rules;
  }

  private Map<String, Object> recording(String host, Resource resource, long worst) {
    Map<String, String> labels = new TreeMap<>();
    labels.put("game", game.name());
    labels.put("node", host);
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put("expr", "vector(" + amount(resource, worst) + ")");
    rule.put("labels", labels);
    rule.put("record", Objects.requireNonNull(PROVED.get(resource)));
    return rule;
  }

  /// CPU is counted in cores by Prometheus, so with three digits.
  private static String amount(Resource resource, long worst) {
    return resource == Resource.CPU
        ? worst / 1000 + "." + String.format(Locale.ROOT, "%03d", worst % 1000)
        : Long.toString(worst);
  }
}
