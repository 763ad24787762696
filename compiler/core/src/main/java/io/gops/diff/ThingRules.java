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
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// How bad it is when a declaration says something else, beyond what follows for zones, hosts and
/// reachability, which is computed.
final class ThingRules {
  private ThingRules() {}

  /// Compares every declaration of two deployments but their zones.
  static List<Change> compare(Deployment before, Deployment after, ChangedLines lines) {
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
    return things.changes();
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
    return new NamedThings.Rule<>(
        Kind.CLUSTER,
        Set.of(),
        always(ConsequenceClass.R1),
        ConsequenceClass.R1,
        ConsequenceClass.R5,
        Cluster::origins);
  }

  private static NamedThings.Rule<Pool> pool() {
    return new NamedThings.Rule<>(
        Kind.POOL,
        Set.of(),
        path -> path.equals("sharing") ? ConsequenceClass.R4 : ConsequenceClass.R0,
        ConsequenceClass.R0,
        ConsequenceClass.R1,
        Pool::origins);
  }

  private static NamedThings.Rule<Host> host() {
    return new NamedThings.Rule<>(
        Kind.HOST,
        Set.of(),
        path -> path.equals("underlay") ? ConsequenceClass.R4 : ConsequenceClass.R1,
        ConsequenceClass.R1,
        ConsequenceClass.R4,
        Host::origins);
  }

  private static NamedThings.Rule<Gateway> gateway() {
    return new NamedThings.Rule<>(
        Kind.GATEWAY,
        Set.of(),
        path -> path.startsWith("addresses") ? ConsequenceClass.R5 : ConsequenceClass.R1,
        ConsequenceClass.R1,
        ConsequenceClass.R4,
        Gateway::origins);
  }

  private static NamedThings.Rule<Vpc> vpc() {
    return new NamedThings.Rule<>(
        Kind.VPC,
        Set.of(),
        path ->
            path.equals("mtu")
                ? ConsequenceClass.R4
                : path.contains("cidr") || path.startsWith("subnets")
                    ? ConsequenceClass.R5
                    : ConsequenceClass.R1,
        ConsequenceClass.R1,
        ConsequenceClass.R5,
        Vpc::origins);
  }

  private static NamedThings.Rule<ExternalService> service() {
    return network(Kind.SERVICE, ExternalService::origins);
  }

  private static NamedThings.Rule<Policy> policy() {
    return network(Kind.POLICY, Policy::origins);
  }

  /// What may be reached is computed; the declaration itself disturbs nobody.
  private static <T extends Record> NamedThings.Rule<T> network(
      Kind kind, Function<T, io.gops.source.Origins> origins) {
    return new NamedThings.Rule<>(
        kind,
        Set.of(),
        always(ConsequenceClass.R1),
        ConsequenceClass.R1,
        ConsequenceClass.R1,
        origins);
  }

  private static NamedThings.Rule<Secret> secret() {
    return new NamedThings.Rule<>(
        Kind.SECRET,
        Set.of(),
        always(ConsequenceClass.R1),
        ConsequenceClass.R0,
        ConsequenceClass.R0,
        Secret::origins);
  }

  private static NamedThings.Rule<Game> game() {
    return new NamedThings.Rule<>(
        Kind.GAME,
        Set.of("roles", "versions"),
        path -> path.equals("namespace") ? ConsequenceClass.R5 : ConsequenceClass.R0,
        ConsequenceClass.R0,
        ConsequenceClass.R0,
        Game::origins);
  }

  private static NamedThings.Rule<Directory> directory() {
    return new NamedThings.Rule<>(
        Kind.DIRECTORY,
        Set.of(),
        always(ConsequenceClass.R2),
        ConsequenceClass.R1,
        ConsequenceClass.R4,
        Directory::origins);
  }

  private static Function<String, ConsequenceClass> always(ConsequenceClass risk) {
    return _ -> risk;
  }
}
