package io.gops.kubernetes;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.ConfigFile;
import io.gops.fleet.Container;
import io.gops.fleet.Game;
import io.gops.fleet.HotUpdate;
import io.gops.fleet.Role;
import io.gops.source.Origins;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Config files that Kubernetes could not store, or not put where they are wanted. The files of a
/// role share one ConfigMap.
public final class ConfigFileChecks {
  private final Diagnostics diagnostics;
  private final Set<Origins> said = new HashSet<>();

  public ConfigFileChecks(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /// Checks every version, for a version repeats the files of the one that it is written from.
  public void run(Collection<Game> games) {
    for (Game game : games) {
      Stream.concat(
              game.roles().values().stream(),
              game.versions().values().stream()
                  .flatMap(version -> version.roles().values().stream()))
          .forEach(this::role);
    }
  }

  private void role(Role role) {
    role.containers().forEach(container -> outsideMounts(role, container));
    long size = ConfigFiles.size(role);
    if (size > ConfigFiles.MOST_BYTES) {
      role.containers().stream()
          .flatMap(container -> container.configFiles().stream())
          .findFirst()
          .filter(file -> said.add(file.origins()))
          .ifPresent(
              file ->
                  diagnostics.report(
                      Diagnostic.of(Code.GOPS6132, role.name(), size, ConfigFiles.MOST_BYTES)
                          .at(file.origins().name())
                          .hint("hint")));
    }
  }

  private void outsideMounts(Role role, Container container) {
    SortedMap<String, String> mounts = new TreeMap<>();
    container.mounts().forEach(mount -> mounts.put(mount.path(), "volume " + mount.volume()));
    for (HotUpdate update : role.hotUpdates()) {
      update.mounts().stream()
          .filter(mount -> mount.container().equals(container.name()))
          .forEach(mount -> mounts.put(mount.path(), "hot_update " + update.name()));
    }
    for (ConfigFile file : container.configFiles()) {
      mounts.forEach((folder, owner) -> outside(folder, owner, file, container));
    }
  }

  private void outside(String folder, String owner, ConfigFile file, Container container) {
    String prefix = folder.endsWith("/") ? folder : folder + "/";
    if ((file.path() + "/").startsWith(prefix) && said.add(file.origins())) {
      diagnostics.report(
          Diagnostic.of(Code.GOPS6131, file.path(), container.name(), owner, folder)
              .at(file.origins().name())
              .hint("hint"));
    }
  }
}
