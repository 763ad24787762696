package io.gops.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.deployment.Deployment;
import io.gops.deployment.Group;
import io.gops.deployment.SampleDeployment;
import io.gops.deployment.Workload;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Cluster;
import io.gops.fleet.Exposure;
import io.gops.fleet.HotUpdate;
import io.gops.fleet.Reload;
import io.gops.fleet.Role;
import io.gops.source.Origins;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksTest {
  private static final Deployment SAMPLE = SampleDeployment.of(2);

  @Test
  void theSampleIsFine() {
    assertEquals(List.of(), codes(SAMPLE));
  }

  @Test
  void thereAreTwentyOnePlugins() {
    SortedMap<String, NetworkPlugin> plugins = NetworkPlugin.load();
    assertEquals(21, plugins.size());
    plugins
        .values()
        .forEach(
            plugin ->
                plugin
                    .ports()
                    .ifPresent(
                        form ->
                            assertTrue(
                                plugin.parameters().containsKey(form.name()), plugin.name())));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      value = {
        "Kubernetes-NodePort | -| -| -",
        "Kubernetes-HostPorts | -| -| GOPS6111",
        "AlibabaCloud-SLB | SlbIds | lb-1 | -",
        "AlibabaCloud-SLB | SlbId | lb-1 | GOPS6112 GOPS6113",
        "AlibabaCloud-EIP | -| -| -",
        "AlibabaCloud-EIP | ChargeType | PayByTraffic | -",
        "AlibabaCloud-EIP | ChargeType | paybytraffic | GOPS6115",
        "AlibabaCloud-EIP | Bandwidth | 5Mbps | GOPS6115",
        "Kubernetes-NodePort | Fixed | yes | GOPS6115",
        "Kubernetes-NodePort | PortProtocols | 7001/TCP | GOPS6114",
        "Kubernetes-NodePort | AllowNotReadyContainers | scripts | -",
        "Kubernetes-NodePort | AllowNotReadyContainers | engine | GOPS5103",
        "AlibabaCloud-EIP | AllowNotReadyContainers | scripts | GOPS5102",
        "Kubernetes-HostPort | -| -| GOPS6116",
        "HwCloud-CCE-ELB | kubernetes.io/elb.id | x | -",
        "HwCloud-CCE-ELB | -| -| GOPS6113",
        "AlibabaCloud-AutoNLBs | ZoneMaps | vpc@z1:a,z2:b | GOPS5101",
        "AlibabaCloud-AutoNLBs-V2 | ZoneMaps | vpc@z1:a,z2:b | GOPS6117",
      })
  void exposures(String network, String name, String value, String expected) {
    Map<String, String> parameters = name == null ? Map.of() : Map.of(name, value);
    Exposure exposure =
        new Exposure("engine", "client", network, new TreeMap<>(parameters), Origins.NONE);
    Deployment changed = withRole(SAMPLE, role -> role(role, List.of(exposure), role.hotUpdates()));
    assertEquals(
        expected == null ? List.of() : List.of(expected.split(" ")),
        codes(changed).stream().distinct().toList());
  }

  @Test
  void twoNetworksForOneRole() {
    List<Exposure> exposures =
        List.of(
            new Exposure("engine", "client", "Kubernetes-NodePort", new TreeMap<>(), Origins.NONE),
            new Exposure("engine", "admin", "AlibabaCloud-EIP", new TreeMap<>(), Origins.NONE));
    assertEquals(
        List.of("GOPS6118"),
        codes(withRole(SAMPLE, role -> role(role, exposures, role.hotUpdates()))).stream()
            .distinct()
            .toList());
  }

  @Test
  void aSignalThatEndsAProcess() {
    UnaryOperator<Role> signal =
        role ->
            role(
                role,
                List.of(),
                role.hotUpdates().stream()
                    .map(
                        u ->
                            new HotUpdate(
                                u.name(),
                                u.files(),
                                u.mounts(),
                                new Reload.Signal("engine", "KILL", "engine"),
                                u.origins()))
                    .toList());
    assertEquals(List.of("GOPS5104"), codes(withRole(SAMPLE, signal)).stream().distinct().toList());
  }

  @Test
  void hostPortsOfTheWholeClusterAreCountedUpToRelease100() {
    Exposure exposure =
        new Exposure("engine", "client", "Kubernetes-HostPort", new TreeMap<>(), Origins.NONE);
    Deployment hostPorts =
        withRole(SAMPLE, role -> role(role, List.of(exposure), role.hotUpdates()));
    Deployment calico =
        withCluster(hostPorts, "1.0.0", Cluster.Cni.CALICO, new Cluster.PortRange(8000, 8007));
    assertEquals(List.of(), codes(calico));
    assertEquals(
        List.of("GOPS6119"),
        codes(
            withCluster(
                hostPorts, "1.0.0", Cluster.Cni.CALICO, new Cluster.PortRange(8000, 8006))));
    assertEquals(
        List.of(),
        codes(
            withCluster(
                hostPorts, "1.1.0", Cluster.Cni.CALICO, new Cluster.PortRange(8000, 8003))));
    assertEquals(
        List.of("GOPS6120"),
        codes(
            withCluster(
                hostPorts, "1.1.0", Cluster.Cni.CALICO, new Cluster.PortRange(8000, 8001))));
  }

  @Test
  void typingErrorsGetASuggestion() {
    Exposure exposure =
        new Exposure("engine", "client", "kubernetes-nodeport", new TreeMap<>(), Origins.NONE);
    Diagnostics diagnostics = new Diagnostics();
    Deployment changed = withRole(SAMPLE, role -> role(role, List.of(exposure), role.hotUpdates()));
    new KubernetesChecks(changed, NetworkPlugin.load(), diagnostics).run();
    Diagnostic diagnostic = diagnostics.sorted().getFirst();
    assertEquals(List.of("Kubernetes-NodePort"), diagnostic.hint().orElseThrow().arguments());
  }

  private static List<String> codes(Deployment deployment) {
    Diagnostics diagnostics = new Diagnostics();
    new KubernetesChecks(deployment, NetworkPlugin.load(), diagnostics).run();
    return diagnostics.sorted().stream().map(Diagnostic::code).map(Code::name).toList();
  }

  private static Role role(Role role, List<Exposure> exposures, List<HotUpdate> hotUpdates) {
    return new Role(
        role.name(),
        role.implicit(),
        role.replicas(),
        role.containers(),
        hotUpdates,
        role.volumes(),
        role.profile(),
        role.probes(),
        exposures,
        role.saveWithin(),
        role.origins());
  }

  private static Deployment withCluster(
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
            c.enforce(),
            hostPorts,
            c.settings(),
            c.origins());
    return copy(d, cluster, d.groups(), d.workloads());
  }

  private static Deployment withRole(Deployment deployment, UnaryOperator<Role> change) {
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

  private static Workload withRole(Workload w, UnaryOperator<Role> change) {
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

  private static Deployment copy(
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
