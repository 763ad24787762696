package io.gops.adoption;

import io.gops.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How players reach the ports of a set: a network plugin of OpenKruiseGame with its parameters, or
/// the ports of Agones.
final class ExposureText {
  private static final Set<String> PORTS =
      Set.of("ContainerPorts", "PortProtocols", "Ports", "Port");

  /// The compiler writes it where a sidecar brings files.
  private static final String DERIVED = "AllowNotReadyContainers";

  /// A port of a container that is reached from outside.
  private record Reached(String container, String port) {}

  private ExposureText() {}

  static void write(ServerSet set, Wording text) {
    if (set.isOfAgones()) {
      agones(set, text);
    } else {
      set.network().ifPresent(network -> plugin(set, network, text));
    }
  }

  private static void plugin(ServerSet set, Json network, Wording text) {
    String plugin = Manifest.text(network, "networkType").orElse("");
    Set<Reached> reached = new LinkedHashSet<>();
    Map<String, String> parameters = new LinkedHashMap<>();
    for (Json parameter : Manifest.items(network, "networkConf")) {
      String name = Manifest.text(parameter, "name").orElse("");
      String value = Manifest.text(parameter, "value").orElse("");
      if (PORTS.contains(name)) {
        reached.addAll(ports(set, value));
      } else if (!name.equals(DERIVED) || set.containers().size() == 1) {
        parameters.put(name, value);
      }
    }
    if (reached.isEmpty()) {
      firstPort(set).ifPresent(reached::add);
    }
    boolean isFirst = true;
    for (Reached port : reached) {
      List<String> lines = new ArrayList<>();
      lines.add("network = " + Spelled.label(plugin));
      lines.addAll(container(set, port));
      if (isFirst && !parameters.isEmpty()) {
        lines.add("parameters {");
        parameters.forEach(
            (name, value) -> lines.add("  " + Spelled.label(name) + " = " + Spelled.quoted(value)));
        lines.add("}");
      }
      isFirst = false;
      block(port, lines, text);
    }
  }

  private static void block(Reached port, List<String> lines, Wording text) {
    text.say("  expose " + Spelled.label(port.port()) + " {");
    if (lines.size() == 1) {
      text.say(" " + lines.getFirst() + " }\n");
      return;
    }
    text.say("\n");
    lines.forEach(line -> text.say("    " + line + "\n"));
    text.say("  }\n");
  }

  private static Optional<Reached> firstPort(ServerSet set) {
    return set.containers().stream()
        .flatMap(
            container ->
                set.ports(ServerSet.name(container)).values().stream()
                    .map(port -> new Reached(ServerSet.name(container), port)))
        .findFirst();
  }

  /// `engine:7001/TCP,7002/UDP`, `7001/TCP,7002` or `7001`.
  private static List<Reached> ports(ServerSet set, String value) {
    List<Reached> reached = new ArrayList<>();
    for (String of : value.split("[ ;]", -1)) {
      String container = of.contains(":") ? of.replaceFirst(":.*", "") : "";
      for (String port : of.replaceFirst("^[^:]*:", "").split(",", -1)) {
        String number = port.replaceFirst("/.*", "");
        set.containers().stream()
            .map(ServerSet::name)
            .filter(name -> container.isEmpty() || name.equals(container))
            .filter(name -> set.ports(name).containsKey(number))
            .findFirst()
            .ifPresent(
                name -> reached.add(new Reached(name, set.ports(name).getOrDefault(number, ""))));
      }
    }
    return reached;
  }

  /// The container has to be told where several have a port of that name.
  private static List<String> container(ServerSet set, Reached port) {
    long having =
        set.containers().stream()
            .filter(c -> set.ports(ServerSet.name(c)).containsValue(port.port()))
            .count();
    return having > 1 ? List.of("container = " + Spelled.label(port.container())) : List.of();
  }

  private static void agones(ServerSet set, Wording text) {
    for (Json port : set.agonesPorts()) {
      String number = Manifest.number(port, "containerPort").map(n -> Long.toString(n)).orElse("");
      String wanted = Manifest.text(port, "container").orElse("");
      set.containers().stream()
          .map(ServerSet::name)
          .filter(name -> wanted.isEmpty() || name.equals(wanted))
          .flatMap(
              name ->
                  set.ports(name).entrySet().stream()
                      .filter(
                          known ->
                              number.isEmpty()
                                  ? known.getValue().equals(ServerSet.name(port))
                                  : known.getKey().equals(number))
                      .map(known -> new Reached(name, known.getValue())))
          .findFirst()
          .ifPresent(
              reached -> {
                List<String> lines = new ArrayList<>();
                lines.add("network = " + Manifest.text(port, "portPolicy").orElse("Dynamic"));
                lines.addAll(container(set, reached));
                block(reached, lines, text);
              });
    }
  }
}
