package io.gops.adoption;

import io.gops.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// A set of equal servers as some controller has it.
///
/// @param manifest the object
/// @param template its pod template, with `metadata` and `spec`
/// @param network how players reach it, if the object says so
record ServerSet(Manifest manifest, Json template, Optional<Json> network) {

  /// Absent for objects of other kinds.
  static Optional<ServerSet> of(Manifest manifest) {
    return switch (manifest.kind()) {
      case "GameServerSet" ->
          manifest
              .at("spec", "gameServerTemplate")
              .map(pod -> new ServerSet(manifest, pod, manifest.at("spec", "network")));
      case "StatefulSet" ->
          manifest
              .at("spec", "template")
              .map(pod -> new ServerSet(manifest, pod, Optional.empty()));
      case "Fleet" ->
          manifest
              .at("spec", "template", "spec", "template")
              .map(pod -> new ServerSet(manifest, pod, Optional.empty()));
      default -> Optional.empty();
    };
  }

  String name() {
    return manifest.name();
  }

  /// As an index of objects has it.
  String key() {
    return manifest.namespace() + "/" + name();
  }

  boolean isOfAgones() {
    return manifest.kind().equals("Fleet");
  }

  /// Servers; 1 when nothing is said, as Kubernetes has it.
  long replicas() {
    return Manifest.number(manifest.content(), "spec", "replicas").orElse(1L);
  }

  /// The containers of a pod, in their order.
  List<Json> containers() {
    return Manifest.items(template, "spec", "containers");
  }

  static String name(Json container) {
    return Manifest.text(container, "name").orElse("engine");
  }

  /// The names of a container's ports by their numbers; a port without one is named after it.
  SortedMap<String, String> ports(String container) {
    SortedMap<String, String> names = new TreeMap<>();
    for (Json port : declaredPorts(container)) {
      Manifest.number(port, "containerPort")
          .ifPresent(
              number ->
                  names.put(
                      Long.toString(number), Manifest.text(port, "name").orElse("p" + number)));
    }
    return names;
  }

  /// The ports of a container; of Agones those, too, that only the Fleet names.
  List<Json> declaredPorts(String container) {
    List<Json> ports = new ArrayList<>();
    SortedSet<Long> numbers = new TreeSet<>();
    for (Json candidate : containers()) {
      if (name(candidate).equals(container)) {
        ports.addAll(Manifest.items(candidate, "ports"));
      }
    }
    ports.forEach(port -> Manifest.number(port, "containerPort").ifPresent(n -> numbers.add(n)));
    boolean isFirst = !containers().isEmpty() && name(containers().getFirst()).equals(container);
    for (Json port : agonesPorts()) {
      Optional<Long> number = Manifest.number(port, "containerPort");
      boolean isMeant = Manifest.text(port, "container").map(container::equals).orElse(isFirst);
      if (isMeant && number.isPresent() && numbers.add(number.get())) {
        ports.add(port);
      }
    }
    return ports;
  }

  /// The ports of a Fleet of Agones; none for others.
  List<Json> agonesPorts() {
    return isOfAgones()
        ? Manifest.items(manifest.content(), "spec", "template", "spec", "ports")
        : List.of();
  }

  /// A text of a field in which Kubernetes replaces `$(NAME)`: there `$$` stands for `$`, which is
  /// what a source writes.
  static String unescaped(String text) {
    return text.replace("$$", "$");
  }

  static List<String> unescaped(List<String> texts) {
    return texts.stream().map(ServerSet::unescaped).toList();
  }
}
