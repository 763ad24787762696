package io.gops.diff;

import io.gops.deployment.Deployment;
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
import java.util.SortedMap;
import java.util.TreeMap;

/// How bad it is when a declaration says something else, beyond what follows for zones, hosts and
/// reachability, which is computed.
final class ThingRules {
  private ThingRules() {}

  /// Compares every declaration of two deployments but their zones.
  static NamedThings compare(Deployment before, Deployment after, ChangedLines lines) {
    NamedThings things = new NamedThings(lines);
    things.compare(cluster(), clusters(before), clusters(after));
    things.compare(pool(), before.pools(), after.pools());
    things.compare(host(), before.hosts(), after.hosts());
    things.compare(gateway(), before.gateways(), after.gateways());
    things.compare(vpc(), before.vpcs(), after.vpcs());
    things.compare(service(), before.services(), after.services());
    things.compare(secret(), before.secrets(), after.secrets());
    things.compare(policy(), policies(before), policies(after));
    things.compare(game(), before.games(), after.games());
    things.compare(directory(), before.directories(), after.directories());
    return things;
  }

  private static SortedMap<String, Cluster> clusters(Deployment deployment) {
    SortedMap<String, Cluster> clusters = new TreeMap<>();
    clusters.put(deployment.cluster().name(), deployment.cluster());
    return clusters;
  }

  private static SortedMap<String, Policy> policies(Deployment deployment) {
    SortedMap<String, Policy> policies = new TreeMap<>();
    deployment.policies().forEach(policy -> policies.put(policy.name(), policy));
    return policies;
  }

  private static NamedThings.Rule<Cluster> cluster() {
    return NamedThings.Rule.of(Kind.CLUSTER, Cluster::origins)
        .onlyChecked(
            path ->
                path.equals("kruise")
                    || path.equals("kruiseGame")
                    || path.startsWith("settings.router."))
        .removed(ConsequenceClass.R5);
  }

  private static NamedThings.Rule<Pool> pool() {
    return NamedThings.Rule.of(Kind.POOL, Pool::origins)
        .changed(path -> path.equals("sharing") ? ConsequenceClass.R4 : ConsequenceClass.R0)
        .added(ConsequenceClass.R0);
  }

  private static NamedThings.Rule<Host> host() {
    return NamedThings.Rule.of(Kind.HOST, Host::origins)
        .changed(path -> path.equals("underlay") ? ConsequenceClass.R4 : ConsequenceClass.R1)
        .removed(ConsequenceClass.R4);
  }

  private static NamedThings.Rule<Gateway> gateway() {
    return NamedThings.Rule.of(Kind.GATEWAY, Gateway::origins)
        .changed(path -> path.startsWith("addresses") ? ConsequenceClass.R5 : ConsequenceClass.R1)
        .removed(ConsequenceClass.R4);
  }

  private static NamedThings.Rule<Vpc> vpc() {
    return NamedThings.Rule.of(Kind.VPC, Vpc::origins)
        .changed(
            path ->
                path.equals("mtu")
                    ? ConsequenceClass.R4
                    : path.contains("cidr") || path.startsWith("subnets")
                        ? ConsequenceClass.R5
                        : ConsequenceClass.R1)
        .removed(ConsequenceClass.R5);
  }

  /// What may be reached is computed; the declaration itself disturbs nobody.
  private static NamedThings.Rule<ExternalService> service() {
    return NamedThings.Rule.of(Kind.SERVICE, ExternalService::origins);
  }

  /// As a service.
  private static NamedThings.Rule<Policy> policy() {
    return NamedThings.Rule.of(Kind.POLICY, Policy::origins);
  }

  private static NamedThings.Rule<Secret> secret() {
    return NamedThings.Rule.of(Kind.SECRET, Secret::origins)
        .added(ConsequenceClass.R0)
        .removed(ConsequenceClass.R0);
  }

  private static NamedThings.Rule<Game> game() {
    return NamedThings.Rule.of(Kind.GAME, Game::origins)
        .without("roles", "versions")
        .changed(path -> path.equals("namespace") ? ConsequenceClass.R5 : ConsequenceClass.R0)
        .added(ConsequenceClass.R0)
        .removed(ConsequenceClass.R0);
  }

  private static NamedThings.Rule<Directory> directory() {
    return NamedThings.Rule.of(Kind.DIRECTORY, Directory::origins)
        .changed(_ -> ConsequenceClass.R2)
        .removed(ConsequenceClass.R4);
  }
}
