package io.gops.adoption;

import io.gops.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/// The volumes of a pod that a source has words for: scratch space, shared memory, secrets, and the
/// claims of a set.
final class VolumeText {
  private final ServerSet set;
  private final SortedMap<String, SortedSet<String>> secrets;

  VolumeText(ServerSet set, SortedMap<String, SortedSet<String>> secrets) {
    this.set = set;
    this.secrets = secrets;
  }

  /// The volumes but those of sidecars.
  void write(Wording text, SidecarText sidecars) {
    for (Json volume : Manifest.items(set.template(), "spec", "volumes")) {
      String name = Manifest.text(volume, "name").orElse("");
      if (!sidecars.isShared(name) && isDeclared(set, name)) {
        declaration(volume).ifPresent(words -> text.say("  " + words + "\n"));
      }
    }
    for (Json claim : claims(set)) {
      text.say("  " + persistent(claim) + "\n");
    }
  }

  /// Whether a source declares the volume, so that containers can mount it.
  static boolean isDeclared(ServerSet set, String name) {
    boolean isVolume =
        Manifest.items(set.template(), "spec", "volumes").stream()
            .filter(item -> Manifest.text(item, "name").orElse("").equals(name))
            .anyMatch(VolumeText::hasWord);
    return !name.startsWith("gops-")
        && (isVolume
            || claims(set).stream()
                .anyMatch(
                    claim -> Manifest.text(claim, "metadata", "name").orElse("").equals(name)));
  }

  private static boolean hasWord(Json volume) {
    boolean isMemory = Manifest.text(volume, "emptyDir", "medium").orElse("").equals("Memory");
    boolean isFolder =
        Manifest.at(volume, "emptyDir").isPresent()
            && (!isMemory || Manifest.at(volume, "emptyDir", "sizeLimit").isPresent());
    return isFolder
        || (Manifest.text(volume, "secret", "secretName").isPresent() && isPlain(volume));
  }

  /// Whether the files of a secret are called like its keys, and those are told.
  private static boolean isPlain(Json volume) {
    List<Json> items = Manifest.items(volume, "secret", "items");
    return !items.isEmpty()
        && items.stream()
            .allMatch(item -> Manifest.text(item, "key").equals(Manifest.text(item, "path")));
  }

  private static List<Json> claims(ServerSet set) {
    List<Json> ofTemplate = Manifest.items(set.template(), "volumeClaimTemplates");
    return ofTemplate.isEmpty()
        ? Manifest.items(set.manifest().content(), "spec", "volumeClaimTemplates")
        : ofTemplate;
  }

  private Optional<String> declaration(Json volume) {
    String name = Spelled.label(Manifest.text(volume, "name").orElse(""));
    Optional<String> secret = Manifest.text(volume, "secret", "secretName");
    if (secret.isPresent()) {
      List<String> keys =
          Manifest.items(volume, "secret", "items").stream()
              .flatMap(item -> Manifest.text(item, "key").stream())
              .toList();
      secrets.computeIfAbsent(secret.get(), _ -> new TreeSet<>()).addAll(keys);
      return Optional.of(
          "volume secret "
              + name
              + " { secret = "
              + Spelled.label(secret.get())
              + ", keys = "
              + Spelled.list(keys)
              + " }");
    }
    Optional<String> limit =
        Manifest.at(volume, "emptyDir", "sizeLimit")
            .flatMap(size -> Quantity.of(size, "memory"))
            .map(Quantity::memory);
    boolean isMemory = Manifest.text(volume, "emptyDir", "medium").orElse("").equals("Memory");
    return Optional.of(
        (isMemory ? "volume shared_memory " : "volume scratch ")
            + name
            + limit.map(size -> " { limit = " + size + " }").orElse(" {}"));
  }

  /// One policy of the set says what becomes of all of its volumes.
  private String persistent(Json claim) {
    StringBuilder words = new StringBuilder("volume persistent ");
    String name = Manifest.text(claim, "metadata", "name").orElse("");
    words.append(Spelled.label(name)).append(" { ");
    Manifest.at(claim, "spec", "resources", "requests", "storage")
        .flatMap(size -> Quantity.of(size, "storage"))
        .ifPresent(size -> words.append("size = ").append(Quantity.memory(size)));
    Manifest.text(claim, "spec", "storageClassName")
        .ifPresent(type -> words.append(", class = ").append(Spelled.quoted(type)));
    folder(name).ifPresent(path -> words.append(", path = ").append(Spelled.quoted("/" + path)));
    retention("whenScaled").ifPresent(word -> words.append(", when_stopped = ").append(word));
    retention("whenDeleted").ifPresent(word -> words.append(", when_deleted = ").append(word));
    return words.append(" }").toString();
  }

  private Optional<String> folder(String volume) {
    return set.containers().stream()
        .flatMap(container -> Manifest.items(container, "volumeMounts").stream())
        .filter(mount -> Manifest.text(mount, "name").orElse("").equals(volume))
        .flatMap(mount -> Manifest.text(mount, "subPath").stream())
        .findFirst();
  }

  private Optional<String> retention(String when) {
    return Manifest.text(
            set.manifest().content(), "spec", "persistentVolumeClaimRetentionPolicy", when)
        .filter("Delete"::equals)
        .map(_ -> "delete");
  }
}
