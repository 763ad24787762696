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
import io.gops.fleet.Fleet;
import io.gops.fleet.Host;
import io.gops.fleet.Percent;
import io.gops.fleet.Release;
import io.gops.fleet.Side;
import io.gops.source.Origins;
import io.gops.state.State;
import io.gops.state.TemplateHash;
import io.gops.work.Interrupted;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private final Diagnostics diagnostics = new Diagnostics();

  private static Release.AbSwitch abSwitch(String to, Release.Waves waves) {
    Release.Drain drain =
        new Release.Drain(
            List.of(
                new Release.Drain.Remaining(Duration.ZERO, Percent.ALL),
                new Release.Drain.Remaining(Duration.ofHours(1), new Percent(4900)),
                new Release.Drain.Remaining(Duration.ofHours(12), new Percent(200))),
            Duration.ofHours(12),
            new Percent(500));
    return new Release.AbSwitch(
        "next",
        List.of("clx-main"),
        to,
        waves,
        Duration.ofMinutes(30),
        drain,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Origins.NONE);
  }

  private static Release.HotReload hotReload(String to) {
    return new Release.HotReload(
        "hot",
        List.of("clx-main"),
        to,
        new Release.Waves(1, new Percent(5000), 5),
        Duration.ofMinutes(5),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Origins.NONE);
  }

  private static Deployment deployment(int zones, State state) {
    return SampleDeployment.of(SampleFleet.of(zones), state, new Assignments(Lock.EMPTY));
  }

  private Optional<Plan> plan(int zones, State state, Release release) {
    Planner planner =
        new Planner(
            deployment(zones, state), state, new SamplePods(), SamplePods.steering(), diagnostics);
    return planner.plan(release);
  }

  private List<Code> codes() {
    return diagnostics.sorted().stream().map(Diagnostic::code).toList();
  }

  private static final Release.Waves WAVES = new Release.Waves(1, new Percent(5000), 1);

  @Test
  void anAbSwitchGoesFromTheIdleSideToTheEmptiedSide() {
    Plan plan = plan(3, State.EMPTY, abSwitch("1.8.4", WAVES)).orElseThrow();
    assertEquals(
        List.of(
            "w1.prepare",
            "w1.start",
            "w1.logins",
            "w1.drain",
            "w1.kick",
            "w1.stop",
            "w1.retire",
            "w1.soak",
            "w1.approve",
            "w2.prepare"),
        plan.steps().stream().map(Step::id).limit(10).toList());
    State.GroupState to = plan.to().groups().get("10001");
    assertEquals(
        "b 1.8.4/0 1.8.4/1",
        to.live().label()
            + to.sides().values().stream()
                .map(side -> " " + side.version() + "/" + side.replicas())
                .reduce("", String::concat));
    assertEquals(9000, plan.players().moved());
    assertEquals(180, plan.players().kickedP50());
  }

  @Test
  void aPlanThatNobodyWaitsForEnds() {
    Plan plan = plan(3, State.EMPTY, abSwitch("1.8.4", WAVES)).orElseThrow();
    Interrupted.mustEnd(() -> plan(3, State.EMPTY, abSwitch("1.8.4", WAVES)));
    Planner planner =
        new Planner(
            deployment(3, State.EMPTY),
            State.EMPTY,
            new SamplePods(),
            SamplePods.steering(),
            diagnostics);
    Interrupted.mustEnd(() -> planner.flaws(abSwitch("1.8.4", WAVES), plan));
    Interrupted.mustEnd(
        () -> RequestReplay.shortage(plan, deployment(3, State.EMPTY), new TreeMap<>()));
    assertEquals(List.of(), planner.flaws(abSwitch("1.8.4", WAVES), plan));
  }

  @Test
  void whatIsDoneIsNotDoneAgain() {
    Plan plan = plan(3, State.EMPTY, abSwitch("1.8.4", WAVES)).orElseThrow();
    assertEquals(Optional.empty(), plan(3, plan.to(), abSwitch("1.8.4", WAVES)));
    assertEquals(List.of(Code.GOPS5502), codes());
  }

  @Property(tries = 60)
  void anAbortedReleaseIsPlannedToItsEnd(
      @ForAll @IntRange(min = 1, max = 6) int zones, @ForAll @IntRange(max = 200) int stop) {
    Plan whole = plan(zones, State.EMPTY, abSwitch("1.8.4", WAVES)).orElseThrow();
    Simulation half = new Simulation(whole.from());
    List<Task> tasks = whole.steps().stream().flatMap(step -> step.tasks().stream()).toList();
    tasks.subList(0, stop % (tasks.size() + 1)).forEach(task -> half.apply(task.action()));
    TreeMap<String, String> templates = new TreeMap<>(whole.from().templates());
    templates.putAll(whole.to().templates());
    State between = new State(half.groups(), templates);
    Optional<Plan> rest = plan(zones, between, abSwitch("1.8.4", WAVES));
    SortedMap<String, State.GroupState> end = half.groups();
    rest.ifPresent(plan -> end.putAll(plan.to().groups()));
    assertEquals(whole.to().groups(), end);
  }

  @Property(tries = 60)
  void wavesKeepTheirLimits(
      @ForAll @IntRange(min = 1, max = 40) int zones,
      @ForAll @IntRange(max = 4) int canary,
      @ForAll @IntRange(min = 1, max = 10_000) int share,
      @ForAll @IntRange(min = 1, max = 3) int perHost) {
    Release.Waves rule = new Release.Waves(canary, new Percent(share), perHost);
    Deployment deployment = deployment(zones, State.EMPTY);
    Plan plan = plan(zones, State.EMPTY, abSwitch("1.8.4", rule)).orElseThrow();
    Set<Integer> seen = new HashSet<>();
    for (Wave wave : plan.waves()) {
      Map<String, Integer> pairs = new HashMap<>();
      for (int zone : wave.zones()) {
        assertTrue(seen.add(zone));
        String host = deployment.group(Integer.toString(zone)).placements().getFirst().primary();
        assertTrue(pairs.merge(host, 1, Integer::sum) <= perHost, host);
      }
      long most = Math.max(1, Math.ceilDiv((long) zones * share, 10_000));
      boolean first = wave.number() == 1 && canary > 0;
      assertTrue(wave.zones().size() <= (first ? canary : most));
    }
    assertEquals(zones, seen.size());
  }

  @Test
  void imagesThatArePulledAheadAreSaidBeforehand() {
    Release.HotReload plain = hotReload("1.8.3-hot1");
    Release.HotReload pulling =
        new Release.HotReload(
            plain.name(),
            plain.zoneSets(),
            plain.to(),
            plain.waves(),
            plain.soak(),
            plain.stopRules(),
            Optional.of(new Release.Pull(5, Duration.ofMinutes(10), Origins.NONE)),
            plain.window(),
            plain.origins());
    assertEquals(List.of(), plan(2, State.EMPTY, plain).orElseThrow().notes());
    assertEquals(
        List.of(
            "images are pulled ahead: apply pull-hot.yaml of each game, and start when its jobs"
                + " are done"),
        plan(2, State.EMPTY, pulling).orElseThrow().notes());
  }

  @Test
  void aHotUpdateChangesSidecarsOnBothSidesAndNothingElse() {
    Plan plan = plan(2, State.EMPTY, hotReload("1.8.3-hot1")).orElseThrow();
    Set<String> paths = new HashSet<>();
    Set<String> sets = new HashSet<>();
    for (Step step : plan.steps()) {
      for (Task task : step.tasks()) {
        if (task.action() instanceof Action.PatchTemplate patch) {
          sets.add(patch.set().name());
          patch.patch().changes().forEach(change -> paths.add(change.path()));
        }
      }
    }
    assertEquals(Set.of("/spec/gameServerTemplate/spec/containers/1/image"), paths);
    assertEquals(Set.of("clx-10001-a", "clx-10001-b", "clx-10002-a", "clx-10002-b"), sets);
    assertEquals(0, plan.players().kickedP95());
  }

  @Test
  void aHotUpdateOfAnEngineIsRefused() {
    assertEquals(Optional.empty(), plan(2, State.EMPTY, hotReload("1.8.4")));
    assertEquals(List.of(Code.GOPS5503), codes());
    assertEquals("engine", diagnostics.sorted().getFirst().message().arguments().get(1));
  }

  @Test
  void moreKicksThanAllowedAreRefused() {
    Release.AbSwitch wanted = abSwitch("1.8.4", WAVES);
    Release.Drain early =
        new Release.Drain(
            wanted.drain().remaining(), Duration.ofHours(1), wanted.drain().kickBudget());
    assertEquals(Optional.empty(), plan(2, State.EMPTY, with(wanted, early)));
    assertEquals(List.of(Code.GOPS5506), codes());
  }

  @Test
  void aDrainThatRisesIsRefused() {
    Release.AbSwitch wanted = abSwitch("1.8.4", WAVES);
    Release.Drain rising =
        new Release.Drain(
            List.of(
                new Release.Drain.Remaining(Duration.ofHours(1), new Percent(100)),
                new Release.Drain.Remaining(Duration.ofHours(2), new Percent(200))),
            Duration.ofHours(12),
            new Percent(500));
    assertEquals(Optional.empty(), plan(2, State.EMPTY, with(wanted, rising)));
    assertEquals(List.of(Code.GOPS5508), codes());
  }

  private static Release.AbSwitch with(Release.AbSwitch release, Release.Drain drain) {
    return new Release.AbSwitch(
        release.name(),
        release.zoneSets(),
        release.to(),
        release.waves(),
        release.soak(),
        drain,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Origins.NONE);
  }

  @Test
  void theGroupsOfALostHostMoveToTheirFailoverHosts() {
    Fleet fleet = SampleFleet.of(4);
    Host lost = fleet.hosts().get("hz-g001");
    fleet
        .hosts()
        .put(
            lost.name(),
            new Host(
                lost.name(),
                lost.pool(),
                lost.underlay(),
                lost.capacity(),
                lost.reserve(),
                lost.rack(),
                Host.State.FAILED,
                Origins.NONE));
    Deployment deployment = SampleDeployment.of(fleet, State.EMPTY, new Assignments(Lock.EMPTY));
    Planner planner =
        new Planner(deployment, State.EMPTY, new SamplePods(), SamplePods.steering(), diagnostics);
    Release.ReplaceHost release =
        new Release.ReplaceHost("power", "hz-g001", Optional.empty(), Origins.NONE);
    Plan plan = planner.plan(release).orElseThrow();
    assertTrue(!plan.to().groups().isEmpty());
    plan.to().groups().forEach((id, group) -> assertEquals(List.of("hz-g002"), group.hosts(), id));
    assertEquals(
        List.of("approve", "fence", "close", "network-destination", "network-rest", "move", "open"),
        plan.steps().stream().map(Step::id).toList());
    Planner after =
        new Planner(deployment, plan.to(), new SamplePods(), SamplePods.steering(), diagnostics);
    assertEquals(Optional.empty(), after.plan(release));
    assertEquals(List.of(Code.GOPS5502), codes());
  }

  @Test
  void aDeployedVersionIsFrozen() {
    Plan plan = plan(2, State.EMPTY, abSwitch("1.8.4", WAVES)).orElseThrow();
    new Planner(
            deployment(2, plan.to()),
            plan.to(),
            new SamplePods(),
            SamplePods.steering(),
            diagnostics)
        .checkDeployedVersions(List.of());
    assertEquals(List.of(), codes());
    String old = "{\"spec\":{\"containers\":[]}}";
    State.SideState side = new State.SideState("1.8.3", 1, TemplateHash.of(old));
    State other =
        new State(
            new TreeMap<>(
                Map.of(
                    "10001",
                    new State.GroupState(
                        Side.A, new TreeMap<>(Map.of(Side.A, side, Side.B, side))))),
            new TreeMap<>(Map.of(TemplateHash.of(old), old)));
    new Planner(deployment(2, other), other, new SamplePods(), SamplePods.steering(), diagnostics)
        .checkDeployedVersions(List.of());
    assertEquals(List.of(Code.GOPS5513), codes());
    assertEquals(
        List.of("1.8.3", "2", "clx", "containers"),
        diagnostics.sorted().getFirst().message().arguments());
  }

  @Test
  void aHostThatRunsIsNotFenced() {
    Release release = new Release.ReplaceHost("power", "hz-g001", Optional.empty(), Origins.NONE);
    assertEquals(Optional.empty(), plan(2, State.EMPTY, release));
    assertEquals(List.of(Code.GOPS5511), codes());
  }
}
