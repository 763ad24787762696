package io.gops.fleet;

import io.gops.source.Origins;
import java.util.Optional;
import java.util.SortedMap;

/// What zones with equal attributes share.
///
/// @param game name of the game
/// @param run version that a new zone starts with
/// @param pool key of the pool, `site.pool`
/// @param vpc name of the VPC; absent when the pods use the cluster's network only
/// @param players most players that the login gate admits to one zone, 0 when the game declares
///     none
/// @param importance low is updated first
/// @param pair absent for zones that are not doubled
/// @param disruption absent when others may take away any server
/// @param settings what is said of the servers of a role, by its name
/// @param limits of what its servers send
public record ZoneBody(
    String game,
    String run,
    String pool,
    Optional<String> vpc,
    long players,
    int importance,
    Optional<Pair> pair,
    Optional<Disruption> disruption,
    SortedMap<String, ServerSettings> settings,
    Limits limits,
    Origins origins) {
  /// What is said of the servers of a role.
  public ServerSettings settings(String role) {
    return settings.getOrDefault(role, ServerSettings.NONE);
  }

  /// What runs on the host of a server of a role beside it: the backups of both sides.
  public Amounts besideServer(String role) {
    Amounts sum = Amounts.NONE;
    for (Backup backup : settings(role).backups()) {
      boolean both = pair.isPresent() && backup.volume().isPresent();
      sum = both ? sum.plus(backup.uses()).plus(backup.uses()) : sum.plus(backup.uses());
    }
    return sum;
  }

  /// Servers of a role on one side that room is kept for.
  public int servers(Role role) {
    return settings(role.name()).autoscale().map(Autoscale::max).orElse(role.replicas());
  }

  /// Servers of a role that one side starts with.
  public int firstServers(Role role) {
    return settings(role.name())
        .autoscale()
        .map(autoscale -> autoscale.start(role.replicas()))
        .orElse(role.replicas());
  }

  /// Most players of the zone that one server of a role has. They are shared evenly, unless the
  /// number of servers changes by itself: that is always too late.
  ///
  /// @param all players of the zone
  /// @param replicas servers of the role
  public long playersOfServer(String role, long all, int replicas) {
    return settings(role)
        .autoscale()
        .map(autoscale -> autoscale.playersOfServer(Math.max(0, all)))
        .orElseGet(() -> Math.ceilDiv(Math.max(0, all), (long) replicas));
  }
}
