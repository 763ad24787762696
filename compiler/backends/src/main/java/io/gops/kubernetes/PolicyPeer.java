package io.gops.kubernetes;

import io.gops.deployment.Workload;
import io.gops.fleet.Endpoint;
import io.gops.fleet.Side;
import io.gops.network.AddressSet;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/// One end of a connection, all of which every rule of a policy treats alike.
sealed interface PolicyPeer {
  /// Whether an endpoint of a rule means it.
  boolean isMeantBy(Endpoint endpoint);

  /// Servers of one role and side of a `zones` declaration.
  ///
  /// @param side A for servers without a pair
  record Servers(
      String vpc,
      String namespace,
      String game,
      String role,
      Side side,
      boolean isPaired,
      String zones)
      implements PolicyPeer, Comparable<Servers> {
    private static final Comparator<Servers> ORDER =
        Comparator.comparing(Servers::vpc)
            .thenComparing(Servers::game)
            .thenComparing(Servers::role)
            .thenComparing(Servers::side)
            .thenComparing(Servers::zones);

    static Servers of(Workload workload, String vpc) {
      return new Servers(
          vpc,
          workload.game().namespace(),
          workload.game().name(),
          workload.role().name(),
          workload.side(),
          workload.paired(),
          workload.zone().set());
    }

    String name() {
      return String.join("-", zones, role) + (isPaired ? "-" + side.label() : "");
    }

    @Override
    public boolean isMeantBy(Endpoint endpoint) {
      return switch (endpoint) {
        case Endpoint.Servers(String _, String wanted, Optional<String> ofRole, var ofSide) ->
            wanted.equals(game) && isMeantBy(ofRole, ofSide);
        case Endpoint.ZoneServers(String _, String set, Optional<String> ofRole, var ofSide) ->
            set.equals(zones) && isMeantBy(ofRole, ofSide);
        case Endpoint.WholeVpc(String _, String wanted) -> wanted.equals(vpc);
        case Endpoint.Internet _, Endpoint.Service _ -> false;
      };
    }

    private boolean isMeantBy(Optional<String> ofRole, Optional<Side> ofSide) {
      return ofRole.map(role::equals).orElse(true) && ofSide.map(s -> s == side).orElse(true);
    }

    @Override
    public int compareTo(Servers other) {
      return ORDER.compare(this, other);
    }
  }

  /// Addresses outside of the VPC.
  ///
  /// @param isInternet whether its internet gateway leads there
  /// @param services those that all of the addresses belong to
  record Outside(AddressSet addresses, boolean isInternet, Set<String> services)
      implements PolicyPeer {
    public Outside {
      services = Set.copyOf(services);
    }

    @Override
    public boolean isMeantBy(Endpoint endpoint) {
      return switch (endpoint) {
        case Endpoint.Internet _ -> isInternet;
        case Endpoint.Service(String _, String name) -> services.contains(name);
        case Endpoint.Servers _, Endpoint.ZoneServers _, Endpoint.WholeVpc _ -> false;
      };
    }
  }
}
