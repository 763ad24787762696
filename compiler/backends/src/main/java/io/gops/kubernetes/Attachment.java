package io.gops.kubernetes;

import io.gops.deployment.Deployment;
import io.gops.deployment.Nic;
import io.gops.deployment.Workload;
import io.gops.fleet.Cluster;
import io.gops.fleet.Vpc;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// How a pod is plugged into its VPC: Multus reads the annotation, ovs-cni makes the port.
///
/// Each set has a NetworkAttachmentDefinition of its own, because the OpenFlow port number, which
/// the flow tables name, can be asked for only there. MAC and address are asked for in the pod.
/// Where Open vSwitch is the cluster's network the VPC is the pod's default network, so that no
/// second interface leads around the policies.
final class Attachment {
  private static final String DEFAULT_NETWORK = "v1.multus-cni.io/default-network";
  private static final String MORE_NETWORKS = "k8s.v1.cni.cncf.io/networks";
  private static final String BRIDGE = "br-int";

  private Attachment() {}

  /// Whether the pods of a shape have an interface in the overlay.
  static boolean isNeeded(Workload workload, Deployment deployment) {
    return workload.nics().size() == 1 && deployment.cluster().hasOverlay();
  }

  /// Annotations of the pods of a shape; none when they are in no VPC.
  static Map<String, String> annotations(Workload workload, Deployment deployment) {
    if (!isNeeded(workload, deployment)) {
      return Map.of();
    }
    boolean only = deployment.cluster().cni() == Cluster.Cni.OVS;
    String request =
        "[{\"name\":\""
            + Slot.SET.mark()
            + "\",\"namespace\":\""
            + workload.game().namespace()
            + "\",\"mac\":\""
            + Slot.MAC.mark()
            + "\",\"ips\":[\""
            + Slot.ADDRESS.mark()
            + "/"
            + vpc(workload, deployment).cidr().length()
            + "\"]"
            + (only ? "" : ",\"interface\":\"vpc0\"")
            + "}]";
    return Map.of(only ? DEFAULT_NETWORK : MORE_NETWORKS, request);
  }

  /// The definition that the annotation names.
  static Map<String, Object> definition(Workload workload, Deployment deployment) {
    Nic nic = workload.nics().getFirst();
    Vpc vpc = vpc(workload, deployment);
    boolean only = deployment.cluster().cni() == Cluster.Cni.OVS;
    String destination = only ? "0.0.0.0/0" : vpc.cidr().toString();
    String config =
        "{\"cniVersion\":\"0.4.0\",\"name\":\""
            + workload.name()
            + "\",\"type\":\"ovs\",\"bridge\":\""
            + BRIDGE
            + "\",\"mtu\":"
            + vpc.mtu()
            + ",\"ofport_request\":"
            + nic.ofport()
            + ",\"capabilities\":{\"ips\":true,\"mac\":true},\"ipam\":{\"type\":\"static\",\"routes\":"
            + "[{\"dst\":\""
            + destination
            + "\",\"gw\":\""
            + vpc.cidr().network().plus(1)
            + "\"}]}}";
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("labels", Labels.ofObject(workload));
    metadata.put("name", workload.name());
    metadata.put("namespace", workload.game().namespace());
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("apiVersion", "k8s.cni.cncf.io/v1");
    object.put("kind", "NetworkAttachmentDefinition");
    object.put("metadata", metadata);
    object.put("spec", Map.of("config", config));
    return object;
  }

  private static Vpc vpc(Workload workload, Deployment deployment) {
    return Objects.requireNonNull(
        deployment.vpcs().get(workload.zone().body().vpc().orElseThrow()));
  }
}
