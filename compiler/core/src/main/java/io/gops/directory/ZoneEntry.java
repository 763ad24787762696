package io.gops.directory;

import io.gops.deployment.Deployment;
import io.gops.deployment.Group;
import io.gops.deployment.Nic;
import io.gops.deployment.Workload;
import io.gops.fleet.Container;
import io.gops.fleet.Directory;
import io.gops.fleet.Exposure;
import io.gops.fleet.Game;
import io.gops.fleet.Host;
import io.gops.fleet.Ipv4;
import io.gops.fleet.Port;
import io.gops.fleet.Role;
import io.gops.fleet.Side;
import io.gops.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What clients learn about one zone.
///
/// @param display for players
/// @param side the side that takes logins
/// @param address where clients connect to, see [#address(Deployment, Group, Side,
///     PublicAddresses)]; absent while nobody knows where the zone runs
/// @param port the port that clients connect to; absent when the network plugin chooses it at run
///     time and the server registers it itself
/// @param version the version that the live side runs
public record ZoneEntry(
    int id,
    String display,
    Side side,
    Optional<Ipv4> address,
    Optional<Integer> port,
    String version,
    Status status) {
  /// Whether clients may log in.
  public enum Status {
    OPEN("open"),
    /// Accounts of a list may, to try the servers.
    LISTED("listed"),
    /// Nobody may: the zone is being moved, updated, or not open yet.
    MAINTENANCE("maintenance");

    private final String word;

    Status(String word) {
      this.word = word;
    }

    /// As it stands in the entry.
    public String word() {
      return word;
    }
  }

  /// The entries of the zones that a directory lists, by zone id.
  public static List<ZoneEntry> of(
      Deployment deployment, Directory directory, PublicAddresses publicAddresses) {
    Map<Integer, Group> entrances = new TreeMap<>();
    Comparator<Group> order = Comparator.comparingInt(ZoneEntry::rank).thenComparing(Group::id);
    for (Group group : deployment.groups().values()) {
      if (group.zone().body().game().equals(directory.game())) {
        entrances.merge(group.zone().id(), group, (a, b) -> order.compare(a, b) <= 0 ? a : b);
      }
    }
    List<ZoneEntry> entries = new ArrayList<>();
    entrances.values().forEach(group -> entries.add(of(deployment, group, publicAddresses)));
    return entries;
  }

  /// The entry of a zone whose clients enter through this group.
  public static ZoneEntry of(Deployment deployment, Group group, PublicAddresses publicAddresses) {
    Workload live = group.live();
    Game game = live.game();
    return new ZoneEntry(
        group.zone().id(),
        game.display() + " " + group.zone().id(),
        live.side(),
        address(deployment, group, live.side(), publicAddresses),
        port(live.role()),
        live.version(),
        live.replicas() == 0 ? Status.MAINTENANCE : Status.OPEN);
  }

  /// The group of a zone that clients enter through, among all groups of the zone.
  public static Optional<Group> entrance(List<Group> groups) {
    return groups.stream().min(Comparator.comparingInt(ZoneEntry::rank).thenComparing(Group::id));
  }

  private static int rank(Group group) {
    if (group.loginAddress().isPresent()) {
      return 0;
    }
    if (!group.role().exposures().isEmpty()) {
      return 1;
    }
    return clientPort(group.role()).isPresent() ? 2 : 3;
  }

  /// Where clients connect to while a side is live: the virtual address, which stays, else the
  /// server of that side, each under its public address if it has one, else the host.
  public static Optional<Ipv4> address(
      Deployment deployment, Group group, Side live, PublicAddresses publicAddresses) {
    if (group.loginAddress().isPresent()) {
      return publicAddresses
          .publicAddress(group.id())
          .or(() -> group.loginAddress().map(Nic::address));
    }
    Optional<Nic> server =
        group.workloads().stream()
            .filter(_ -> deployment.cluster().hasOverlay())
            .filter(workload -> workload.side() == live)
            .flatMap(workload -> workload.nics().stream())
            .findFirst();
    return server
        .flatMap(nic -> publicAddresses.publicAddress(nic.id()))
        .or(() -> server.map(Nic::address))
        .or(
            () ->
                group.placements().stream()
                    .findFirst()
                    .map(Group.Placement::primary)
                    .flatMap(name -> Optional.ofNullable(deployment.hosts().get(name)))
                    .map(Host::underlay));
  }

  private static Optional<Integer> port(Role role) {
    boolean chosenAtRunTime =
        role.exposures().stream().map(Exposure::network).anyMatch("Kubernetes-HostPort"::equals);
    return chosenAtRunTime ? Optional.empty() : clientPort(role).map(Port::number);
  }

  /// The port that clients connect to: the exposed one, else the one called `client`.
  private static Optional<Port> clientPort(Role role) {
    Optional<Port> exposed =
        role.exposures().stream()
            .flatMap(e -> role.container(e.container()).flatMap(c -> c.port(e.port())).stream())
            .findFirst();
    return exposed.or(
        () ->
            role.containers().stream()
                .map(Container::ports)
                .flatMap(List::stream)
                .filter(port -> port.name().equals("client"))
                .findFirst());
  }

  /// The key in etcd.
  public String key(Directory directory) {
    return directory.prefix() + id;
  }

  /// The value in etcd: canonical JSON.
  public Json json() {
    Json.Members members =
        Json.object()
            .with("id", id)
            .with("display", display)
            .with("side", side.label())
            .with("version", version)
            .with("status", status.word());
    address.ifPresent(found -> members.with("address", found.toString()));
    port.ifPresent(found -> members.with("port", found));
    return members.end();
  }

  /// Whether clients may log in, as an entry says it.
  public static Optional<Status> statusOf(String value) {
    return member(value, "status")
        .filter(Json.Text.class::isInstance)
        .map(text -> ((Json.Text) text).value())
        .flatMap(
            word -> Arrays.stream(Status.values()).filter(s -> s.word.equals(word)).findFirst());
  }

  /// The zone that an entry is about.
  public static Optional<Integer> zoneOf(String value) {
    return member(value, "id")
        .filter(Json.Num.class::isInstance)
        .map(number -> ((Json.Num) number).digits())
        .filter(digits -> digits.matches("[0-9]{1,9}"))
        .map(Integer::valueOf);
  }

  private static Optional<Json> member(String value, String name) {
    try {
      return Json.parse(value) instanceof Json.Obj object
          ? Optional.ofNullable(object.members().get(name))
          : Optional.empty();
    } catch (IOException broken) {
      return Optional.empty();
    }
  }

  /// The same zone with another live side and version.
  public ZoneEntry live(Side other, String itsVersion, Optional<Ipv4> itsAddress) {
    return new ZoneEntry(id, display, other, itsAddress, port, itsVersion, status);
  }

  /// The same zone with another status.
  public ZoneEntry with(Status other) {
    return new ZoneEntry(id, display, side, address, port, version, other);
  }
}
