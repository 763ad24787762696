package io.gops.fleet;

import io.gops.source.Origins;
import java.util.SortedMap;

/// How a port is reached from outside the cluster.
///
/// @param container container that owns the port
/// @param port name of the port
/// @param network name of an OpenKruiseGame network plugin
/// @param parameters of the plugin, as written
public record Exposure(
    String container,
    String port,
    String network,
    SortedMap<String, String> parameters,
    Origins origins) {
  /// The plugin that gives each pod a port under the address of its host.
  public static final String HOST_PORT = "Kubernetes-HostPort";

  /// Whether it takes a port of the host on which the pod runs.
  public boolean takesHostPort() {
    return network.equals(HOST_PORT);
  }
}
