package io.gops.network;

import io.gops.allocate.Assignments;
import io.gops.deployment.Group;
import io.gops.deployment.Workload;
import io.gops.fleet.Gateway;
import io.gops.fleet.Limits;
import io.gops.network.flow.Declaration;
import io.gops.network.flow.FlowMeter;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The limits of a fleet with the numbers of their meters.
///
/// @param servers by member id
/// @param zones by group id; the meter of a zone counts on each host by itself
/// @param egress by name of the gateway; each machine counts by itself
/// @param ingress as `egress`
public record Meters(
    SortedMap<String, FlowMeter> servers,
    SortedMap<String, FlowMeter> zones,
    SortedMap<String, FlowMeter> egress,
    SortedMap<String, FlowMeter> ingress) {
  /// No limits.
  public static final Meters NONE =
      new Meters(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());

  private static final long BITS = 1000;

  static Meters of(
      Collection<Group> groups, Collection<Gateway> gateways, Assignments assignments) {
    Meters meters = new Meters(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    for (Group group : groups) {
      Limits limits = group.zone().body().limits();
      meters.add(assignments, meters.zones, "zone", group.id(), limits.zone(), limits, "zone");
      for (Workload workload : group.workloads()) {
        workload
            .nics()
            .forEach(
                nic ->
                    meters.add(
                        assignments,
                        meters.servers,
                        "server",
                        nic.id(),
                        limits.server(),
                        limits,
                        "server"));
      }
    }
    for (Gateway gateway : gateways) {
      Limits limits = gateway.limits();
      String name = gateway.name();
      meters.add(assignments, meters.egress, "egress", name, limits.egress(), limits, "egress");
      meters.add(assignments, meters.ingress, "ingress", name, limits.ingress(), limits, "ingress");
    }
    return meters;
  }

  private void add(
      Assignments assignments,
      SortedMap<String, FlowMeter> to,
      String what,
      String name,
      Optional<Long> rate,
      Limits limits,
      String attribute) {
    rate.ifPresent(
        bits -> {
          String path = "limit/" + what + "/" + name;
          long id =
              assignments
                  .claim("meter", "fleet", what + "/" + name, 1, FlowMeter.LAST)
                  .orElseThrow(() -> new IllegalStateException("no meter id left"));
          Declaration declaration = Declaration.of(path, limits.origins().place(attribute));
          to.put(name, new FlowMeter(id, bits / BITS, declaration));
        });
  }
}
