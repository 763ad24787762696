package io.gops.plan;

import io.gops.deployment.Group;
import io.gops.directory.ZoneEntry;
import io.gops.fleet.Host;
import io.gops.fleet.Ipv4;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// The groups of one host and where they go: where the capacity proof has found room for them
/// should the host be lost.
final class Relocation {
  /// Label of the nodes on which a group may run, by group; see the pods' node affinity.
  private static final String HOME_LABEL = "node-restriction.kubernetes.io/gops-";

  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  private final Scope scope;
  private final String host;

  Relocation(Scope scope, String host) {
    this.scope = scope;
    this.host = host;
  }

  /// Groups that run on the host, by zone.
  SortedMap<Integer, List<Group>> groups() {
    SortedMap<Integer, List<Group>> zones = new TreeMap<>();
    for (Group group : scope.deployment().groups().values()) {
      if (scope.hosts(group).contains(host)) {
        zones.computeIfAbsent(group.zone().id(), _ -> new ArrayList<>()).add(group);
      }
    }
    return zones;
  }

  /// Where the replica of a group on the host goes; absent when there is room nowhere.
  Optional<String> refuge(Group group) {
    return group.placements().stream()
        .filter(placement -> placement.primary().equals(host))
        .flatMap(placement -> placement.failover().stream())
        .findFirst();
  }

  /// What gives a group its new home.
  Action.MoveHome move(Group group) {
    String to = refuge(group).orElseThrow();
    List<String> before = scope.hosts(group);
    List<String> after = before.stream().map(name -> name.equals(host) ? to : name).toList();
    return new Action.MoveHome(group.id(), HOME_LABEL + group.id(), host, to, before, after);
  }

  /// Where clients find a zone afterwards: addresses in a VPC follow the zone; that of a host is
  /// the new host's.
  Optional<Ipv4> address(Group entrance, ZoneEntry there) {
    boolean follows = entrance.loginAddress().isPresent() || !entrance.live().nics().isEmpty();
    return follows
        ? there.address()
        : refuge(entrance)
            .flatMap(name -> Optional.ofNullable(scope.deployment().hosts().get(name)))
            .map(Host::underlay);
  }

  /// Programs the switch that gets an address before the others send to it, and the one that gives
  /// it up when nobody sends to it any more: nothing is sent to a host that would drop it.
  ///
  /// @param lives whether the host's own switch can still be programmed
  void addNetwork(Steps steps, List<Group> groups, boolean lives) {
    Set<String> destinations = new TreeSet<>();
    boolean inVpc = false;
    for (Group group : groups) {
      inVpc |= group.zone().body().vpc().isPresent();
      destinations.add(refuge(group).orElseThrow());
    }
    Set<String> others = new TreeSet<>(scope.steering().switches());
    others.removeAll(destinations);
    boolean hasSwitch = others.remove(host);
    if (inVpc) {
      program(steps, "network-destination", "the hosts that take over", destinations, lives);
      program(steps, "network-rest", "all other hosts and gateways", others, lives);
      if (lives && hasSwitch) {
        program(steps, "network-origin", "the host that is left", Set.of(host), true);
      }
    }
  }

  private static void program(
      Steps steps, String name, String which, Set<String> hosts, boolean mayReturn) {
    List<Task> tasks =
        hosts.stream()
            .map(
                host ->
                    new Task(
                        host,
                        new Action.ProgramSwitch(host),
                        List.of(),
                        List.of(),
                        mayReturn
                            ? new Undo.Back(List.of(new Action.ProgramSwitch(host)), List.of())
                            : new Undo.Nothing()))
            .toList();
    steps.add(
        0,
        Step.Kind.NETWORK,
        name,
        "Program the switches of " + which + " (" + hosts.size() + ")",
        tasks,
        TIMEOUT,
        Players.NONE,
        Estimate.seconds(2L * hosts.size(), 10L * hosts.size()));
  }
}
