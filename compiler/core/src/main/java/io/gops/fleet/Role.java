package io.gops.fleet;

import io.gops.source.Origins;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// One kind of server process of a game; each zone runs `replicas` of it per side.
///
/// @param implicit whether the game wrote no `role`; then the role does not appear in generated
///     names
/// @param imageSizes disk that images take, by the names of their containers and sidecars, where it
///     is known
/// @param patches what is added to its Kubernetes objects, by kind of object
/// @param pullSecrets names of [Secret]s with which nodes pull its images
/// @param saveWithin time a server needs to save before it may be stopped
public record Role(
    String name,
    boolean implicit,
    int replicas,
    List<Container> containers,
    List<HotUpdate> hotUpdates,
    List<Volume> volumes,
    SortedMap<String, Long> imageSizes,
    Profile profile,
    List<Probe> probes,
    List<Exposure> exposures,
    List<Patch> patches,
    List<String> pullSecrets,
    Optional<Duration> saveWithin,
    Origins origins) {
  public Role {
    containers = List.copyOf(containers);
    hotUpdates = List.copyOf(hotUpdates);
    volumes = List.copyOf(volumes);
    probes = List.copyOf(probes);
    exposures = List.copyOf(exposures);
    patches = List.copyOf(patches);
    pullSecrets = List.copyOf(pullSecrets);
  }

  /// The same role with another profile.
  public Role withProfile(Profile other) {
    return new Role(
        name,
        implicit,
        replicas,
        containers,
        hotUpdates,
        volumes,
        imageSizes,
        other,
        probes,
        exposures,
        patches,
        pullSecrets,
        saveWithin,
        origins);
  }

  /// The container of that name.
  public Optional<Container> container(String wanted) {
    return containers.stream().filter(c -> c.name().equals(wanted)).findFirst();
  }
}
