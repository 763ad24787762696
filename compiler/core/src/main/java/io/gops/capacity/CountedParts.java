package io.gops.capacity;

import io.gops.fleet.Amounts;
import io.gops.fleet.Exposure;
import io.gops.fleet.Fleet;
import io.gops.fleet.Host;
import io.gops.fleet.Resource;
import io.gops.fleet.Role;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;

/// What each pod takes one or a few of, whatever it does: a port of its host for each port that it
/// exposes there, and an address of its host. Counted where a host has a number of them.
final class CountedParts {
  private final OptionalInt ports;

  /// Pools that have a host which says how many addresses it has.
  private final Set<String> addressed = new HashSet<>();

  CountedParts(Fleet fleet) {
    ports = fleet.cluster().portsOfEachHost();
    for (Host host : fleet.hosts().values()) {
      if (host.capacity().has(Resource.ADDRESSES)) {
        addressed.add(host.pool());
      }
    }
  }

  /// A use with the parts that its pods take.
  Amounts with(Amounts use, Role role, String pool) {
    Amounts result = use;
    long exposed = role.exposures().stream().filter(Exposure::takesHostPort).count();
    if (ports.isPresent() && exposed > 0) {
      result = result.with(Resource.PORTS, exposed * use.get(Resource.PODS));
    }
    return addressed.contains(pool)
        ? result.with(Resource.ADDRESSES, use.get(Resource.PODS))
        : result;
  }

  /// What a host offers, with its ports.
  Amounts offered(Amounts allocatable) {
    return ports.isPresent() ? allocatable.with(Resource.PORTS, ports.getAsInt()) : allocatable;
  }
}
