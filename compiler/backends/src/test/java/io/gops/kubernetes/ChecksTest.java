package io.gops.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.deployment.Deployment;
import io.gops.deployment.SampleDeployment;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Cluster;
import io.gops.fleet.Exposure;
import io.gops.source.Origins;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
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
    Deployment changed =
        Variations.withRole(
            SAMPLE, role -> Variations.role(role, List.of(exposure), role.hotUpdates()));
    assertEquals(
        expected == null ? List.of() : List.of(expected.split(" ", -1)),
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
        codes(
                Variations.withRole(
                    SAMPLE, role -> Variations.role(role, exposures, role.hotUpdates())))
            .stream()
            .distinct()
            .toList());
  }

  @Test
  void hostPortsOfTheWholeClusterAreCountedUpToRelease100() {
    Exposure exposure =
        new Exposure("engine", "client", "Kubernetes-HostPort", new TreeMap<>(), Origins.NONE);
    Deployment hostPorts =
        Variations.withRole(
            SAMPLE, role -> Variations.role(role, List.of(exposure), role.hotUpdates()));
    Deployment calico =
        Variations.withCluster(
            hostPorts, "1.0.0", Cluster.Cni.CALICO, new Cluster.PortRange(8000, 8007));
    assertEquals(List.of(), codes(calico));
    assertEquals(
        List.of("GOPS6119"),
        codes(
            Variations.withCluster(
                hostPorts, "1.0.0", Cluster.Cni.CALICO, new Cluster.PortRange(8000, 8006))));
    assertEquals(
        List.of(),
        codes(
            Variations.withCluster(
                hostPorts, "1.1.0", Cluster.Cni.CALICO, new Cluster.PortRange(8000, 8001))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "500 | 508 | - | nlb-1 | -",
        "500 | 507 | - | nlb-1 | GOPS6164",
        "500 | 508 | 503 | nlb-1 | GOPS6164",
        "500 | 508 | 508 | nlb-1 | -",
        "500 | 504 | - | nlb-1,nlb-2 | -",
        "500 | 500 | - | nlb-1 | GOPS6164",
      })
  void portsThatTheOperatorConfigured(
      int first, int last, String blocked, String ids, String expected) {
    Exposure exposure =
        new Exposure(
            "engine",
            "client",
            "AlibabaCloud-NLB",
            new TreeMap<>(Map.of("NlbIds", ids)),
            Origins.NONE);
    Deployment exposed =
        Variations.withRole(
            SAMPLE, role -> Variations.role(role, List.of(exposure), role.hotUpdates()));
    Cluster.BalancerPorts ports =
        new Cluster.BalancerPorts(
            new Cluster.PortRange(first, last),
            blocked.equals("-")
                ? new TreeSet<>()
                : new TreeSet<>(List.of(Integer.valueOf(blocked))),
            Origins.NONE);
    assertEquals(
        expected.equals("-") ? List.of() : List.of(expected),
        codes(Variations.withNetworks(exposed, new TreeMap<>(Map.of("AlibabaCloud-NLB", ports)))));
  }

  @Test
  void networksThatAClusterMisspells() {
    Cluster.BalancerPorts ports =
        new Cluster.BalancerPorts(new Cluster.PortRange(500, 600), new TreeSet<>(), Origins.NONE);
    assertEquals(
        List.of("GOPS6111"),
        codes(Variations.withNetworks(SAMPLE, new TreeMap<>(Map.of("AlibabaCloud-SLBs", ports)))));
    assertEquals(
        List.of("GOPS6166"),
        codes(Variations.withNetworks(SAMPLE, new TreeMap<>(Map.of("Volcengine-EIP", ports)))));
  }

  @Test
  void aSecondInterfaceNeedsPoliciesOfKubernetes() {
    Deployment open = Variations.withCluster(SAMPLE, Cluster.Cni.CALICO, Cluster.Enforce.OVS);
    assertEquals(List.of("GOPS6107"), codes(open));
    Deployment closed = Variations.withCluster(SAMPLE, Cluster.Cni.CALICO, Cluster.Enforce.BOTH);
    assertEquals(List.of(), codes(closed));
  }

  @Test
  void typingErrorsGetASuggestion() {
    Exposure exposure =
        new Exposure("engine", "client", "kubernetes-nodeport", new TreeMap<>(), Origins.NONE);
    Diagnostics diagnostics = new Diagnostics();
    Deployment changed =
        Variations.withRole(
            SAMPLE, role -> Variations.role(role, List.of(exposure), role.hotUpdates()));
    new KubernetesChecks(changed, NetworkPlugin.load(), diagnostics).run();
    Diagnostic diagnostic = diagnostics.sorted().getFirst();
    assertEquals(List.of("Kubernetes-NodePort"), diagnostic.hint().orElseThrow().arguments());
  }

  private static List<String> codes(Deployment deployment) {
    Diagnostics diagnostics = new Diagnostics();
    new KubernetesChecks(deployment, NetworkPlugin.load(), diagnostics).run();
    return diagnostics.sorted().stream().map(Diagnostic::code).map(Code::name).toList();
  }
}
