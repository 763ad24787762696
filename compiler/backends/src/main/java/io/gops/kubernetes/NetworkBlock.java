package io.gops.kubernetes;

import io.gops.fleet.Exposure;
import io.gops.fleet.HotUpdate;
import io.gops.fleet.Port;
import io.gops.fleet.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The `network` block of a set: one plugin with its parameters.
///
/// @param type name of the plugin
/// @param parameters in the order of their names; a name may come several times
record NetworkBlock(String type, List<Parameter> parameters) {
  NetworkBlock {
    parameters = List.copyOf(parameters);
  }

  record Parameter(String name, String value) {}

  /// The block for the exposures of a role, which all name the same known plugin.
  static Optional<NetworkBlock> of(Role role, SortedMap<String, NetworkPlugin> plugins) {
    if (role.exposures().isEmpty()) {
      return Optional.empty();
    }
    NetworkPlugin plugin = plugins.get(role.exposures().getFirst().network());
    if (plugin == null) {
      return Optional.empty();
    }
    SortedMap<String, List<String>> values = new TreeMap<>();
    for (Exposure exposure : role.exposures()) {
      exposure.parameters().forEach((name, value) -> values.put(name, List.of(value)));
    }
    plugin.ports().ifPresent(form -> values.put(form.name(), ports(form, role)));
    if (plugin.keepsUnready() && !role.hotUpdates().isEmpty()) {
      values.putIfAbsent(
          NetworkPlugin.ALLOW_NOT_READY,
          List.of(
              role.hotUpdates().stream().map(HotUpdate::name).collect(Collectors.joining(","))));
    }
    List<Parameter> parameters = new ArrayList<>();
    values.forEach((name, all) -> all.forEach(v -> parameters.add(new Parameter(name, v))));
    return Optional.of(new NetworkBlock(plugin.name(), parameters));
  }

  /// What does not follow from the sidecars: those may come and go with versions.
  NetworkBlock withoutSidecars() {
    return new NetworkBlock(
        type,
        parameters.stream().filter(p -> !p.name().equals(NetworkPlugin.ALLOW_NOT_READY)).toList());
  }

  /// The block as it stands in the set.
  Map<String, Object> tree() {
    Map<String, Object> block = new LinkedHashMap<>();
    block.put("networkType", type);
    List<Map<String, Object>> conf = new ArrayList<>();
    for (Parameter parameter : parameters) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", parameter.name());
      entry.put("value", parameter.value());
      conf.add(entry);
    }
    block.put("networkConf", conf);
    return block;
  }

  private static List<String> ports(NetworkPlugin.PortForm form, Role role) {
    return switch (form) {
      case ContainerPorts -> containerPorts(role);
      case PortProtocols ->
          List.of(
              exposed(role).stream()
                  .map(port -> port.number() + "/" + port.protocol().name())
                  .distinct()
                  .collect(Collectors.joining(",")));
      case Ports ->
          List.of(
              exposed(role).stream()
                  .map(port -> Integer.toString(port.number()))
                  .distinct()
                  .collect(Collectors.joining(",")));
      case Port -> exposed(role).stream().map(port -> Integer.toString(port.number())).toList();
    };
  }

  /// `engine:7001/TCP,7002/UDP`, one value for each container.
  private static List<String> containerPorts(Role role) {
    SortedMap<String, List<String>> byContainer = new TreeMap<>();
    for (Exposure exposure : role.exposures()) {
      port(role, exposure)
          .ifPresent(
              port ->
                  byContainer
                      .computeIfAbsent(exposure.container(), _ -> new ArrayList<>())
                      .add(port.number() + "/" + port.protocol().name()));
    }
    return byContainer.entrySet().stream()
        .map(entry -> entry.getKey() + ":" + String.join(",", entry.getValue()))
        .toList();
  }

  private static List<Port> exposed(Role role) {
    return role.exposures().stream()
        .flatMap(exposure -> port(role, exposure).stream())
        .distinct()
        .toList();
  }

  private static Optional<Port> port(Role role, Exposure exposure) {
    return role.container(exposure.container()).flatMap(c -> c.port(exposure.port()));
  }
}
