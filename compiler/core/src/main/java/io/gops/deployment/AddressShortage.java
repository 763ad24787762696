package io.gops.deployment;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.fleet.Cidr;
import io.gops.fleet.Fleet;
import io.gops.fleet.Ipv4;
import io.gops.fleet.Vpc;
import io.gops.fleet.Zone;
import java.util.Optional;

/// A range of a VPC without addresses for all that should have one there.
final class AddressShortage {
  /// The network, the gateway that every ARP answer names, and broadcast.
  private static final int UNUSED = 3;

  private final Vpc vpc;
  private final Cidr range;
  private final Zone zone;
  private long missing;

  /// @param zone the first one for which nothing is left
  AddressShortage(Vpc vpc, Cidr range, Zone zone) {
    this.vpc = vpc;
    this.range = range;
    this.zone = zone;
  }

  /// Notes one more that got none.
  void count() {
    missing++;
  }

  Diagnostic.Builder problem(Fleet fleet) {
    long room = Math.max(0, range.size() - UNUSED);
    Diagnostic.Builder problem =
        Diagnostic.of(Code.GOPS4001, range, vpc.name(), room, room + missing)
            .at(vpc.origins().of("cidr"))
            .related(zone.body().origins().place(), "related", zone.set())
            .hint("hint")
            .decision();
    wider(fleet)
        .ifPresent(
            cidr -> problem.fix(vpc.origins().written("cidr"), "cidr = " + cidr, "fix", cidr));
    return problem;
  }

  /// The next prefix around the range with room for all, if the VPC is not divided and nothing else
  /// has addresses there.
  private Optional<Cidr> wider(Fleet fleet) {
    if (!vpc.subnets().isEmpty()) {
      return Optional.empty();
    }
    for (int length = range.length() - 1; length >= 0; length--) {
      long size = 1L << (32 - length);
      Cidr cidr = new Cidr(new Ipv4(range.network().value() & -size), length);
      if (size - UNUSED >= range.size() - UNUSED + missing) {
        return Optional.of(cidr).filter(wide -> isFree(wide, fleet));
      }
    }
    return Optional.empty();
  }

  private boolean isFree(Cidr wide, Fleet fleet) {
    boolean service =
        fleet.services().values().stream()
            .flatMap(other -> other.prefixes().stream())
            .anyMatch(wide::overlaps);
    boolean network =
        fleet.vpcs().values().stream()
            .anyMatch(other -> !other.name().equals(vpc.name()) && other.cidr().overlaps(wide));
    return !service && !network;
  }
}
