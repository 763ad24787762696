package io.gops.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gops.deployment.Deployment;
import io.gops.deployment.Workload;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.Fix;
import io.gops.diagnostic.Spelling;
import io.gops.fleet.Cluster;
import io.gops.fleet.Exposure;
import io.gops.fleet.HotUpdate;
import io.gops.fleet.Role;
import io.gops.source.Place;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Checks how ports are exposed. OpenKruiseGame itself checks only the name of the plugin: it
/// ignores parameters that it does not know and drops values that it cannot read.
final class ExposureChecks {
  private static final int LAST_PORT = 65_535;

  private final Deployment deployment;
  private final SortedMap<String, NetworkPlugin> plugins;
  private final Diagnostics diagnostics;

  ExposureChecks(
      Deployment deployment, SortedMap<String, NetworkPlugin> plugins, Diagnostics diagnostics) {
    this.deployment = deployment;
    this.plugins = plugins;
    this.diagnostics = diagnostics;
  }

  /// The exposures of one role.
  void role(Workload workload) {
    Role role = workload.role();
    for (Exposure exposure : role.exposures()) {
      NetworkPlugin plugin = plugins.get(exposure.network());
      if (plugin == null) {
        unknown(exposure);
        return;
      }
      plugin(exposure, plugin, workload);
    }
    sameNetwork(role);
  }

  private void unknown(Exposure exposure) {
    Diagnostic.Builder diagnostic =
        Diagnostic.of(Code.GOPS6111, exposure.network()).at(exposure.origins().of("network"));
    Optional<String> near = Spelling.nearest(exposure.network(), plugins.keySet());
    diagnostics.report(
        near.isPresent()
            ? diagnostic
                .hint("meant", near.get())
                .fix(
                    exposure.origins().written("network"),
                    "network = " + near.get(),
                    "fix",
                    near.get())
            : diagnostic.hint("hint", String.join(", ", plugins.keySet())));
  }

  private void plugin(Exposure exposure, NetworkPlugin plugin, Workload workload) {
    Role role = workload.role();
    plugin
        .after()
        .filter(
            last ->
                Release.parse(deployment.cluster().kruiseGame()).compareTo(Release.parse(last))
                    <= 0)
        .ifPresent(
            last ->
                diagnostics.report(
                    Diagnostic.of(Code.GOPS6117, plugin.name(), deployment.cluster().kruiseGame())
                        .at(exposure.origins().of("network"))
                        .related(deployment.cluster().origins().place("kruise_game"), "related")
                        .hint("hint", last)));
    exposure.parameters().forEach((name, value) -> parameter(exposure, plugin, name, value, role));
    required(exposure, plugin);
    if (plugin.name().equals(NetworkPlugin.HOST_PORT)
        && deployment.cluster().cni() == Cluster.Cni.OVS
        && workload.zone().body().vpc().isPresent()) {
      diagnostics.report(
          Diagnostic.of(Code.GOPS6116, exposure.port(), workload.zone().body().vpc().get())
              .at(exposure.origins().of("network"))
              .related(workload.zone().body().origins().place("vpc"), "related")
              .hint("hint"));
    }
    if (!role.hotUpdates().isEmpty() && !plugin.keepsUnready()) {
      cutOff(exposure, plugin, role.hotUpdates().getFirst());
    }
  }

  /// What a hot update does to players behind a plugin that cannot be told to keep them.
  private void cutOff(Exposure exposure, NetworkPlugin plugin, HotUpdate sidecar) {
    Optional<Code> code =
        switch (plugin.cuts()) {
          case YES -> Optional.of(Code.GOPS5101);
          case UNKNOWN -> Optional.of(Code.GOPS5104);
          case NO -> Optional.empty();
        };
    code.ifPresent(
        problem ->
            diagnostics.report(
                Diagnostic.of(problem, plugin.name(), sidecar.name())
                    .at(exposure.origins().of("network"))
                    .related(sidecar.origins().place(), "related")
                    .hint("hint")));
  }

  private void parameter(
      Exposure exposure, NetworkPlugin plugin, String name, String value, Role role) {
    if (plugin.ports().filter(form -> form.name().equals(name)).isPresent()) {
      diagnostics.report(
          Diagnostic.of(Code.GOPS6114, name)
              .at(exposure.origins().of("parameters." + name))
              .hint("hint")
              .fix(without(exposure, name), "fix", name));
      return;
    }
    if (name.equals(NetworkPlugin.ALLOW_NOT_READY)) {
      allowNotReady(exposure, plugin, value, role);
      return;
    }
    NetworkPlugin.Parameter known = plugin.parameters().get(name);
    if (known != null) {
      value(exposure, plugin, name, value, known);
    } else if (!plugin.otherParameters()) {
      Diagnostic.Builder diagnostic =
          Diagnostic.of(Code.GOPS6112, plugin.name(), name)
              .at(exposure.origins().of("parameters." + name));
      Optional<String> near = Spelling.nearest(name, plugin.parameters().keySet());
      Optional<Place> written = exposure.origins().written("parameters." + name);
      diagnostics.report(
          near.isPresent()
              ? diagnostic
                  .hint("meant", near.get())
                  .fix(written, reworded(written, name, near.get()), "fix", near.get())
              : diagnostic.hint("hint", String.join(", ", plugin.parameters().keySet())));
    }
  }

  private void allowNotReady(Exposure exposure, NetworkPlugin plugin, String value, Role role) {
    if (!plugin.keepsUnready()) {
      diagnostics.report(
          Diagnostic.of(Code.GOPS5102, plugin.name())
              .at(exposure.origins().of("parameters." + NetworkPlugin.ALLOW_NOT_READY))
              .hint("hint")
              .fix(without(exposure, NetworkPlugin.ALLOW_NOT_READY), "fix"));
      return;
    }
    List<String> sidecars = role.hotUpdates().stream().map(HotUpdate::name).toList();
    String others =
        Stream.of(value.split(",", -1))
            .filter(container -> !sidecars.contains(container))
            .collect(Collectors.joining(", "));
    if (!others.isEmpty()) {
      diagnostics.report(
          Diagnostic.of(Code.GOPS5103, others)
              .at(exposure.origins().of("parameters." + NetworkPlugin.ALLOW_NOT_READY))
              .hint("hint")
              .fix(without(exposure, NetworkPlugin.ALLOW_NOT_READY), "fix"));
    }
  }

  /// Leaves a parameter out.
  private static Optional<Fix.Edit> without(Exposure exposure, String name) {
    return exposure
        .origins()
        .written("parameters." + name)
        .map(place -> new Fix.Edit(place.withComma(), ""));
  }

  private void value(
      Exposure exposure,
      NetworkPlugin plugin,
      String name,
      String value,
      NetworkPlugin.Parameter known) {
    Optional<String> expected = expected(value, known);
    if (expected.isEmpty()) {
      return;
    }
    Optional<Place> written = exposure.origins().written("parameters." + name);
    Diagnostic.Builder problem =
        Diagnostic.of(Code.GOPS6115, name, plugin.name(), value)
            .at(exposure.origins().of("parameters." + name))
            .hint("hint", expected.get());
    Spelling.nearest(value, known.values())
        .ifPresent(near -> problem.fix(written, reworded(written, value, near), "fix", near));
    diagnostics.report(problem);
  }

  /// What is written at a place with another word in it.
  private static String reworded(Optional<Place> place, String word, String other) {
    String text = place.map(Place::text).orElse("");
    int at = text.indexOf(word);
    return at < 0 ? text : text.substring(0, at) + other + text.substring(at + word.length());
  }

  /// What should stand in the place of a value that the plugin would drop; empty when it is right.
  static Optional<String> expected(String value, NetworkPlugin.Parameter known) {
    if (!known.values().isEmpty() && !known.values().contains(value)) {
      return Optional.of(String.join(", ", known.values()));
    }
    if (!known.range().isEmpty() && !inRange(value, known.range())) {
      return Optional.of(known.range().getFirst() + ".." + known.range().getLast());
    }
    if (!known.length().isEmpty()
        && (value.length() < known.length().getFirst()
            || value.length() > known.length().getLast())) {
      return Optional.of(
          known.length().getFirst() + ".." + known.length().getLast() + " characters");
    }
    if (known.pattern().isPresent() && !known.pattern().get().matcher(value).matches()) {
      return known.pattern().map(pattern -> pattern.pattern());
    }
    return known.json() && !isJson(value) ? Optional.of("JSON") : Optional.empty();
  }

  private static boolean inRange(String value, List<Long> range) {
    try {
      long number = Long.parseLong(value);
      return number >= range.getFirst() && number <= range.getLast();
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isJson(String value) {
    try {
      return new ObjectMapper().readTree(value).isContainerNode();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private void required(Exposure exposure, NetworkPlugin plugin) {
    plugin
        .parameters()
        .forEach(
            (name, parameter) -> {
              boolean written = plugin.ports().filter(form -> form.name().equals(name)).isPresent();
              if (parameter.required() && !written && !exposure.parameters().containsKey(name)) {
                diagnostics.report(
                    Diagnostic.of(Code.GOPS6113, plugin.name(), name)
                        .at(exposure.origins().name())
                        .hint("hint", name));
              }
            });
    long given =
        plugin.exactlyOneOf().stream()
            .filter(name -> exposure.parameters().containsKey(name))
            .count();
    if (!plugin.exactlyOneOf().isEmpty() && given != 1) {
      diagnostics.report(
          Diagnostic.of(Code.GOPS6113, plugin.name(), String.join(" or ", plugin.exactlyOneOf()))
              .at(exposure.origins().name())
              .hint("hint", plugin.exactlyOneOf().getFirst()));
    }
  }

  /// A set has one network with one set of parameters.
  private void sameNetwork(Role role) {
    if (role.exposures().isEmpty()) {
      return;
    }
    Exposure first = role.exposures().getFirst();
    for (Exposure other : role.exposures()) {
      if (!other.network().equals(first.network())
          || !other.parameters().equals(first.parameters())) {
        Diagnostic.Builder problem =
            Diagnostic.of(Code.GOPS6118, role.name(), first.port(), other.port())
                .at(other.origins().of("network"))
                .related(first.origins().place("network"), "related")
                .hint("hint");
        if (other.parameters().equals(first.parameters())) {
          problem.fix(
              other.origins().written("network"),
              "network = " + first.network(),
              "fix",
              first.network());
        }
        diagnostics.report(problem);
        return;
      }
    }
  }

  /// Up to 1.0.0 the range of host ports is one pool for the whole cluster: a pod beyond it does
  /// not start. Later releases give each port once per node, which the capacity proof counts.
  void hostPorts() {
    if (deployment.cluster().portsOfEachHost().isPresent()) {
      return;
    }
    long needed = 0;
    Optional<Exposure> first = Optional.empty();
    for (Workload workload : deployment.workloads().values()) {
      List<Exposure> exposed =
          workload.role().exposures().stream().filter(Exposure::takesHostPort).toList();
      if (!exposed.isEmpty()) {
        first = first.or(() -> Optional.of(exposed.getFirst()));
        needed += (long) workload.wanted() * exposed.size();
      }
    }
    int available = deployment.cluster().hostPorts().size();
    if (needed > available && first.isPresent()) {
      Cluster.PortRange range = deployment.cluster().hostPorts();
      Diagnostic.Builder problem =
          Diagnostic.of(Code.GOPS6119, needed, available, range.first(), range.last())
              .at(first.get().origins().of("network"))
              .related(deployment.cluster().origins().place("host_ports"), "related")
              .hint("hint");
      long last = range.first() + needed - 1;
      if (last <= LAST_PORT) {
        String wide = range.first() + ".." + last;
        problem.fix(
            deployment.cluster().origins().written("host_ports"),
            "host_ports = " + wide,
            "fix",
            wide);
      }
      diagnostics.report(problem);
    }
  }
}
