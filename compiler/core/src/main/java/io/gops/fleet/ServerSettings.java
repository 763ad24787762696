package io.gops.fleet;

import java.util.List;
import java.util.Optional;

/// What zones say of the servers of one role, beyond what their game says.
///
/// @param servers by number, each at most once
public record ServerSettings(
    Optional<Autoscale> autoscale, UpdatePace pace, List<OneServer> servers, List<Backup> backups) {
  public static final ServerSettings NONE =
      new ServerSettings(Optional.empty(), UpdatePace.DEFAULT, List.of(), List.of());

  public ServerSettings {
    servers = List.copyOf(servers);
    backups = List.copyOf(backups);
  }
}
