package io.gops.adoption;

import io.gops.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A set of equal servers as some controller has it.
///
/// @param manifest the object
/// @param template its pod template, with `metadata` and `spec`
/// @param network how players reach it, if the object says so
record ServerSet(Manifest manifest, Json template, Optional<Json> network) {
  private static final Pattern NUMBERED = Pattern.compile("(.*[a-z0-9])-([1-9][0-9]{0,8})");

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

  /// Servers; 1 when nothing is said, as Kubernetes has it.
  long replicas() {
    return Manifest.number(manifest.content(), "spec", "replicas").orElse(1L);
  }

  /// The containers of a pod, in their order.
  List<Json> containers() {
    return Manifest.items(template, "spec", "containers");
  }

  /// `clx` of `clx-10001`; the whole name when it has no number.
  String game() {
    Matcher numbered = NUMBERED.matcher(name());
    return numbered.matches() ? numbered.group(1) : name();
  }

  /// 10001 of `clx-10001`.
  Optional<Integer> number() {
    Matcher numbered = NUMBERED.matcher(name());
    return numbered.matches() ? Optional.of(Integer.parseInt(numbered.group(2))) : Optional.empty();
  }
}
