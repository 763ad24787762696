package io.gops.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.allocate.Assignments;
import io.gops.allocate.Lock;
import io.gops.bind.FleetLoader;
import io.gops.deployment.Group;
import io.gops.diagnostic.Catalogue;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.Language;
import io.gops.fleet.Fleet;
import io.gops.fleet.Host;
import io.gops.fleet.Release;
import io.gops.fleet.Side;
import io.gops.fleet.Zone;
import io.gops.fleet.ZoneBody;
import io.gops.state.State;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The examples hold; and what is said when they no longer do.
class ExampleCapacityTest {
  private static final Path EXAMPLES = Path.of(System.getProperty("gops.root"), "examples");

  private static Fleet load(String example) {
    Diagnostics diagnostics = new Diagnostics();
    return FleetLoader.load(EXAMPLES.resolve(example), diagnostics).orElseThrow();
  }

  private static Lock lock(Fleet fleet, State state, Lock old) {
    Diagnostics diagnostics = new Diagnostics();
    Optional<CapacityProof> proof = CapacityProver.prove(fleet, state, old, diagnostics);
    assertEquals(List.of(), diagnostics.sorted());
    Assignments assignments = new Assignments(old);
    proof.orElseThrow().record(assignments);
    return assignments.toLock();
  }

  private static List<Diagnostic> errors(Fleet fleet, State state, Lock old) {
    Diagnostics diagnostics = new Diagnostics();
    assertTrue(CapacityProver.prove(fleet, state, old, diagnostics).isEmpty());
    return diagnostics.sorted();
  }

  private static String text(Diagnostic diagnostic) {
    return Catalogue.of(Language.ENGLISH).text(diagnostic.message());
  }

  private static String hint(Diagnostic diagnostic) {
    return Catalogue.of(Language.ENGLISH).text(diagnostic.hint().orElseThrow());
  }

  /// Every group runs on side A.
  private static State running(Fleet fleet) {
    SortedMap<String, State.GroupState> groups = new TreeMap<>();
    for (Zone zone : fleet.zones().values()) {
      State.SideState side = new State.SideState(zone.body().run(), 1, "");
      groups.put(
          Integer.toString(zone.id()),
          new State.GroupState(Side.A, new TreeMap<>(Map.of(Side.A, side))));
    }
    return new State(groups, new TreeMap<>());
  }

  private static Fleet withPlayers(Fleet fleet, int id, long players) {
    SortedMap<Integer, Zone> zones = new TreeMap<>(fleet.zones());
    Zone zone = fleet.zones().get(id);
    ZoneBody b = zone.body();
    ZoneBody changed =
        new ZoneBody(
            b.game(),
            b.run(),
            b.pool(),
            b.vpc(),
            players,
            b.importance(),
            b.pair(),
            b.disruption(),
            b.settings(),
            b.limits(),
            b.origins());
    zones.put(id, new Zone(id, zone.set(), changed));
    return with(fleet, fleet.hosts(), zones, fleet.releases());
  }

  private static Fleet withState(Fleet fleet, String name, Host.State state) {
    SortedMap<String, Host> hosts = new TreeMap<>(fleet.hosts());
    Host h = fleet.hosts().get(name);
    hosts.put(
        name,
        new Host(
            h.name(),
            h.pool(),
            h.underlay(),
            h.capacity(),
            h.reserve(),
            h.rack(),
            state,
            h.origins()));
    return with(fleet, hosts, fleet.zones(), fleet.releases());
  }

  private static Fleet with(
      Fleet f,
      SortedMap<String, Host> hosts,
      SortedMap<Integer, Zone> zones,
      SortedMap<String, Release> releases) {
    return new Fleet(
        f.name(),
        f.environment(),
        f.cluster(),
        f.pools(),
        hosts,
        f.gateways(),
        f.vpcs(),
        f.services(),
        f.secrets(),
        f.games(),
        f.zoneSets(),
        zones,
        f.policies(),
        f.directories(),
        f.windows(),
        releases,
        f.expectations(),
        f.origins());
  }

  @Test
  void fivePairsShareEachHostOfWuxia() {
    Fleet fleet = load("wuxia");
    CapacityProof proof =
        CapacityProver.prove(fleet, State.EMPTY, Lock.EMPTY, new Diagnostics()).orElseThrow();
    assertEquals(40, proof.hosts().size());
    for (HostFill host : proof.hosts().values()) {
      assertEquals(5, host.occupants().stream().filter(name -> name.startsWith("1")).count());
    }
    assertTrue(proof.worstInstant().permille() < 900);
  }

  @Test
  void aLiveZoneWithTooManyPlayersBreaksItsHost() {
    Fleet fleet = load("wuxia");
    State state = running(fleet);
    Lock lock = lock(fleet, State.EMPTY, Lock.EMPTY);
    List<Diagnostic> errors = errors(withPlayers(fleet, 10_007, 6000), state, lock);
    assertEquals(1, errors.size());
    assertEquals(Code.GOPS3006, errors.getFirst().code());
    assertEquals(
        "host hz-g007 memory: short 3.6Gi at cut-over, breaks from 84 % moved; moving: 10007",
        text(errors.getFirst()));
    assertTrue(
        hint(errors.getFirst()).startsWith("6 groups steady 88.9Gi + moving 25.5Gi > 110.7Gi"));

    // The fix is the last number that holds, the loss of any host included.
    Matcher fix = Pattern.compile("players = (\\d+)").matcher(hint(errors.getFirst()));
    assertTrue(fix.find());
    long most = Long.parseLong(fix.group(1));
    lock(withPlayers(fleet, 10_007, most), state, lock);
    assertEquals(1, errors(withPlayers(fleet, 10_007, most + 1), state, lock).size());
  }

  /// No change of one group helps when every host breaks; fewer players in the pool do, and one
  /// percent fewer of them would not.
  @Test
  void whenEveryHostBreaksThePoolsRemedyIsOffered() {
    Fleet fleet = load("wuxia");
    State state = running(fleet);
    Lock lock = lock(fleet, State.EMPTY, Lock.EMPTY);
    Fleet crowded = fleet;
    for (int id : fleet.zones().keySet()) {
      crowded = withPlayers(crowded, id, fleet.zones().get(id).body().players() * 14 / 10);
    }
    List<Remedy> remedies =
        CapacityProver.remedies(crowded, state, lock).getOrDefault("hangzhou.std", List.of());
    assertEquals(
        List.of("players of hangzhou.std -28%"), remedies.stream().map(Remedy::change).toList());
    assertTrue(CapacityProver.placement(remedies.getFirst().after()).isPresent());
    assertTrue(CapacityProver.placement(remedies.getFirst().less()).isEmpty());
    assertTrue(
        hint(errors(crowded, state, lock).getFirst()).endsWith(": players of hangzhou.std -28%"));
  }

  @Test
  void aZoneThatFitsNowhereIsExplainedAtItsHostOfTheLock() {
    Fleet fleet = load("wuxia");
    Lock lock = lock(fleet, State.EMPTY, Lock.EMPTY);
    List<Diagnostic> errors = errors(withPlayers(fleet, 10_007, 30_000), State.EMPTY, lock);
    assertEquals(1, errors.size());
    assertEquals(Code.GOPS3008, errors.getFirst().code());
    assertTrue(
        errors.getFirst().related().stream()
            .anyMatch(related -> related.message().key().equals("GOPS3002")));
  }

  @Test
  void withoutALockTheZoneThatFitsNowhereIsNamed() {
    Fleet fleet = withPlayers(load("wuxia"), 10_007, 30_000);
    List<Diagnostic> errors = errors(fleet, State.EMPTY, Lock.EMPTY);
    assertEquals(1, errors.size());
    assertEquals(Code.GOPS3002, errors.getFirst().code());
    assertTrue(hint(errors.getFirst()).contains("players = "));
  }

  @Test
  void aLostHostKeepsItsRecordUntilItHasLeft() {
    Fleet broken = load("five-zones");
    Fleet whole = withState(broken, "m2", Host.State.ACTIVE);
    Lock before = lock(whole, State.EMPTY, Lock.EMPTY);
    Lock.Key zone2 = new Lock.Key("placement", "fleet", "2");
    assertEquals("m2,m4", before.records().get(zone2));

    Lock during = lock(broken, running(broken), before);
    assertEquals("m2,m4", during.records().get(zone2));
    assertEquals(during, lock(broken, running(broken), during));

    Fleet without = withState(broken, "m2", Host.State.DECOMMISSIONED);
    Lock after = lock(without, running(without), during);
    assertTrue(after.records().get(zone2).startsWith("m4,"));
    assertEquals(after, lock(without, running(without), after));
  }

  @Test
  void aFailedHostWithGroupsNeedsARelease() {
    Fleet broken = load("five-zones");
    Lock before = lock(withState(broken, "m2", Host.State.ACTIVE), State.EMPTY, Lock.EMPTY);
    Fleet silent = with(broken, broken.hosts(), broken.zones(), new TreeMap<>());
    List<Diagnostic> errors = errors(silent, running(broken), before);
    assertEquals(1, errors.size());
    assertEquals("host m2 has failed with 1 group on it: 2", text(errors.getFirst()));
  }

  @Test
  void aDrainingHostKeepsWhatItHasAndTakesNothingNew() {
    Fleet broken = load("five-zones");
    Fleet whole = withState(broken, "m2", Host.State.ACTIVE);
    Lock before = lock(whole, State.EMPTY, Lock.EMPTY);
    Fleet draining = withState(broken, "m2", Host.State.DRAINING);
    Diagnostics diagnostics = new Diagnostics();
    CapacityProof kept =
        CapacityProver.prove(draining, running(draining), before, diagnostics).orElseThrow();
    assertEquals("m2", kept.placements().get("2").getFirst().primary());
    CapacityProof fresh =
        CapacityProver.prove(draining, State.EMPTY, Lock.EMPTY, diagnostics).orElseThrow();
    for (List<Group.Placement> placements : fresh.placements().values()) {
      assertTrue(!placements.getFirst().primary().equals("m2"));
      assertTrue(!placements.getFirst().failover().orElseThrow().equals("m2"));
    }
  }

  @Test
  void aLiveGroupWithoutAnyHostIsNotMovedSilently() {
    Fleet broken = load("five-zones");
    Lock old = new Lock(new TreeMap<>(Map.of(new Lock.Key("placement", "fleet", "2"), "m9")));
    List<Diagnostic> errors = errors(broken, running(broken), old);
    assertEquals(Code.GOPS3018, errors.getFirst().code());
  }
}
