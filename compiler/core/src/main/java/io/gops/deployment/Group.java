package io.gops.deployment;

import io.gops.fleet.Pair;
import io.gops.fleet.Role;
import io.gops.fleet.Zone;
import java.util.List;
import java.util.Optional;

/// The workloads of one zone and role that belong together on a host: A and B, or the only one.
///
/// @param id `10001`, with a role `10001-gate`; a Kubernetes label value
/// @param placements one for each replica, in no particular order: ordinals are interchangeable
/// @param a side A, or the only workload of a zone without a pair
/// @param b side B
/// @param loginAddress virtual address that clients log in to, for pairs that switch by VIP
public record Group(
    String id,
    Zone zone,
    Role role,
    List<Placement> placements,
    Workload a,
    Optional<Workload> b,
    Optional<Nic> loginAddress) {
  public Group {
    placements = List.copyOf(placements);
  }

  /// Where one replica of the group runs.
  ///
  /// @param primary host that the capacity proof gives it
  /// @param failover host that has room for it when the primary is lost
  public record Placement(String primary, Optional<String> failover) {}

  /// Id of the group of a zone and role.
  public static String idOf(Zone zone, Role role) {
    return role.implicit() ? Integer.toString(zone.id()) : zone.id() + "-" + role.name();
  }

  /// Both workloads, or the only one.
  public List<Workload> workloads() {
    return b.map(other -> List.of(a, other)).orElse(List.of(a));
  }

  /// Whether both sides run all the time.
  public boolean isWarm() {
    return zone.body().pair().filter(pair -> pair.standby() == Pair.Standby.WARM).isPresent();
  }

  /// The workload that takes logins.
  public Workload live() {
    return b.filter(Workload::live).orElse(a);
  }
}
