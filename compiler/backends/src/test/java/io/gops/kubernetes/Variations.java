package io.gops.kubernetes;

import io.gops.deployment.Deployment;
import io.gops.deployment.Group;
import io.gops.deployment.Workload;
import io.gops.fleet.Cluster;
import io.gops.fleet.Exposure;
import io.gops.fleet.HotUpdate;
import io.gops.fleet.Patch;
import io.gops.fleet.Role;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// Deployments that differ from the sample in one thing.
final class Variations {
  private Variations() {}

  static Role role(Role role, List<Exposure> exposures, List<HotUpdate> hotUpdates) {
    return new Role(
        role.name(),
        role.implicit(),
        role.replicas(),
        role.containers(),
        hotUpdates,
        role.volumes(),
        role.imageSizes(),
        role.profile(),
        role.probes(),
        exposures,
        role.patches(),
        role.pullSecrets(),
        role.saveWithin(),
        role.origins());
  }

  static Role patched(Role role, List<Patch> patches) {
    return new Role(
        role.name(),
        role.implicit(),
        role.replicas(),
        role.containers(),
        role.hotUpdates(),
        role.volumes(),
        role.imageSizes(),
        role.profile(),
        role.probes(),
        role.exposures(),
        patches,
        role.pullSecrets(),
        role.saveWithin(),
        role.origins());
  }

  static Deployment withCluster(
      Deployment d, String kruiseGame, Cluster.Cni cni, Cluster.PortRange hostPorts) {
    Cluster c = d.cluster();
    Cluster cluster =
        new Cluster(
            c.name(),
            c.kubernetes(),
            c.kruise(),
            kruiseGame,
            c.gates(),
            cni,
            Cluster.Enforce.BOTH,
            hostPorts,
            c.networks(),
            c.fence(),
            c.uplink(),
            c.rollouts(),
            c.settings(),
            c.origins());
    return copy(d, cluster, d.groups(), d.workloads());
  }

  static Deployment withCluster(Deployment d, Cluster.Cni cni, Cluster.Enforce enforce) {
    Cluster c = d.cluster();
    Cluster cluster =
        new Cluster(
            c.name(),
            c.kubernetes(),
            c.kruise(),
            c.kruiseGame(),
            c.gates(),
            cni,
            enforce,
            c.hostPorts(),
            c.networks(),
            c.fence(),
            c.uplink(),
            c.rollouts(),
            c.settings(),
            c.origins());
    return copy(d, cluster, d.groups(), d.workloads());
  }

  static Deployment withNetworks(Deployment d, SortedMap<String, Cluster.BalancerPorts> networks) {
    Cluster c = d.cluster();
    Cluster cluster =
        new Cluster(
            c.name(),
            c.kubernetes(),
            c.kruise(),
            c.kruiseGame(),
            c.gates(),
            c.cni(),
            c.enforce(),
            c.hostPorts(),
            networks,
            c.fence(),
            c.uplink(),
            c.rollouts(),
            c.settings(),
            c.origins());
    return copy(d, cluster, d.groups(), d.workloads());
  }

  static Workload withWanted(Workload w, int wanted) {
    return new Workload(
        w.name(),
        w.group(),
        w.zone(),
        w.game(),
        w.role(),
        w.side(),
        w.paired(),
        w.version(),
        w.images(),
        w.live(),
        w.replicas(),
        wanted,
        w.request(),
        w.limit(),
        w.nics());
  }

  static Deployment withRole(Deployment deployment, UnaryOperator<Role> change) {
    SortedMap<String, Workload> workloads = new TreeMap<>();
    SortedMap<String, Group> groups = new TreeMap<>();
    for (Group group : deployment.groups().values()) {
      Workload a = withRole(group.a(), change);
      Optional<Workload> b = group.b().map(workload -> withRole(workload, change));
      Group changed =
          new Group(
              group.id(),
              group.zone(),
              change.apply(group.role()),
              group.placements(),
              a,
              b,
              group.loginAddress());
      groups.put(group.id(), changed);
      changed.workloads().forEach(workload -> workloads.put(workload.name(), workload));
    }
    return copy(deployment, deployment.cluster(), groups, workloads);
  }

  static Workload withRole(Workload w, UnaryOperator<Role> change) {
    return new Workload(
        w.name(),
        w.group(),
        w.zone(),
        w.game(),
        change.apply(w.role()),
        w.side(),
        w.paired(),
        w.version(),
        w.images(),
        w.live(),
        w.replicas(),
        w.wanted(),
        w.request(),
        w.limit(),
        w.nics());
  }

  static Deployment copy(
      Deployment d,
      Cluster cluster,
      SortedMap<String, Group> groups,
      SortedMap<String, Workload> workloads) {
    return new Deployment(
        d.fleet(),
        d.environment(),
        cluster,
        d.pools(),
        d.hosts(),
        d.gateways(),
        d.vpcs(),
        d.services(),
        d.secrets(),
        d.games(),
        d.policies(),
        d.directories(),
        groups,
        workloads);
  }
}
