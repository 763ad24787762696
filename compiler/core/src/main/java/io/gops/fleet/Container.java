package io.gops.fleet;

import io.gops.source.Origins;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// A container that people write; script sidecars are [HotUpdate]s.
///
/// @param command replaces the image's entry point when not empty
/// @param env by variable name
/// @param startup probe that must pass before the others begin
public record Container(
    String name,
    List<Port> ports,
    List<Interpolation> command,
    List<Interpolation> args,
    SortedMap<String, EnvValue> env,
    List<Mount> mounts,
    List<ConfigFile> configFiles,
    Optional<HealthCheck> ready,
    Optional<HealthCheck> live,
    Optional<HealthCheck> startup,
    Origins origins) {
  /// Where a volume appears in a container.
  ///
  /// @param volume name of a [Volume] of the role
  /// @param path absolute path
  public record Mount(String volume, String path, boolean readOnly) {}

  public Container {
    ports = List.copyOf(ports);
    command = List.copyOf(command);
    args = List.copyOf(args);
    mounts = List.copyOf(mounts);
    configFiles = List.copyOf(configFiles);
  }

  /// The port of that name.
  public Optional<Port> port(String wanted) {
    return ports.stream().filter(p -> p.name().equals(wanted)).findFirst();
  }
}
