package io.gops.kubernetes;

import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.gops.deployment.Group;
import io.gops.deployment.Workload;
import io.gops.fleet.ConfigFile;
import io.gops.fleet.Container;
import io.gops.fleet.Game;
import io.gops.fleet.Interpolation;
import io.gops.fleet.Role;
import io.gops.fleet.Side;
import io.gops.json.Json;
import io.gops.state.TemplateHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The text files of the containers of one role in one version: one ConfigMap, mounted file by
/// file.
///
/// The name of the ConfigMap ends in a hash of what was written, and it is immutable. So text is
/// part of the pod template like an image: a running pod never sees other text than the one it
/// started with, and two versions have a ConfigMap each while a release moves players between them.
/// That is why a `subPath` does no harm here: it would miss updates, and there are none. It puts a
/// file among those of the image, where a whole volume would hide them.
final class ConfigFiles {
  /// What a ConfigMap may hold.
  static final long MOST_BYTES = 1 << 20;

  private static final String VOLUME = "gops-config";

  private static final int HASH_DIGITS = 12;

  /// Who sees the same text.
  private enum Shared {
    /// All zones of the game.
    GAME,
    /// Both sides of a zone.
    GROUP,
    /// One side of a zone.
    SET
  }

  private final Role role;
  private final String suffix;
  private final Shared shared;

  private ConfigFiles(Role role) {
    this.role = role;
    this.suffix = "-config-" + digest(role);
    this.shared = shared(role);
  }

  /// Bytes of the ConfigMap, before zones and sides are put in.
  static long size(Role role) {
    return lines(role)
        .mapToLong(line -> 1 + line.resolve(0, Side.A).getBytes(StandardCharsets.UTF_8).length)
        .sum();
  }

  /// The volumes of the role's pods that hold its files: one, or none.
  static List<Volume> volumes(Game game, Role role) {
    return hasFiles(role) ? List.of(new ConfigFiles(role).volume(game)) : List.of();
  }

  /// Where a container sees its files.
  static List<VolumeMount> mounts(Container container) {
    List<VolumeMount> mounts = new ArrayList<>();
    for (int index = 0; index < container.configFiles().size(); index++) {
      mounts.add(
          new VolumeMountBuilder()
              .withName(VOLUME)
              .withMountPath(container.configFiles().get(index).path())
              .withSubPath(key(container, index))
              .withReadOnly(true)
              .build());
    }
    return mounts;
  }

  /// The ConfigMaps that are the same for all zones of a game: those of each version, so that a
  /// release finds the next one and a way back the last one.
  static List<Map<String, Object>> ofGame(Game game, Collection<Workload> workloads) {
    SortedMap<String, Map<String, Object>> objects = new TreeMap<>();
    for (ConfigFiles files : all(game, workloads)) {
      if (files.shared == Shared.GAME) {
        Workload any = workloads.iterator().next();
        Map<String, String> labels = Map.of(Labels.MANAGED_BY, "gopsc", Labels.GAME, game.name());
        String name = files.name(any);
        objects.put(name, files.object(name, labels, any));
      }
    }
    return List.copyOf(objects.values());
  }

  /// The other ConfigMaps of a group, of each version.
  static List<Map<String, Object>> ofGroup(Group group) {
    SortedMap<String, Map<String, Object>> objects = new TreeMap<>();
    for (Workload workload : group.workloads()) {
      for (ConfigFiles files : all(workload.game(), group.workloads())) {
        if (files.shared != Shared.GAME && files.role.name().equals(workload.role().name())) {
          String name = files.name(workload);
          objects.computeIfAbsent(
              name, _ -> files.object(name, Labels.ofObject(workload), workload));
        }
      }
    }
    return List.copyOf(objects.values());
  }

  /// The files of each role in each version, and in what runs: a version may be gone from the game.
  private static List<ConfigFiles> all(Game game, Collection<Workload> workloads) {
    return Stream.concat(
            game.versions().values().stream().flatMap(version -> version.roles().values().stream()),
            workloads.stream().map(Workload::role))
        .filter(ConfigFiles::hasFiles)
        .distinct()
        .map(ConfigFiles::new)
        .toList();
  }

  private static boolean hasFiles(Role role) {
    return role.containers().stream().anyMatch(c -> !c.configFiles().isEmpty());
  }

  private static Stream<Interpolation> lines(Role role) {
    return role.containers().stream()
        .flatMap(container -> container.configFiles().stream())
        .flatMap(file -> file.lines().stream());
  }

  private static Shared shared(Role role) {
    List<Interpolation.Part> parts =
        lines(role).flatMap(line -> line.parts().stream()).distinct().toList();
    return parts.contains(new Interpolation.SideName())
        ? Shared.SET
        : parts.stream().allMatch(Interpolation.Literal.class::isInstance)
            ? Shared.GAME
            : Shared.GROUP;
  }

  /// A hash of what was written, before zones and sides are put in: pods of all zones share a
  /// template.
  private static String digest(Role role) {
    Json.Members containers = Json.object();
    for (Container container : role.containers()) {
      Json.Members files = Json.object();
      container
          .configFiles()
          .forEach(
              file ->
                  files.with(
                      file.path(),
                      new Json.Arr(file.lines().stream().map(ConfigFiles::written).toList())));
      containers.with(container.name(), files.end());
    }
    String hash = TemplateHash.of(containers.end().print());
    int start = hash.indexOf(':') + 1;
    return hash.substring(start, start + HASH_DIGITS);
  }

  private static Json written(Interpolation line) {
    return new Json.Arr(
        line.parts().stream()
            .<Json>map(
                part ->
                    switch (part) {
                      case Interpolation.Literal(String text) -> Json.of(text);
                      case Interpolation.ZoneId(int width) -> Json.of(width);
                      case Interpolation.SideName() -> new Json.Null();
                    })
            .toList());
  }

  /// The name of the ConfigMap in a template of all zones.
  private String slottedName(Game game) {
    return switch (shared) {
          case GAME -> game.name();
          case GROUP -> game.name() + "-" + Slot.GROUP.mark();
          case SET -> Slot.SET.mark();
        }
        + suffix;
  }

  private String name(Workload workload) {
    return SlottedText.parse(slottedName(workload.game())).fill(workload);
  }

  private Volume volume(Game game) {
    return new VolumeBuilder()
        .withName(VOLUME)
        .withNewConfigMap()
        .withName(slottedName(game))
        .withDefaultMode(TypedPod.READ_ONLY)
        .withOptional(false)
        .endConfigMap()
        .build();
  }

  /// @param workload whose zone and side stand in the text
  private Map<String, Object> object(String name, Map<String, String> labels, Workload workload) {
    Map<String, Object> data = new TreeMap<>();
    for (Container container : role.containers()) {
      for (int index = 0; index < container.configFiles().size(); index++) {
        data.put(key(container, index), text(container.configFiles().get(index), workload));
      }
    }
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("labels", new TreeMap<>(labels));
    metadata.put("name", name);
    metadata.put("namespace", workload.game().namespace());
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("apiVersion", "v1");
    object.put("data", data);
    object.put("immutable", true);
    object.put("kind", "ConfigMap");
    object.put("metadata", metadata);
    return object;
  }

  private static String text(ConfigFile file, Workload workload) {
    return file.lines().stream()
        .map(line -> line.resolve(workload.zone().id(), workload.side()) + "\n")
        .collect(Collectors.joining());
  }

  /// `engine.0.server.conf`: the name of a file is no key, for two folders may have one each.
  private static String key(Container container, int index) {
    String path = container.configFiles().get(index).path();
    return container.name() + "." + index + "." + path.substring(path.lastIndexOf('/') + 1);
  }
}
