package io.gops.bind;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.fleet.Cluster;
import io.gops.fleet.Directory;
import io.gops.fleet.Expectation;
import io.gops.fleet.ExternalService;
import io.gops.fleet.Fleet;
import io.gops.fleet.Game;
import io.gops.fleet.Gateway;
import io.gops.fleet.Policy;
import io.gops.fleet.Release;
import io.gops.fleet.Secret;
import io.gops.fleet.Vpc;
import io.gops.fleet.Window;
import io.gops.schema.Target;
import io.gops.source.Origins;
import io.gops.source.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Makes the fleet of one environment from its top-level blocks.
final class Elaboration {
  private final Problems problems;
  private final Defaults defaults;
  private final References references;
  private final List<Block> blocks;

  Elaboration(Problems problems, References references, List<Block> blocks) {
    this.problems = problems;
    this.defaults = new Defaults();
    this.references = references;
    this.blocks = blocks;
  }

  /// Which fleet and environment is made.
  ///
  /// @param cluster the reference of the environment; absent for a file without `fleet`
  record Identity(
      String fleet,
      String environment,
      Optional<Value> cluster,
      Optional<Place> place,
      Origins origins) {}

  /// The fleet; absent when there is no cluster, which is reported.
  ///
  /// @param free rules that stand outside any block
  Optional<Fleet> fleet(Identity identity, List<Block.Rule> free) {
    Optional<Attributes> target = cluster(identity);
    if (!isBounded()) {
      return Optional.empty();
    }
    SortedMap<String, Secret> secrets = new TreeMap<>();
    all("secret").forEach(secret -> secrets.put(secret.block().label(), secret(secret)));
    Networks networks = new Networks(problems, references);
    SortedMap<String, Gateway> gateways = networks.gateways(all("gateway"));
    SortedMap<String, Vpc> vpcs = networks.vpcs(all("vpc"), gateways);
    SortedMap<String, ExternalService> services = networks.services(all("service"), gateways);
    Machines machines = new Machines(problems, target);
    all("site").forEach(machines::add);
    SortedMap<String, Game> games =
        new Games(problems, references, defaults, secrets).games(all("game"));
    ZoneSets zones =
        new ZoneSets(
            problems,
            references,
            defaults,
            new Servers(
                problems,
                references,
                new Roles(problems, references, secrets),
                target.flatMap(t -> t.word("target")).filter("agones"::equals).isPresent()),
            games,
            machines.pools().keySet(),
            vpcs);
    all("zones").forEach(zones::add);
    SortedMap<String, Window> windows = new TreeMap<>();
    for (Attributes window : all("window")) {
      windows.put(window.block().label(), Windows.window(window, problems));
    }
    SortedMap<String, Directory> directories = new TreeMap<>();
    for (Attributes directory : all("directory")) {
      directories.put(directory.block().label(), directory(directory, games));
    }
    Endpoints endpoints = new Endpoints(problems, references, games, zones.sets(), services, vpcs);
    Rules rules = new Rules(problems, references, endpoints, vpcs);
    SortedMap<String, Policy> policies = new TreeMap<>();
    all("policy").forEach(policy -> policies.put(policy.block().label(), rules.policy(policy)));
    List<Expectation> expectations = new ArrayList<>(rules.expectations());
    free.forEach(rule -> rules.expectation(rule, "").ifPresent(expectations::add));
    SortedMap<String, Release> releases =
        new Releases(problems, references, games, zones, machines.hosts(), windows)
            .releases(all("release"));
    if (target.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Fleet(
            identity.fleet(),
            identity.environment(),
            cluster(target.get()),
            machines.pools(),
            machines.hosts(),
            gateways,
            vpcs,
            services,
            secrets,
            games,
            zones.sets(),
            zones.zones(),
            policies,
            directories,
            windows,
            releases,
            expectations,
            identity.origins()));
  }

  /// Whether hosts and zones are as many as a compile may take: a constant or a template may bring
  /// one range into many declarations.
  private boolean isBounded() {
    RangeSum sum = new RangeSum(problems);
    boolean bounded = true;
    for (Block block : blocks) {
      if (block.word().equals("zones")) {
        Optional<NumberSet> ids = new Attributes(block, defaults).numbers("ids");
        bounded &= add(sum, block, ids.map(NumberSet::size).orElse(0));
      }
      for (Block pool : block.word().equals("site") ? block.children("pool") : List.<Block>of()) {
        for (Block hosts : pool.children("hosts")) {
          bounded &= add(sum, hosts, hosts.numbers().map(NumberSet::size).orElse(0));
        }
      }
    }
    return bounded;
  }

  private static boolean add(RangeSum sum, Block block, long members) {
    long size = members;
    for (Block.Member override : block.members()) {
      size += override.numbers().size();
    }
    return sum.add(block.place(), size);
  }

  /// All blocks of a kind by label; of two with one label the first, after a report.
  private List<Attributes> all(String word) {
    SortedMap<String, Block> found = new TreeMap<>();
    for (Block block : blocks) {
      if (!block.word().equals(word)) {
        continue;
      }
      Block before = found.putIfAbsent(block.label(), block);
      if (before != null && !(block.label().isEmpty() && block.damaged())) {
        problems.report(
            Diagnostic.of(Code.GOPS2008, Completeness.title(block))
                .at(block.place())
                .related(before.place(), "related"));
      }
    }
    return found.values().stream().map(block -> new Attributes(block, defaults)).toList();
  }

  private Optional<Attributes> cluster(Identity identity) {
    List<Attributes> clusters = all("cluster");
    List<String> names = clusters.stream().map(c -> c.block().label()).toList();
    if (identity.cluster().isPresent()) {
      return references
          .resolve(identity.cluster().get(), identity.place(), Target.CLUSTER, names)
          .flatMap(
              name -> clusters.stream().filter(c -> c.block().label().equals(name)).findFirst());
    }
    if (clusters.size() == 1) {
      return Optional.of(clusters.getFirst());
    }
    if (clusters.size() > 1) {
      problems.report(
          Diagnostic.of(Code.GOPS2036, Names.list(names))
              .at(clusters.get(1).block().place())
              .related(clusters.getFirst().block().place(), "related")
              .hint("hint"));
    } else if (!problems.hasErrors()) {
      problems.report(Diagnostic.of(Code.GOPS2050).hint("hint"));
    }
    return Optional.empty();
  }

  private Secret secret(Attributes secret) {
    String name = secret.block().label();
    if (secret.block().damaged()
        || (secret.block().has("keys") && secret.texts("keys").isEmpty())) {
      problems.suspects().nameless("key");
    }
    return new Secret(
        name, secret.text("object").orElse(name), secret.texts("keys"), secret.origins());
  }

  private Directory directory(Attributes directory, SortedMap<String, Game> games) {
    return new Directory(
        directory.block().label(),
        references.resolve(directory, "game", Target.GAME, games.keySet()).orElse(""),
        directory.texts("endpoints"),
        directory.text("prefix").orElse("/"),
        directory.origins());
  }

  private Cluster cluster(Attributes cluster) {
    return Clusters.cluster(cluster, problems);
  }
}
