package io.gops.rollout;

import io.gops.fleet.Host;

/// Hosts in other states.
final class Hosts {
  private Hosts() {}

  static Host failed(Host host) {
    return new Host(
        host.name(),
        host.pool(),
        host.underlay(),
        host.capacity(),
        host.reserve(),
        host.rack(),
        Host.State.FAILED,
        host.origins());
  }
}
