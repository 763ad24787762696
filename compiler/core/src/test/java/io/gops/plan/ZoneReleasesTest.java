package io.gops.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.allocate.Assignments;
import io.gops.allocate.Lock;
import io.gops.deployment.Deployment;
import io.gops.deployment.SampleDeployment;
import io.gops.deployment.SampleFleet;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.directory.ZoneEntry;
import io.gops.fleet.Fleet;
import io.gops.fleet.Practice;
import io.gops.fleet.Release;
import io.gops.fleet.Side;
import io.gops.rehearsal.Ending;
import io.gops.rehearsal.Rehearsal;
import io.gops.source.Origins;
import io.gops.state.State;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Releases that close and open zones.
class ZoneReleasesTest {
  private final Diagnostics diagnostics = new Diagnostics();

  private static Deployment deployment(Fleet fleet, State state) {
    return SampleDeployment.of(fleet, state, new Assignments(Lock.EMPTY));
  }

  private Optional<Plan> plan(Fleet fleet, State state, Release release) {
    fleet.releases().clear();
    fleet.releases().put(release.name(), release);
    return planner(fleet, state).plan(release);
  }

  private Planner planner(Fleet fleet, State state) {
    return new Planner(
        deployment(fleet, state), state, new SamplePods(), SamplePods.steering(), diagnostics);
  }

  private List<Code> codes() {
    return diagnostics.sorted().stream().map(Diagnostic::code).toList();
  }

  private static List<String> ids(Plan plan) {
    return plan.steps().stream().map(Step::id).toList();
  }

  private static Rehearsal rehearsal(Plan plan, Fleet fleet) {
    return Rehearsal.of(plan, deployment(fleet, State.EMPTY), 1_000, 1);
  }

  private static List<String> entries(Plan plan, String step) {
    return plan.steps().stream()
        .filter(s -> s.id().equals(step))
        .flatMap(s -> s.tasks().stream())
        .map(task -> ((Action.PutEntry) task.action()).to())
        .map(json -> json.replaceAll(".*\"status\":\"(\\w+)\",\"version\":\"([^\"]+)\".*", "$1 $2"))
        .toList();
  }

  private static final Release.CanaryWaves CANARY_WAVES =
      SampleReleases.canaryWaves(SampleReleases.trial(), Duration.ofMinutes(30));

  @Test
  void aZoneWithOneSideClosesIsReplacedTriedAndOpens() {
    Fleet fleet = SampleReleases.withoutPairs(SampleFleet.of(3));
    Plan plan = plan(fleet, State.EMPTY, CANARY_WAVES).orElseThrow();
    assertEquals(
        List.of(
            "w1.close",
            "w1.drain",
            "w1.kick",
            "w1.replace",
            "w1.admit",
            "w1.smoke",
            "w1.open",
            "w1.soak",
            "w1.approve",
            "w2.close"),
        ids(plan).subList(0, 10));
    assertEquals(List.of("maintenance 1.8.3"), entries(plan, "w1.close"));
    assertEquals(List.of("listed 1.8.4"), entries(plan, "w1.admit"));
    assertEquals(List.of("open 1.8.4"), entries(plan, "w1.open"));
    assertEquals("1.8.4", Scope.side(group(plan.to(), "10002"), Side.A).version());
    assertEquals(360, plan.players().kickedP95());
    assertEquals(List.of(), planner(fleet, State.EMPTY).flaws(CANARY_WAVES, plan));
  }

  private static State.GroupState group(State state, String id) {
    return Optional.ofNullable(state.groups().get(id)).orElseThrow();
  }

  @Test
  void playsOfItEndInFourKindsOfState() {
    Fleet fleet = SampleReleases.withoutPairs(SampleFleet.of(6));
    Rehearsal rehearsal = rehearsal(plan(fleet, State.EMPTY, CANARY_WAVES).orElseThrow(), fleet);
    assertEquals(0, rehearsal.count(Ending.Kind.BROKEN), () -> rehearsal.endings().toString());
    for (Ending.Kind kind : List.of(Ending.Kind.DONE, Ending.Kind.AS_BEFORE, Ending.Kind.PAUSED)) {
      assertTrue(rehearsal.count(kind) > 0, () -> kind + " of " + rehearsal.endings());
    }
  }

  @Test
  void serversThatWereNotEmptiedAreNotReplaced() {
    Fleet fleet = SampleReleases.withoutPairs(SampleFleet.of(1));
    Plan plan = plan(fleet, State.EMPTY, CANARY_WAVES).orElseThrow();
    Plan hasty = without(plan, "w1.kick");
    List<String> flaws = planner(fleet, State.EMPTY).flaws(CANARY_WAVES, hasty);
    assertTrue(
        flaws.stream().anyMatch(flaw -> flaw.contains("with players")), () -> flaws.toString());
  }

  private static Plan without(Plan plan, String step) {
    return plan.withSteps(plan.steps().stream().filter(s -> !s.id().equals(step)).toList());
  }

  @Test
  void zonesWithAPairNeedNotClose() {
    assertEquals(Optional.empty(), plan(SampleFleet.of(2), State.EMPTY, CANARY_WAVES));
    assertEquals(List.of(Code.GOPS5540), codes());
  }

  @Test
  void withoutADirectoryNoGateClosesAndThePlanSaysSo() {
    Fleet fleet = SampleReleases.withoutPairs(SampleFleet.of(1));
    fleet.directories().clear();
    Plan plan = plan(fleet, State.EMPTY, CANARY_WAVES).orElseThrow();
    assertTrue(ids(plan).stream().noneMatch(id -> id.endsWith("close")), ids(plan).toString());
    assertTrue(plan.notes().getFirst().contains("no directory"), plan.notes().toString());
  }

  @Test
  void newZonesStartWithoutServersAndOpenLast() {
    Fleet fleet = SampleFleet.of(2);
    Plan plan =
        plan(fleet, State.EMPTY, SampleReleases.openZones(SampleReleases.trial())).orElseThrow();
    assertEquals(List.of("prepare", "start", "admit", "smoke", "open", "soak"), ids(plan));
    assertEquals(0, Scope.side(group(plan.from(), "10001"), Side.A).replicas());
    assertEquals(1, Scope.side(group(plan.to(), "10001"), Side.A).replicas());
    assertEquals(0, Scope.side(group(plan.to(), "10001"), Side.B).replicas());
    Deployment before = deployment(fleet, State.EMPTY);
    assertEquals(
        ZoneEntry.Status.MAINTENANCE,
        ZoneEntry.of(before, before.group("10001"), SamplePods.steering()).status());
    assertEquals(0, before.group("10001").a().replicas());
    assertEquals(1, before.group("20001").a().replicas(), "zones of another release");
    assertEquals(List.of("open 1.8.3", "open 1.8.3"), entries(plan, "open"));
    Rehearsal rehearsal = rehearsal(plan, fleet);
    assertEquals(0, rehearsal.count(Ending.Kind.BROKEN), () -> rehearsal.endings().toString());
    assertTrue(rehearsal.count(Ending.Kind.DONE) > 0, () -> rehearsal.endings().toString());
  }

  @Test
  void zonesThatRunAreNotOpenedAgain() {
    Fleet fleet = SampleFleet.of(3);
    Release open = SampleReleases.openZones(Practice.NONE);
    State all = plan(fleet, State.EMPTY, open).orElseThrow().to();
    State some = new State(new TreeMap<>(all.groups()), all.templates());
    some.groups().remove("10003");
    Plan rest = plan(fleet, some, open).orElseThrow();
    assertEquals(List.of("10003"), List.copyOf(rest.from().groups().keySet()));
    assertEquals(Optional.empty(), plan(fleet, all, open));
    assertEquals(List.of(Code.GOPS5502), codes());
  }

  @Test
  void aVersionIsNotPutOnZonesThatAreNotOpenYet() {
    Fleet fleet = SampleReleases.withoutPairs(SampleFleet.of(3));
    Release open = SampleReleases.openZones(Practice.NONE);
    State all = plan(fleet, State.EMPTY, open).orElseThrow().to();
    State some = new State(new TreeMap<>(all.groups()), all.templates());
    some.groups().remove("10003");
    fleet.releases().put(CANARY_WAVES.name(), CANARY_WAVES);
    Plan plan =
        new Planner(
                deployment(fleet, some), some, new SamplePods(), SamplePods.steering(), diagnostics)
            .plan(CANARY_WAVES)
            .orElseThrow();
    assertEquals(List.of("10001", "10002"), List.copyOf(plan.from().groups().keySet()));
  }

  @Test
  void aHostIsEmptiedWithoutLosingWhatRanOnIt() {
    Fleet fleet = SampleFleet.of(3);
    Plan plan =
        plan(fleet, State.EMPTY, SampleReleases.drainHost(false, Duration.ofMinutes(5)))
            .orElseThrow();
    assertEquals(
        List.of(
            "mark",
            "close",
            "drain",
            "kick",
            "stop",
            "network-destination",
            "network-rest",
            "network-origin",
            "relocate",
            "start",
            "open"),
        ids(plan));
    plan.to()
        .groups()
        .forEach(
            (id, group) -> {
              assertEquals(1, Scope.side(group, group.live()).replicas(), id);
              assertEquals(List.of("hz-g002"), group.hosts(), id);
            });
    assertTrue(plan.notes().getLast().contains("state = draining"), plan.notes().toString());
    assertEndings(plan, fleet);
  }

  @Test
  void nothingMovesWhileItRuns() {
    Fleet fleet = SampleFleet.of(3);
    Release drain = SampleReleases.drainHost(false, Duration.ofMinutes(5));
    Plan plan = plan(fleet, State.EMPTY, drain).orElseThrow();
    String flaws = planner(fleet, State.EMPTY).flaws(drain, without(plan, "stop")).toString();
    assertTrue(flaws.contains("which runs and whose host is not fenced"), flaws);
  }

  @Test
  void anEmptyHostIsWorkedOnAndTakesServersAgain() {
    Fleet fleet = SampleFleet.of(3);
    Release upgrade = SampleReleases.drainHost(true, Duration.ofMinutes(5));
    Plan plan = plan(fleet, State.EMPTY, upgrade).orElseThrow();
    assertEquals(List.of("open", "upgrade", "return"), ids(plan).subList(10, 13));
    assertEquals(Plan.Template.HOST_UPGRADE, plan.template());
    assertEndings(plan, fleet);
    assertEquals(Optional.empty(), plan(fleet, plan.to(), upgrade), "it is empty already");
  }

  @Test
  void aZoneThatStandsStillMovesAndStaysClosed() {
    Fleet fleet = SampleFleet.of(4);
    Release merge =
        new Release.MergeZones(
            "merge",
            10_001,
            new TreeSet<>(List.of(10_004)),
            SampleReleases.drain(Duration.ofMinutes(5)),
            Practice.NONE,
            Optional.empty(),
            Origins.NONE);
    State merged = plan(fleet, State.EMPTY, merge).orElseThrow().to();
    Release drain = SampleReleases.drainHost(false, Duration.ofMinutes(5));
    Plan plan = plan(fleet, merged, drain).orElseThrow();
    assertTrue(plan.from().groups().containsKey("10004"), plan.from().groups().toString());
    assertEquals(0, Scope.side(group(plan.to(), "10004"), Side.A).replicas());
    assertEquals(List.of("hz-g002"), group(plan.to(), "10004").hosts());
    List<String> opened =
        plan.steps().stream()
            .filter(step -> step.id().equals("open"))
            .flatMap(step -> step.tasks().stream())
            .map(Task::unit)
            .toList();
    assertTrue(opened.stream().anyMatch(unit -> unit.endsWith("/10001")), opened.toString());
    assertTrue(opened.stream().noneMatch(unit -> unit.endsWith("/10004")), opened.toString());
  }

  @Test
  void playersOfAnInterruptedSwitchLeaveBothSides() {
    Fleet fleet = SampleFleet.of(3);
    Release ab = Optional.ofNullable(fleet.releases().get("clx-1-8-4")).orElseThrow();
    Plan switching = plan(fleet, State.EMPTY, ab).orElseThrow();
    Simulation half = new Simulation(switching.from());
    switching.steps().stream()
        .takeWhile(step -> !step.id().equals("w1.drain"))
        .flatMap(step -> step.tasks().stream())
        .forEach(task -> half.apply(task.action()));
    TreeMap<String, String> templates = new TreeMap<>(switching.from().templates());
    templates.putAll(switching.to().templates());
    State state = new State(half.groups(), templates);
    Release drain = SampleReleases.drainHost(false, Duration.ofMinutes(5));
    Plan plan = plan(fleet, state, drain).orElseThrow();
    String zone = Integer.toString(switching.waves().getFirst().zones().getFirst());
    List<String> left =
        plan.steps().stream()
            .filter(step -> step.id().equals("kick"))
            .flatMap(step -> step.tasks().stream())
            .map(Task::unit)
            .filter(unit -> unit.contains(zone))
            .toList();
    assertEquals(List.of("clx-" + zone + "-a", "clx-" + zone + "-b"), left);
  }

  private static void assertEndings(Plan plan, Fleet fleet) {
    Rehearsal rehearsal = rehearsal(plan, fleet);
    assertEquals(0, rehearsal.count(Ending.Kind.BROKEN), () -> rehearsal.endings().toString());
    assertTrue(rehearsal.count(Ending.Kind.DONE) > 0, () -> rehearsal.endings().toString());
  }

  @Test
  void aMergeStopsAllZonesAndOpensOne() {
    Fleet fleet = SampleFleet.of(4);
    Plan plan =
        plan(
                fleet,
                State.EMPTY,
                SampleReleases.mergeZones(SampleReleases.trial(), Duration.ofMinutes(5)))
            .orElseThrow();
    assertEquals(
        List.of(
            "schema",
            "close",
            "drain",
            "kick",
            "stop",
            "backup",
            "conflicts",
            "trial",
            "approve",
            "import",
            "start",
            "admit",
            "smoke",
            "open"),
        ids(plan));
    assertEquals(1, Scope.side(group(plan.to(), "10001"), Side.A).replicas());
    assertEquals(0, Scope.side(group(plan.to(), "10002"), Side.A).replicas());
    assertTrue(!plan.to().groups().containsKey("10004"));
    assertEquals(List.of("open 1.8.3"), entries(plan, "open"));
    Step step = plan.steps().get(9);
    assertTrue(step.tasks().getFirst().undo() instanceof Undo.PointOfNoReturn, step.id());
    assertEndings(plan, fleet);
  }

  @Test
  void onlyZonesOfOneGameBecomeOne() {
    Release.MergeZones merge = SampleReleases.mergeZones(Practice.NONE, Duration.ofMinutes(5));
    assertEquals(Optional.empty(), plan(SampleFleet.of(2), State.EMPTY, merge));
    assertEquals(List.of(Code.GOPS5542), codes());
  }
}
