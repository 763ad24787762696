package io.gops.network;

import io.gops.fleet.Cidr;
import io.gops.fleet.Cluster;
import io.gops.fleet.Fleet;
import io.gops.fleet.Limits;
import io.gops.fleet.Pair;
import io.gops.fleet.Role;
import io.gops.fleet.Vpc;
import io.gops.fleet.Zone;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// What a way to give pods a network would mean for a fleet, if nothing else gave them one.
///
/// @param name as `cni` says it
/// @param routes entries of single servers in the routing tables of the physical routers
/// @param neighbours entries in their neighbour tables
/// @param left addresses that no server has, where it is known out of how many
/// @param policy what enforces who may talk to whom
/// @param gaps what it cannot give this fleet
public record NetworkMode(
    String name,
    long routes,
    long neighbours,
    OptionalLong left,
    String policy,
    List<String> gaps) {
  public NetworkMode {
    gaps = List.copyOf(gaps);
  }

  /// Every mode of which something is known, in the order of the language.
  public static List<NetworkMode> of(Fleet fleet) {
    return Stream.of(Cluster.Cni.values())
        .filter(cni -> cni != Cluster.Cni.OTHER)
        .map(cni -> of(cni, fleet))
        .toList();
  }

  /// One mode. Of [Cluster.Cni#OTHER] only the addresses are known.
  static NetworkMode of(Cluster.Cni cni, Fleet fleet) {
    long servers = servers(fleet);
    long machines =
        fleet.hosts().size()
            + fleet.gateways().values().stream().mapToLong(g -> g.nodes().size()).sum();
    OptionalLong pods = podsLeft(fleet);
    return switch (cni) {
      case OVS -> of(fleet, cni, 0, machines, narrowest(fleet), "flow tables");
      case CALICO -> of(fleet, cni, servers, machines, pods, "NetworkPolicy");
      case FLANNEL -> of(fleet, cni, 0, machines, pods, "none");
      case HOST -> of(fleet, cni, 0, machines + servers, OptionalLong.empty(), "none");
      case OTHER -> of(fleet, cni, 0, machines, pods, "unknown");
    };
  }

  private static NetworkMode of(
      Fleet fleet,
      Cluster.Cni cni,
      long routes,
      long neighbours,
      OptionalLong left,
      String policy) {
    List<String> gaps = new ArrayList<>();
    Cluster cluster = fleet.cluster();
    if (routes > cluster.maxRoutes().orElse(Long.MAX_VALUE)) {
      gaps.add("routes (the routers hold " + cluster.maxRoutes().getAsLong() + ")");
    }
    if (neighbours > cluster.maxNeighbours().orElse(Long.MAX_VALUE)) {
      gaps.add("neighbours (the routers hold " + cluster.maxNeighbours().getAsLong() + ")");
    }
    if (left.orElse(0) < 0) {
      gaps.add("addresses");
    }
    if (cni != Cluster.Cni.OVS) {
      gaps.addAll(ofTheOverlay(fleet));
    }
    if (policy.equals("none") && !fleet.policies().isEmpty()) {
      gaps.add("any policy");
    }
    return new NetworkMode(cni.word(), routes, neighbours, left, policy, gaps);
  }

  /// What this fleet asks for and only the overlay has.
  private static List<String> ofTheOverlay(Fleet fleet) {
    List<String> gaps = new ArrayList<>();
    if (!overlapping(List.copyOf(fleet.vpcs().values())).isEmpty()) {
      gaps.add("VPCs with equal addresses");
    }
    if (fleet.zones().values().stream().anyMatch(zone -> zone.body().vpc().isPresent())) {
      gaps.add("addresses that stay");
    }
    if (fleet.zones().values().stream().anyMatch(NetworkMode::switchesByAddress)) {
      gaps.add("login addresses");
    }
    if (fleet.vpcs().values().stream().anyMatch(vpc -> vpc.internet().isPresent())) {
      gaps.add("public addresses");
    }
    boolean isLimited =
        Stream.concat(
                fleet.zones().values().stream().map(zone -> zone.body().limits()),
                fleet.gateways().values().stream().map(gateway -> gateway.limits()))
            .anyMatch(limits -> !limits.equals(Limits.NONE));
    if (isLimited) {
      gaps.add("limits");
    }
    return gaps;
  }

  static boolean switchesByAddress(Zone zone) {
    return zone.body().pair().filter(p -> p.switching() == Pair.Switch.VIP).isPresent();
  }

  /// Servers of both sides: during a switch all of them have an address.
  static long servers(Fleet fleet) {
    return fleet.zones().values().stream().mapToLong(zone -> servers(fleet, zone)).sum();
  }

  private static long servers(Fleet fleet, Zone zone) {
    long servers = 0;
    for (Role role : fleet.game(zone.body().game()).roles().values()) {
      servers += (long) sides(zone) * zone.body().servers(role);
    }
    return servers;
  }

  private static int sides(Zone zone) {
    return zone.body().pair().isPresent() ? 2 : 1;
  }

  /// Addresses for pods that no server would have; negative when they are too few.
  private static OptionalLong podsLeft(Fleet fleet) {
    String written = fleet.cluster().settings().get("pod_cidr");
    if (written == null) {
      return OptionalLong.empty();
    }
    int length = Integer.parseInt(written.substring(written.indexOf('/') + 1));
    return OptionalLong.of((1L << (32 - length)) - servers(fleet));
  }

  /// Addresses left in the VPC that has the fewest.
  private static OptionalLong narrowest(Fleet fleet) {
    return fleet.vpcs().values().stream().mapToLong(vpc -> left(fleet, vpc)).min();
  }

  private static long left(Fleet fleet, Vpc vpc) {
    long used = 0;
    for (Zone zone : fleet.zones().values()) {
      if (zone.body().vpc().filter(vpc.name()::equals).isPresent()) {
        // The login address of a pair is one more for each role.
        long logins = (long) (sides(zone) - 1) * fleet.game(zone.body().game()).roles().size();
        used += servers(fleet, zone) + logins;
      }
    }
    Cidr cidr = vpc.cidr();
    return cidr.last().value() - cidr.network().value() + 1 - used;
  }

  /// Two VPCs that share addresses.
  record Overlap(Vpc one, Vpc two) {}

  /// Every two of the VPCs that share addresses.
  static List<Overlap> overlapping(List<Vpc> vpcs) {
    List<Overlap> found = new ArrayList<>();
    for (int one = 0; one < vpcs.size(); one++) {
      for (int two = one + 1; two < vpcs.size(); two++) {
        if (vpcs.get(one).cidr().overlaps(vpcs.get(two).cidr())) {
          found.add(new Overlap(vpcs.get(one), vpcs.get(two)));
        }
      }
    }
    return found;
  }
}
