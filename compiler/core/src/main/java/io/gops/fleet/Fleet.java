package io.gops.fleet;

import io.gops.source.Origins;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.stream.Stream;

/// Everything one environment of a fleet says, resolved: references exist, templates and overrides
/// are applied, units are base units. Maps are keyed by the name that the source uses.
///
/// @param environment `default` for a fleet without `fleet.gops`
/// @param pools by `site.pool`
/// @param hosts by host name, in every pool
/// @param zoneSets by the label of the `zones` declaration
/// @param zones by zone id
public record Fleet(
    String name,
    String environment,
    Cluster cluster,
    SortedMap<String, Pool> pools,
    SortedMap<String, Host> hosts,
    SortedMap<String, Gateway> gateways,
    SortedMap<String, Vpc> vpcs,
    SortedMap<String, ExternalService> services,
    SortedMap<String, Secret> secrets,
    SortedMap<String, Game> games,
    SortedMap<String, ZoneSet> zoneSets,
    SortedMap<Integer, Zone> zones,
    SortedMap<String, Policy> policies,
    SortedMap<String, Directory> directories,
    SortedMap<String, Window> windows,
    SortedMap<String, Release> releases,
    List<Expectation> expectations,
    Origins origins) {

  /// The game of that name; the binder has resolved it.
  public Game game(String wanted) {
    return Objects.requireNonNull(games.get(wanted), wanted);
  }

  /// Every patch of every version, one that several versions share once: what no proof covers.
  public List<Patch> patches() {
    return games.values().stream()
        .flatMap(
            game ->
                Stream.concat(
                    game.roles().values().stream(),
                    game.versions().values().stream()
                        .flatMap(version -> version.roles().values().stream())))
        .flatMap(role -> role.patches().stream())
        .distinct()
        .toList();
  }

  /// The VPC of that name; the binder has resolved it.
  public Vpc vpc(String wanted) {
    return Objects.requireNonNull(vpcs.get(wanted), wanted);
  }

  /// The same fleet with other hosts, games, zones and releases, for trying what nobody wrote.
  public Fleet with(
      SortedMap<String, Pool> otherPools,
      SortedMap<String, Host> otherHosts,
      SortedMap<String, Game> otherGames,
      SortedMap<String, ZoneSet> otherSets,
      SortedMap<Integer, Zone> otherZones,
      SortedMap<String, Release> otherReleases) {
    return new Fleet(
        name,
        environment,
        cluster,
        otherPools,
        otherHosts,
        gateways,
        vpcs,
        services,
        secrets,
        otherGames,
        otherSets,
        otherZones,
        policies,
        directories,
        windows,
        otherReleases,
        expectations,
        origins);
  }

  /// The zones of one `zones` declaration in order of their ids.
  public List<Zone> zonesOf(ZoneSet set) {
    return zones.values().stream().filter(zone -> zone.set().equals(set.name())).toList();
  }
}
