package io.gops.kubernetes;

import io.gops.deployment.Deployment;
import io.gops.deployment.Group;
import io.gops.deployment.Workload;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.Fix;
import io.gops.fleet.Cluster;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/// What Kubernetes, OpenKruise or OpenKruiseGame would refuse late, silently ignore, or accept and
/// do wrong. Each thing is said once, however many zones it concerns.
final class KubernetesChecks {
  private final Deployment deployment;
  private final Diagnostics diagnostics;
  private final SortedMap<String, NetworkPlugin> plugins;
  private final ExposureChecks exposures;
  private final StorageChecks storage;
  private final DisruptionChecks disruptions;
  private final ServerChecks servers;

  KubernetesChecks(
      Deployment deployment, SortedMap<String, NetworkPlugin> plugins, Diagnostics diagnostics) {
    this.deployment = deployment;
    this.diagnostics = diagnostics;
    this.plugins = plugins;
    this.exposures = new ExposureChecks(deployment, plugins, diagnostics);
    this.storage = new StorageChecks(diagnostics);
    this.disruptions = new DisruptionChecks(deployment, diagnostics);
    this.servers = new ServerChecks(diagnostics);
  }

  void run() {
    deployment.games().values().forEach(game -> new ImageChecks(game, plugins, diagnostics).run());
    Set<String> rolesSeen = new HashSet<>();
    Set<String> setsSeen = new HashSet<>();
    for (Group group : deployment.groups().values()) {
      for (Workload workload : group.workloads()) {
        String shape =
            workload.game().name() + "/" + workload.role().name() + "/" + workload.version();
        if (rolesSeen.add(shape)) {
          exposures.role(workload);
          storage.role(workload);
        }
        placement(workload, setsSeen);
        interfaces(workload, setsSeen);
        disruptions.workload(workload);
        servers.workload(workload);
      }
    }
    exposures.hostPorts();
    new PortPools(deployment, plugins, diagnostics).run();
  }

  private void placement(Workload workload, Set<String> seen) {
    if (workload.wanted() <= 1) {
      return;
    }
    String role = workload.game().name() + "/" + workload.role().name();
    if (workload.paired() && before(1, 31) && seen.add("index/" + role)) {
      diagnostics.report(
          Diagnostic.of(Code.GOPS5105, deployment.cluster().kubernetes(), workload.wanted())
              .at(workload.role().origins().of("replicas"))
              .related(deployment.cluster().origins().place("kubernetes"), "related")
              .hint("hint"));
    }
    if (workload.nics().size() > 1 && seen.add("nics/" + role)) {
      diagnostics.report(
          Diagnostic.of(
                  Code.GOPS6106,
                  workload.wanted(),
                  workload.role().name(),
                  workload.nics().getFirst().vpc())
              .at(workload.role().origins().of("replicas"))
              .hint("hint"));
    }
  }

  /// Flow tables guard the interface in the VPC; another one needs policies of Kubernetes.
  private void interfaces(Workload workload, Set<String> seen) {
    Cluster cluster = deployment.cluster();
    if (cluster.cni() == Cluster.Cni.OVS || cluster.enforce() != Cluster.Enforce.OVS) {
      return;
    }
    workload
        .zone()
        .body()
        .vpc()
        .filter(_ -> seen.add("interfaces"))
        .ifPresent(
            vpc ->
                diagnostics.report(
                    Diagnostic.of(Code.GOPS6107, workload.game().name(), vpc)
                        .at(workload.zone().body().origins().of("vpc"))
                        .related(cluster.origins().place("enforce"), "related")
                        .hint("hint")
                        .fix(enforcement(cluster), "fix")
                        .decision()));
  }

  /// Lets Kubernetes enforce policies too: in place of what is written, or behind the version.
  private static Optional<Fix.Edit> enforcement(Cluster cluster) {
    return cluster
        .origins()
        .written("enforce")
        .map(place -> new Fix.Edit(place, "enforce = both"))
        .or(
            () ->
                cluster
                    .origins()
                    .written("kubernetes")
                    .map(place -> new Fix.Edit(place.end(), ", enforce = both")));
  }

  private boolean before(int major, int minor) {
    Cluster cluster = deployment.cluster();
    return Release.parse(cluster.kubernetes()).compareTo(new Release(major, minor, 0)) < 0;
  }
}
