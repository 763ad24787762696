package io.gops.outlook;

import io.gops.fleet.Cidr;
import io.gops.fleet.Cluster;
import io.gops.fleet.Fleet;
import io.gops.fleet.Role;
import io.gops.fleet.Vpc;
import io.gops.fleet.Zone;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;

/// What a way to give pods a network would mean for a fleet.
///
/// @param name as `cni` says it
/// @param routes entries of single servers in the routing tables of the physical routers
/// @param addresses entries in their neighbour tables
/// @param left addresses that no server has, where it is known out of how many
/// @param policy what enforces who may talk to whom
/// @param gap what it cannot give this fleet; empty when nothing is missing
public record NetworkMode(
    String name, long routes, long addresses, OptionalLong left, String policy, String gap) {
  /// Every mode, in the order of the language.
  public static List<NetworkMode> of(Fleet fleet) {
    long servers = servers(fleet);
    long machines =
        fleet.hosts().size()
            + fleet.gateways().values().stream().mapToLong(g -> g.nodes().size()).sum();
    OptionalLong pods = left(fleet.cluster(), servers);
    String equal = hasEqualAddresses(fleet) ? "VPCs with equal addresses" : "";
    List<NetworkMode> modes = new ArrayList<>();
    for (Cluster.Cni cni : Cluster.Cni.values()) {
      String name = cni.name().toLowerCase(Locale.ROOT);
      switch (cni) {
        case OVS ->
            modes.add(new NetworkMode(name, 0, machines, narrowest(fleet), "flow tables", ""));
        case CALICO ->
            modes.add(new NetworkMode(name, servers, machines, pods, "NetworkPolicy", equal));
        case FLANNEL ->
            modes.add(new NetworkMode(name, 0, machines, pods, "none", join(equal, "any policy")));
        case HOST ->
            modes.add(
                new NetworkMode(
                    name,
                    0,
                    machines + servers,
                    OptionalLong.empty(),
                    "none",
                    join(equal, "any policy")));
        case OTHER -> {} // Nothing is known of it.
      }
    }
    return modes;
  }

  private static String join(String one, String two) {
    return one.isEmpty() ? two : one + ", " + two;
  }

  /// Servers of both sides: during a switch all of them have an address.
  private static long servers(Fleet fleet) {
    long servers = 0;
    for (Zone zone : fleet.zones().values()) {
      int sides = zone.body().pair().isPresent() ? 2 : 1;
      for (Role role :
          Objects.requireNonNull(fleet.games().get(zone.body().game())).roles().values()) {
        servers += (long) sides * zone.body().servers(role);
      }
    }
    return servers;
  }

  private static OptionalLong left(Cluster cluster, long servers) {
    String written = cluster.settings().get("pod_cidr");
    if (written == null) {
      return OptionalLong.empty();
    }
    int length = Integer.parseInt(written.substring(written.indexOf('/') + 1));
    return OptionalLong.of((1L << (32 - length)) - servers);
  }

  /// Addresses left in the VPC that has the fewest.
  private static OptionalLong narrowest(Fleet fleet) {
    return fleet.vpcs().values().stream().mapToLong(vpc -> left(fleet, vpc)).min();
  }

  private static long left(Fleet fleet, Vpc vpc) {
    long used = 0;
    for (Zone zone : fleet.zones().values()) {
      if (zone.body().vpc().filter(vpc.name()::equals).isPresent()) {
        int sides = zone.body().pair().isPresent() ? 2 : 1;
        for (Role role :
            Objects.requireNonNull(fleet.games().get(zone.body().game())).roles().values()) {
          // The login address of a pair is one more.
          used += (long) sides * zone.body().servers(role) + (sides - 1);
        }
      }
    }
    Cidr cidr = vpc.cidr();
    return cidr.last().value() - cidr.network().value() + 1 - used;
  }

  private static boolean hasEqualAddresses(Fleet fleet) {
    List<Vpc> vpcs = List.copyOf(fleet.vpcs().values());
    for (int one = 0; one < vpcs.size(); one++) {
      for (int two = one + 1; two < vpcs.size(); two++) {
        if (vpcs.get(one).cidr().overlaps(vpcs.get(two).cidr())) {
          return true;
        }
      }
    }
    return false;
  }
}
