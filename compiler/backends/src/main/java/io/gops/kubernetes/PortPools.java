package io.gops.kubernetes;

import io.gops.deployment.Deployment;
import io.gops.deployment.Workload;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.Spelling;
import io.gops.fleet.Cluster;
import io.gops.fleet.Exposure;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The ports of load balancers, which OpenKruiseGame hands out to pods and takes back.
final class PortPools {
  private final Deployment deployment;
  private final SortedMap<String, NetworkPlugin> plugins;
  private final Diagnostics diagnostics;

  PortPools(
      Deployment deployment, SortedMap<String, NetworkPlugin> plugins, Diagnostics diagnostics) {
    this.deployment = deployment;
    this.plugins = plugins;
    this.diagnostics = diagnostics;
  }

  /// Load balancers that several roles may share.
  private record Pool(String plugin, NetworkPlugin.Balancers form, String ids) {}

  /// @param exposure the first that takes from the pool
  private record Demand(Exposure exposure, long ports) {
    Demand plus(Demand other) {
      return new Demand(exposure, ports + other.ports);
    }
  }

  void run() {
    declared();
    exhausted();
    mixedUp();
  }

  /// Ports of both sides of every pair: during a release both run.
  private void exhausted() {
    Map<Pool, Demand> demands = new TreeMap<>(Comparator.comparing(Pool::toString));
    for (Workload workload : deployment.workloads().values()) {
      List<Exposure> exposures = workload.role().exposures();
      if (exposures.isEmpty()) {
        continue;
      }
      Exposure first = exposures.getFirst();
      Optional.ofNullable(plugins.get(first.network()))
          .flatMap(NetworkPlugin::balancers)
          .ifPresent(
              form -> {
                String ids = first.parameters().get(form.parameter());
                if (ids != null) {
                  demands.merge(
                      new Pool(first.network(), form, ids),
                      new Demand(first, (long) workload.wanted() * exposures.size()),
                      Demand::plus);
                }
              });
    }
    demands.forEach(
        (pool, demand) -> portsOfEach(pool).ifPresent(each -> exhausted(pool, demand, each)));
  }

  /// Ports of one load balancer: what its provider gives, or what the operator lets the plugin use.
  private Optional<Long> portsOfEach(Pool pool) {
    Optional<Long> configured = configured(pool).map(Cluster.BalancerPorts::size);
    return Stream.concat(pool.form().ports().stream(), configured.stream()).min(Long::compare);
  }

  private Optional<Cluster.BalancerPorts> configured(Pool pool) {
    return Optional.ofNullable(deployment.cluster().networks().get(pool.plugin()));
  }

  private void exhausted(Pool pool, Demand demand, long each) {
    NetworkPlugin.Balancers form = pool.form();
    long balancers = Arrays.stream(pool.ids().split(",", -1)).distinct().count();
    if (demand.ports() <= balancers * each) {
      return;
    }
    Diagnostic.Builder problem =
        Diagnostic.of(Code.GOPS6164, demand.ports(), balancers * each, each, pool.plugin())
            .at(demand.exposure().origins().of("parameters." + form.parameter()));
    configured(pool).ifPresent(ports -> problem.related(ports.origins().place("ports"), "related"));
    diagnostics.report(
        each == 0
            ? problem.hint("none", pool.plugin())
            : problem.hint("hint", Math.ceilDiv(demand.ports(), each), form.parameter()));
  }

  /// What a cluster says of plugins that do not exist, or that have no ports to hand out.
  private void declared() {
    deployment
        .cluster()
        .networks()
        .forEach(
            (name, ports) -> {
              NetworkPlugin plugin = plugins.get(name);
              if (plugin == null) {
                unknown(name, ports);
              } else if (plugin.balancers().isEmpty()) {
                diagnostics.report(
                    Diagnostic.of(Code.GOPS6166, name)
                        .at(ports.origins().name())
                        .hint(name.equals(NetworkPlugin.HOST_PORT) ? "host" : "hint"));
              }
            });
  }

  private void unknown(String name, Cluster.BalancerPorts ports) {
    Diagnostic.Builder problem = Diagnostic.of(Code.GOPS6111, name).at(ports.origins().name());
    Optional<String> near = Spelling.nearest(name, plugins.keySet());
    diagnostics.report(
        near.isPresent()
            ? problem.hint("meant", near.get())
            : problem.hint("hint", String.join(", ", plugins.keySet())));
  }

  /// When a set with fixed ports is deleted, the ports of every set go whose name merely begins
  /// with its own, and are given to others while players are on them.
  private void mixedUp() {
    SortedMap<String, NavigableSet<String>> names = new TreeMap<>();
    for (Workload workload : deployment.workloads().values()) {
      if (freesByPrefix(workload)) {
        names
            .computeIfAbsent(workload.game().namespace(), _ -> new TreeSet<>())
            .add(workload.name());
      }
    }
    names
        .values()
        .forEach(
            all ->
                all.stream()
                    .filter(name -> isMistaken(name, all.higher(name)))
                    .findFirst()
                    .ifPresent(
                        name -> reportMistaken(name, Objects.requireNonNull(all.higher(name)))));
  }

  /// @param next the name behind it in the order of names; one that begins with it is, if any is
  private boolean isMistaken(String name, @Nullable String next) {
    return next != null && next.startsWith(name) && keepsPorts(deployment.workload(name));
  }

  private void reportMistaken(String name, String longer) {
    Workload workload = deployment.workload(name);
    diagnostics.report(
        Diagnostic.of(Code.GOPS6165, name, longer)
            .at(workload.role().exposures().getFirst().origins().of("parameters.Fixed"))
            .related(workload.zone().body().origins().place("ids"), "related", name)
            .hint("hint"));
  }

  private boolean freesByPrefix(Workload workload) {
    return workload.role().exposures().stream()
        .map(exposure -> plugins.get(exposure.network()))
        .anyMatch(plugin -> plugin != null && plugin.freesByPrefix());
  }

  private static boolean keepsPorts(Workload workload) {
    return workload.role().exposures().stream()
        .anyMatch(exposure -> "true".equals(exposure.parameters().get("Fixed")));
  }
}
