package io.gops.openvswitch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.compilation.Compilation;
import io.gops.compilation.Compiled;
import io.gops.compilation.FleetFolder;
import io.gops.fleet.Ipv4;
import io.gops.network.Member;
import io.gops.network.Overlay;
import io.gops.network.PublicAddress;
import io.gops.network.VpcNetwork;
import io.gops.network.verify.Journey;
import io.gops.network.verify.Peer;
import io.gops.network.verify.PolicyOracle;
import io.gops.network.verify.Service;
import io.gops.rollout.KruiseGameTarget;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The verifier and a real switch follow the same packets through the tables of every example, and
/// say the same of each.
@Tag("ovs")
class VerdictTest {
  private static final int ENOUGH = 10_000;

  private static final List<Ipv4> PLAYERS =
      List.of(Ipv4.parse("192.0.2.77"), Ipv4.parse("198.51.100.7"), Ipv4.parse("8.8.8.8"));

  @TempDir Path directory;
  private int verdicts;
  private int delivered;
  private int traces;
  private final List<String> different = new ArrayList<>();

  @Test
  void theSwitchSaysWhatTheVerifierSays() throws Exception {
    long begin = System.nanoTime();
    for (String name : List.of("wuxia", "five-zones")) {
      Path example = Path.of(System.getProperty("gops.root"), "examples", name);
      Compilation compilation =
          new Compilation(FleetFolder.of(example), Optional.empty(), new KruiseGameTarget());
      for (var environment : compilation.compiled().entrySet()) {
        compare(environment.getValue(), directory.resolve(name + environment.getKey()));
      }
    }
    long millis = (System.nanoTime() - begin) / 1_000_000;
    System.out.printf(
        "ovs: %d verdicts compared, %d of them deliveries, %d traces; %d differ; %d traces/s%n",
        verdicts, delivered, traces, different.size(), traces * 1000L / millis);
    assertEquals(List.of(), different.subList(0, Math.min(20, different.size())));
    assertTrue(verdicts >= ENOUGH, () -> verdicts + " verdicts");
    assertTrue(delivered >= 1_000, () -> delivered + " deliveries prove little");
  }

  private void compare(Compiled compiled, Path folder) throws Exception {
    Overlay overlay = compiled.overlay();
    var tables = compiled.tables().all();
    Journey journey = new Journey(overlay, tables);
    PolicyOracle oracle = new PolicyOracle(compiled.deployment());
    try (BridgedFleet fleet = new BridgedFleet(overlay, tables, folder)) {
      for (VpcNetwork vpc : overlay.vpcs().values()) {
        List<Service> services = List.copyOf(new TreeSet<>(oracle.services(vpc.name())));
        for (Member from : vpc.members()) {
          for (Ipv4 to : destinations(overlay, vpc, oracle, from)) {
            for (int i = 0; i < services.size(); i++) {
              Service service = services.get(i);
              List<Journey.End> ends = journey.connect(from, to, service);
              // Of what is dropped, half will do, and not the same half for everybody.
              if (!isDropped(ends) || (i + from.nic().ofport()) % 2 == 0) {
                compare(
                    from.id() + " -> " + to + " " + service,
                    ends,
                    fleet.trace().connect(from, to, service));
              }
            }
          }
        }
        for (PublicAddress address : overlay.publicAddresses()) {
          if (address.vpc().equals(vpc.name())) {
            for (Service service : services) {
              for (Ipv4 player : PLAYERS) {
                compare(
                    player + " -> " + address.address() + " " + service,
                    journey.enter(address.node(), player, address.address(), service),
                    fleet.trace().enter(address.node(), player, address.address(), service));
              }
            }
          }
        }
      }
      traces += fleet.trace().count();
    }
  }

  private static boolean isDropped(List<Journey.End> ends) {
    return ends.stream().allMatch(end -> end instanceof Journey.End.Dropped);
  }

  /// For each class of servers one on the same host and one elsewhere, an address that another VPC
  /// has, login addresses, addresses outside, and one that nobody has.
  private static Set<Ipv4> destinations(
      Overlay overlay, VpcNetwork vpc, PolicyOracle oracle, Member from) {
    Map<String, List<Member>> classes =
        vpc.members().stream()
            .filter(m -> !m.id().equals(from.id()))
            .collect(
                Collectors.groupingBy(
                    m ->
                        oracle.signature(vpc.name(), new Peer.Server(m))
                            + m.host().equals(from.host()),
                    TreeMap::new,
                    Collectors.toList()));
    Set<Ipv4> chosen = new LinkedHashSet<>();
    // Not the same of each class for everybody.
    for (List<Member> same : classes.values()) {
      chosen.add(same.get(from.nic().ofport() % same.size()).address());
    }
    overlay.loginGroups().values().stream()
        .filter(login -> login.address().vpc().equals(vpc.name()))
        .skip(from.nic().ofport() % 2)
        .findFirst()
        .ifPresent(login -> chosen.add(login.address().address()));
    overlay.vpcs().values().stream()
        .filter(other -> !other.name().equals(vpc.name()) && !other.members().isEmpty())
        .forEach(
            other ->
                chosen.add(
                    other.members().get(from.nic().ofport() % other.members().size()).address()));
    chosen.add(Ipv4.parse("198.18.0.9"));
    chosen.add(Ipv4.parse("10.200.8.20"));
    chosen.add(vpc.vpc().cidr().network());
    return chosen;
  }

  /// The switch takes one of the ways that the verifier has found, or none where it has found none.
  private void compare(String what, List<Journey.End> ends, List<String> got) {
    verdicts++;
    Set<String> ways = new TreeSet<>();
    for (Journey.End end : ends) {
      switch (end) {
        case Journey.End.Dropped _ -> {}
        case Journey.End.Delivered to -> ways.add(to.member().id());
        case Journey.End.Left out -> ways.add("uplink " + out.node());
        case Journey.End.Lost lost -> ways.add("lost behind " + lost.node());
      }
    }
    delivered += got.isEmpty() ? 0 : 1;
    if (got.isEmpty() ? !ways.isEmpty() : !ways.containsAll(got)) {
      different.add(what + ": the switch " + got + ", the verifier " + ways);
    }
  }
}
