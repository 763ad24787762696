package io.gops.deployment;

import io.gops.fleet.Cluster;
import io.gops.fleet.Directory;
import io.gops.fleet.ExternalService;
import io.gops.fleet.Game;
import io.gops.fleet.Gateway;
import io.gops.fleet.Host;
import io.gops.fleet.Policy;
import io.gops.fleet.Pool;
import io.gops.fleet.Secret;
import io.gops.fleet.Vpc;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;

/// What will run in one environment: every workload with its place, addresses and resources.
///
/// Back ends and `diff` read only this, so moving text into a template changes nothing here.
///
/// @param groups by [Group#id]
/// @param workloads by [Workload#name]
public record Deployment(
    String fleet,
    String environment,
    Cluster cluster,
    SortedMap<String, Pool> pools,
    SortedMap<String, Host> hosts,
    SortedMap<String, Gateway> gateways,
    SortedMap<String, Vpc> vpcs,
    SortedMap<String, ExternalService> services,
    SortedMap<String, Secret> secrets,
    SortedMap<String, Game> games,
    List<Policy> policies,
    SortedMap<String, Directory> directories,
    SortedMap<String, Group> groups,
    SortedMap<String, Workload> workloads) {

  /// The workload of that name, which exists.
  public Workload workload(String wanted) {
    return Objects.requireNonNull(workloads.get(wanted), wanted);
  }

  /// The group of that id, which exists.
  public Group group(String wanted) {
    return Objects.requireNonNull(groups.get(wanted), wanted);
  }
}
