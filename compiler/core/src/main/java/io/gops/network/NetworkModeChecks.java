package io.gops.network;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Cluster;
import io.gops.fleet.Endpoint;
import io.gops.fleet.Fleet;
import io.gops.fleet.Limits;
import io.gops.fleet.Pair;
import io.gops.fleet.Policy;
import io.gops.fleet.Vpc;
import io.gops.fleet.Zone;
import io.gops.source.Place;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Whether the network that `cni` and `enforce` of the cluster name can give what the fleet asks
/// for: what it cannot is said before anything is generated.
public final class NetworkModeChecks {
  private final Fleet fleet;
  private final Cluster cluster;
  private final Diagnostics diagnostics;
  private final Set<Object> seen = new HashSet<>();

  private NetworkModeChecks(Fleet fleet, Diagnostics diagnostics) {
    this.fleet = fleet;
    this.cluster = fleet.cluster();
    this.diagnostics = diagnostics;
  }

  /// Reports what the network of the cluster cannot give.
  ///
  /// @param diagnostics of this alone
  public static void run(Fleet fleet, Diagnostics diagnostics) {
    NetworkModeChecks checks = new NetworkModeChecks(fleet, diagnostics);
    checks.entries();
    List<Zone> inside =
        fleet.zones().values().stream().filter(zone -> zone.body().vpc().isPresent()).toList();
    if (inside.isEmpty() || checks.isUnenforced(inside.getFirst())) {
      return;
    }
    if (!fleet.cluster().hasOverlay()) {
      checks.withoutOverlay(inside);
    }
    checks.internetWithoutPods(inside);
  }

  /// Routes and neighbours that the routers cannot hold, addresses that pods do not have.
  private void entries() {
    NetworkMode mode = NetworkMode.of(cluster.cni(), fleet);
    NetworkMode overlay = NetworkMode.of(Cluster.Cni.OVS, fleet);
    if (mode.routes() > cluster.maxRoutes().orElse(Long.MAX_VALUE)) {
      tooMany("routes", mode.routes(), cluster.maxRoutes(), overlay.routes(), "max_routes");
    }
    if (mode.neighbours() > cluster.maxNeighbours().orElse(Long.MAX_VALUE)) {
      tooMany(
          "neighbours",
          mode.neighbours(),
          cluster.maxNeighbours(),
          overlay.neighbours(),
          "max_neighbours");
    }
    if (cluster.cni() != Cluster.Cni.OVS && mode.left().orElse(0) < 0) {
      diagnostics.report(
          Diagnostic.of(
                  Code.GOPS4021,
                  Objects.requireNonNull(cluster.settings().get("pod_cidr")),
                  mode.left().getAsLong() + NetworkMode.servers(fleet),
                  NetworkMode.servers(fleet))
              .at(cluster.origins().of("pod_cidr"))
              .hint("hint"));
    }
  }

  private void tooMany(
      String what, long entries, OptionalLong most, long withOverlay, String attribute) {
    long held = most.getAsLong();
    Object[] figures = {cluster.cni().word(), entries, held, times(entries, held)};
    Diagnostic.Builder problem = Diagnostic.of(Code.GOPS4016, figures);
    diagnostics.report(
        (what.equals("routes") ? problem : problem.saying(what, figures))
            .at(cluster.origins().of("router." + attribute))
            .related(cluster.origins().written("cni"), "related")
            .hint("hint", withOverlay));
  }

  /// How many times as many, in tenths: `3.0`.
  private static String times(long entries, long most) {
    long tenths = Math.multiplyExact(entries, 10L) / most;
    return tenths / 10 + "." + tenths % 10;
  }

  /// Whether nothing would keep the VPC of a zone from the rest.
  private boolean isUnenforced(Zone zone) {
    String vpc = zone.body().vpc().orElseThrow();
    Diagnostic.Builder nobody = Diagnostic.of(Code.GOPS4020, vpc);
    Optional<Diagnostic.Builder> problem =
        switch (cluster.cni()) {
          case OVS ->
              Optional.of(nobody.saying("switch", vpc).hint("switchhint"))
                  .filter(_ -> cluster.enforce() == Cluster.Enforce.KUBERNETES)
                  .map(found -> found.at(cluster.origins().of("enforce")));
          case FLANNEL -> Optional.of(nobody.hint("hint").at(cluster.origins().of("cni")));
          case HOST ->
              Optional.of(nobody.saying("host", vpc).hint("hint").at(cluster.origins().of("cni")));
          case CALICO, OTHER -> Optional.empty();
        };
    problem.ifPresent(
        found ->
            diagnostics.report(
                found.related(zone.body().origins().place("vpc"), "related", zone.set())));
    return problem.isPresent();
  }

  /// What only the overlay gives, in a cluster that has none.
  private void withoutOverlay(List<Zone> inside) {
    List<Vpc> vpcs =
        inside.stream()
            .map(zone -> zone.body().vpc().orElseThrow())
            .distinct()
            .map(fleet::vpc)
            .toList();
    for (NetworkMode.Overlap overlap : NetworkMode.overlapping(vpcs)) {
      Vpc one = overlap.one();
      Vpc two = overlap.two();
      diagnostics.report(
          Diagnostic.of(Code.GOPS4017, one.name(), two.name(), two.cidr())
              .at(two.origins().of("cidr"))
              .related(one.origins().place("cidr"), "other", one.name())
              .related(why(), "related")
              .hint("hint"));
    }
    for (Zone zone : inside) {
      limited(zone.set(), zone.body().limits());
      loginAddress(zone);
    }
    fleet.gateways().values().forEach(gateway -> limited(gateway.name(), gateway.limits()));
    if (!diagnostics.hasErrors()) {
      vpcs.forEach(this::bare);
    }
  }

  private void limited(String name, Limits limits) {
    if (!limits.equals(Limits.NONE) && seen.add(limits)) {
      diagnostics.report(
          Diagnostic.of(Code.GOPS4018, name)
              .at(limits.origins().name())
              .related(why(), "related")
              .hint("hint"));
    }
  }

  private void loginAddress(Zone zone) {
    Optional<Pair> pair = zone.body().pair().filter(p -> p.switching() == Pair.Switch.VIP);
    if (pair.isPresent() && seen.add(pair.get())) {
      diagnostics.report(
          Diagnostic.of(Code.GOPS4018)
              .saying("logins", zone.set())
              .at(pair.get().origins().of("switch"))
              .related(why(), "related")
              .hint("loginshint"));
    }
  }

  /// Says of a VPC what it is not.
  private void bare(Vpc vpc) {
    List<String> gateways =
        Stream.concat(vpc.internet().stream(), vpc.backbone().stream()).toList();
    diagnostics.report(
        (gateways.isEmpty()
                ? Diagnostic.of(Code.GOPS4019, vpc.name())
                : Diagnostic.of(Code.GOPS4019)
                    .saying("gateways", vpc.name(), String.join(", ", gateways)))
            .at(vpc.origins().name())
            .related(why(), "related")
            .hint("hint"));
  }

  private Optional<Place> why() {
    return cluster.origins().written("enforce").or(() -> cluster.origins().place("cni"));
  }

  /// A NetworkPolicy knows the internet only as all addresses but some, so it has to know those of
  /// the pods.
  private void internetWithoutPods(List<Zone> inside) {
    boolean known = cluster.settings().containsKey("pod_cidr");
    if (known || cluster.cni() == Cluster.Cni.OVS || cluster.enforce() == Cluster.Enforce.OVS) {
      return;
    }
    Set<String> vpcs =
        inside.stream()
            .map(zone -> zone.body().vpc().orElseThrow())
            .collect(Collectors.toCollection(HashSet::new));
    for (Policy policy : fleet.policies().values()) {
      for (Policy.Rule rule : policy.rules()) {
        boolean outside =
            Stream.of(rule.from(), rule.to()).anyMatch(Endpoint.Internet.class::isInstance);
        if (rule.allow() && outside && vpcs.contains(policy.vpc())) {
          diagnostics.report(
              Diagnostic.of(Code.GOPS4022, rule.place().text().strip())
                  .at(rule.place())
                  .related(cluster.origins().place(), "related")
                  .hint("hint"));
          return;
        }
      }
    }
  }
}
