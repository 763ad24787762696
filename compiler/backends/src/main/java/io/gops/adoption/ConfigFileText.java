package io.gops.adoption;

import io.gops.json.Json;
import java.util.List;
import java.util.Optional;

/// Files that a source writes in full: those of the ConfigMaps that gopsc made from `config`. Other
/// ConfigMaps stay what they are, objects beside the source that a pod refers to.
final class ConfigFileText {
  private static final String VOLUME = "gops-config";

  private final ServerSet set;
  private final ClusterObjects objects;

  ConfigFileText(ServerSet set, ClusterObjects objects) {
    this.set = set;
    this.objects = objects;
  }

  boolean isConfig(String volume) {
    return volume.equals(VOLUME);
  }

  /// The `config` blocks of a container.
  void write(Json container, Wording text) {
    for (Json mount : Manifest.items(container, "volumeMounts")) {
      Optional<String> content =
          Manifest.text(mount, "name")
              .filter(VOLUME::equals)
              .flatMap(_ -> Manifest.text(mount, "subPath"))
              .flatMap(this::file);
      if (content.isPresent()) {
        text.say("    config " + Spelled.quoted(Manifest.text(mount, "mountPath").orElse("")));
        text.say(" { lines = ").texts(lines(content.get())).say(" }\n");
      }
    }
  }

  private Optional<String> file(String key) {
    return Manifest.items(set.template(), "spec", "volumes").stream()
        .filter(volume -> Manifest.text(volume, "name").orElse("").equals(VOLUME))
        .flatMap(volume -> Manifest.text(volume, "configMap", "name").stream())
        .findFirst()
        .flatMap(name -> objects.find("ConfigMap", set.manifest().namespace(), name))
        .flatMap(map -> Manifest.text(map.content(), "data", key));
  }

  private static List<String> lines(String text) {
    return List.of(
        (text.endsWith("\n") ? text.substring(0, text.length() - 1) : text).split("\n", -1));
  }
}
