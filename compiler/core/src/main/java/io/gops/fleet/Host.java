package io.gops.fleet;

import io.gops.source.Origins;

/// One machine.
///
/// @param name node name in the cluster
/// @param pool key of its pool, `site.pool`
/// @param underlay address of its tunnel end
/// @param capacity what the machine has
/// @param reserve what the system, the kubelet, the eviction threshold and foreign daemons keep
/// @param rack failure domain; the host's own name when none is given
/// @param state what may happen on it
public record Host(
    String name,
    String pool,
    Ipv4 underlay,
    Amounts capacity,
    Amounts reserve,
    String rack,
    State state,
    Origins origins) {
  /// What may happen on a host.
  public enum State {
    /// Takes new pairs.
    ACTIVE,
    /// Keeps what it has, takes nothing new.
    DRAINING,
    /// Is lost; its pairs need a `replace_host` release.
    FAILED,
    /// Is no longer part of the fleet.
    DECOMMISSIONED
  }

  /// What is left for pairs: capacity less reserve, per resource, never below 0.
  public Amounts allocatable() {
    Amounts result = Amounts.NONE;
    for (Resource resource : Resource.values()) {
      if (capacity.has(resource)) {
        result = result.with(resource, Math.max(0, capacity.get(resource) - reserve.get(resource)));
      }
    }
    return result;
  }
}
