package io.gops.deployment;

import io.gops.allocate.Assignments;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Cidr;
import io.gops.fleet.Fleet;
import io.gops.fleet.Game;
import io.gops.fleet.Ipv4;
import io.gops.fleet.Pair;
import io.gops.fleet.Release;
import io.gops.fleet.Role;
import io.gops.fleet.Side;
import io.gops.fleet.Version;
import io.gops.fleet.Vpc;
import io.gops.fleet.Zone;
import io.gops.state.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Turns what people said into what will run: state says which version each side has, the capacity
/// proof where it runs, the lock which addresses it keeps.
public final class Lowering {
  /// Port numbers below belong to the tunnel and to gateways, above to Open vSwitch itself.
  private static final int FIRST_OFPORT = 100;

  private static final int LAST_OFPORT = 65_000;

  private final Fleet fleet;
  private final State state;
  private final Sizing sizing;
  private final Assignments assignments;
  private final Diagnostics diagnostics;
  private final Set<String> exhausted = new HashSet<>();
  private final Set<String> openedLater;
  private final Map<String, Map<String, Cidr>> ranges = new HashMap<>();
  private final SortedMap<String, AddressShortage> shortages = new TreeMap<>();

  private Lowering(
      Fleet fleet, State state, Sizing sizing, Assignments assignments, Diagnostics diagnostics) {
    this.fleet = fleet;
    this.state = state;
    this.sizing = sizing;
    this.assignments = assignments;
    this.diagnostics = diagnostics;
    this.openedLater =
        fleet.releases().values().stream()
            .filter(Release.OpenZones.class::isInstance)
            .flatMap(release -> ((Release.OpenZones) release).zoneSets().stream())
            .collect(Collectors.toSet());
  }

  /// The deployment of a fleet whose capacity has been proved.
  ///
  /// @param assignments addresses and port numbers are claimed here
  public static Deployment lower(
      Fleet fleet, State state, Sizing sizing, Assignments assignments, Diagnostics diagnostics) {
    return new Lowering(fleet, state, sizing, assignments, diagnostics).deployment();
  }

  private Deployment deployment() {
    SortedMap<String, Group> groups = new TreeMap<>();
    SortedMap<String, Workload> workloads = new TreeMap<>();
    for (Zone zone : fleet.zones().values()) {
      Game game = fleet.game(zone.body().game());
      for (Role role : game.roles().values()) {
        Group group = group(zone, game, role);
        groups.put(group.id(), group);
        group.workloads().forEach(workload -> workloads.put(workload.name(), workload));
      }
    }
    shortages.values().forEach(shortage -> diagnostics.report(shortage.problem(fleet)));
    return new Deployment(
        fleet.name(),
        fleet.environment(),
        fleet.cluster(),
        fleet.pools(),
        fleet.hosts(),
        fleet.gateways(),
        fleet.vpcs(),
        fleet.services(),
        fleet.secrets(),
        fleet.games(),
        List.copyOf(fleet.policies().values()),
        fleet.directories(),
        groups,
        workloads);
  }

  private Group group(Zone zone, Game game, Role role) {
    String id = Group.idOf(zone, role);
    Optional<Pair> pair = zone.body().pair();
    State.GroupState now = state.groups().get(id);
    Side live = now != null ? now.live() : pair.map(Pair::initial).orElse(Side.A);
    Workload a = workload(zone, game, role, id, Side.A, live, now);
    Optional<Workload> b = pair.map(_ -> workload(zone, game, role, id, Side.B, live, now));
    boolean virtual =
        pair.filter(p -> p.switching() == Pair.Switch.VIP).isPresent()
            && zone.body().vpc().isPresent();
    Optional<Nic> login =
        virtual ? nic(zone, game.name() + "-" + id + "/login", "logins", 0) : Optional.empty();
    List<Group.Placement> placements = sizing.placements().getOrDefault(id, List.of());
    return new Group(id, zone, role, placements, a, b, login);
  }

  private Workload workload(
      Zone zone,
      Game game,
      Role role,
      String group,
      Side side,
      Side live,
      State.@Nullable GroupState now) {
    boolean paired = zone.body().pair().isPresent();
    State.SideState recorded = now == null ? null : now.sides().get(side);
    String versionName = recorded != null ? recorded.version() : zone.body().run();
    Version version = game.versions().get(versionName);
    Role effective = version == null ? role : version.roles().getOrDefault(role.name(), role);
    boolean warm = zone.body().pair().filter(p -> p.standby() == Pair.Standby.WARM).isPresent();
    int replicas =
        recorded != null
            ? recorded.replicas()
            : (side == live || warm) && !isOpenedLater(zone)
                ? zone.body().firstServers(effective)
                : 0;
    String name = Workload.nameOf(game, group, side, paired);
    Sizing.PodSize size =
        sizing
            .pods()
            .getOrDefault(group, new TreeMap<>())
            .getOrDefault(side, Sizing.PodSize.UNKNOWN);
    return new Workload(
        name,
        group,
        zone,
        game,
        effective,
        side,
        paired,
        versionName,
        version == null ? new TreeMap<>() : version.images(),
        side == live,
        replicas,
        zone.body().servers(effective),
        size.request(),
        size.limit(),
        nics(zone, name, zone.body().servers(effective)));
  }

  /// Whether a release starts the servers of a zone that is new.
  private boolean isOpenedLater(Zone zone) {
    return openedLater.contains(zone.set());
  }

  private List<Nic> nics(Zone zone, String workload, int replicas) {
    List<Nic> nics = new ArrayList<>();
    if (zone.body().vpc().isPresent()) {
      for (int ordinal = 0; ordinal < replicas; ordinal++) {
        String id = workload + "/" + ordinal;
        Optional<Long> port =
            assignments.claim(
                "ofport", "pool/" + zone.body().pool(), id, FIRST_OFPORT, LAST_OFPORT);
        if (port.isEmpty() && exhausted.add(zone.body().pool())) {
          diagnostics.report(
              Diagnostic.of(Code.GOPS4002, zone.body().pool(), LAST_OFPORT - FIRST_OFPORT + 1)
                  .at(zone.body().origins().of("pool"))
                  .hint("hint"));
        }
        nic(zone, id, "servers", port.orElse(0L).intValue()).ifPresent(nics::add);
      }
    }
    return nics;
  }

  private Optional<Nic> nic(Zone zone, String id, String subnet, int ofport) {
    Vpc vpc = fleet.vpc(zone.body().vpc().orElseThrow());
    Cidr range =
        ranges
            .computeIfAbsent(vpc.name(), _ -> new HashMap<>())
            .computeIfAbsent(subnet, _ -> range(vpc, subnet));
    // First address: the network; second: the gateway that every ARP answer names; last: broadcast.
    Optional<Long> address =
        assignments.claim(
            "address",
            "vpc/" + vpc.name(),
            id,
            range.network().value() + 2,
            range.last().value() - 1);
    if (address.isEmpty()) {
      shortages
          .computeIfAbsent(vpc.name() + "/" + subnet, _ -> new AddressShortage(vpc, range, zone))
          .count();
    }
    return address.map(
        value -> {
          Ipv4 ip = new Ipv4(value);
          return new Nic(id, vpc.name(), ip, Nic.macOf(ip), ofport);
        });
  }

  private static Cidr range(Vpc vpc, String subnet) {
    return vpc.subnets().stream()
        .filter(s -> s.name().equals(subnet))
        .map(Vpc.Subnet::cidr)
        .findFirst()
        .orElse(vpc.cidr());
  }
}
