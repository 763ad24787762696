package io.gops.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.allocate.Assignments;
import io.gops.allocate.Lock;
import io.gops.deployment.Group;
import io.gops.deployment.SampleDeployment;
import io.gops.deployment.SampleFleet;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
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
import org.junit.jupiter.api.Test;

/// Zones that get another number of servers.
class ScalePlanTest {
  private final Diagnostics diagnostics = new Diagnostics();

  private static Step step(Plan plan, String id) {
    return plan.steps().stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow();
  }

  private static int servers(State state, String group) {
    State.GroupState found = Optional.ofNullable(state.groups().get(group)).orElseThrow();
    return Scope.side(found, Side.A).replicas();
  }

  @Test
  void moreServersStartWhenTheirHostsAreThere() {
    SampleLobbies lobbies = SampleLobbies.grown(4, 3, 2, 3);
    Plan plan = lobbies.plan("number", diagnostics).orElseThrow();
    assertEquals(List.of("prepare", "start", "soak"), plan.steps().stream().map(Step::id).toList());
    assertEquals(2, servers(plan.from(), "101-gate"));
    assertEquals(4, servers(plan.to(), "101-gate"));
    assertEquals(List.of("101-gate", "102-gate"), List.copyOf(plan.to().groups().keySet()));
    assertEquals(0, plan.players().kickedP95());
    assertEndings(lobbies, plan);
  }

  @Test
  void additionalServersAreEmptiedBeforeTheyAreTakenBack() {
    SampleLobbies lobbies = SampleLobbies.grown(4, 3, 2, 3);
    Plan plan = lobbies.plan("number", diagnostics).orElseThrow();
    Undo.Back back = (Undo.Back) step(plan, "start").tasks().getFirst().undo();
    List<String> hosts = hosts(lobbies, "101-gate");
    assertEquals(4, hosts.size(), hosts.toString());
    assertTrue(
        back.actions().getFirst() instanceof Action.Dismiss dismiss
            && dismiss.staying().equals(hosts.subList(0, 2))
            && dismiss.count() == 2,
        back.actions().toString());
    assertTrue(back.actions().get(1) instanceof Action.Drain, back.actions().toString());
  }

  private static List<String> hosts(SampleLobbies lobbies, String group) {
    return lobbies.deployment().group(group).placements().stream()
        .map(Group.Placement::primary)
        .toList();
  }

  @Test
  void fewerServersStopWhenTheirPlayersHaveLeft() {
    SampleLobbies lobbies = SampleLobbies.grown(2, 2, 2, 4);
    Plan plan = lobbies.plan("number", diagnostics).orElseThrow();
    assertEquals(
        List.of("dismiss", "drain", "kick", "stop", "soak"),
        plan.steps().stream().map(Step::id).toList());
    List<String> hosts = hosts(lobbies, "101-hall");
    assertEquals(4, hosts.size(), "room is kept for those that still run");
    Action.Drain drain = (Action.Drain) step(plan, "drain").tasks().getFirst().action();
    assertEquals(hosts.subList(0, 2), drain.staying());
    Action.Kick kick = (Action.Kick) step(plan, "kick").tasks().getFirst().action();
    assertEquals(25, kick.allowed(), "5 % of the 500 players on two of four servers");
    assertEquals(20, plan.players().kickedP95(), "2 % of 500 in each of two zones");
    assertEquals(2, servers(plan.to(), "102-hall"));
    assertTrue(plan.notes().getFirst().contains("none any more on"), plan.notes().toString());
    assertEndings(lobbies, plan);
  }

  @Test
  void oneReleaseDoesBoth() {
    SampleLobbies lobbies = SampleLobbies.grown(4, 2, 2, 4);
    Plan plan = lobbies.plan("number", diagnostics).orElseThrow();
    assertEquals(
        List.of("prepare", "start", "dismiss", "drain", "kick", "stop", "soak"),
        plan.steps().stream().map(Step::id).toList());
    assertEndings(lobbies, plan);
    assertEquals(
        Optional.empty(),
        SampleLobbies.of(4, 2, plan.to()).plan("number", diagnostics),
        "finished: the source says what runs");
    assertEquals(List.of(Code.GOPS5502), codes());
  }

  private List<Code> codes() {
    return diagnostics.sorted().stream().map(Diagnostic::code).toList();
  }

  private static void assertEndings(SampleLobbies lobbies, Plan plan) {
    Rehearsal rehearsal = Rehearsal.of(plan, lobbies.deployment(), 1_000, 1);
    assertEquals(0, rehearsal.count(Ending.Kind.BROKEN), () -> rehearsal.endings().toString());
    for (Ending.Kind kind : List.of(Ending.Kind.DONE, Ending.Kind.AS_BEFORE)) {
      assertTrue(rehearsal.count(kind) > 0, () -> kind + " of " + rehearsal.endings());
    }
  }

  @Test
  void hostsHoldAtEachStep() {
    SampleLobbies lobbies = SampleLobbies.grown(4, 2, 2, 4);
    Plan plan = lobbies.plan("number", diagnostics).orElseThrow();
    for (UseReplay.Instant instant : UseReplay.of(plan, lobbies.proof())) {
      assertEquals(Optional.empty(), instant.shortage(), instant.step());
    }
    assertEquals(
        Optional.empty(),
        RequestReplay.shortage(plan, lobbies.deployment(), lobbies.proof().pods()));
  }

  @Test
  void pairsGetTheirNumberWithAVersion() {
    Fleet fleet = SampleFleet.of(2);
    Release.Scale scale =
        new Release.Scale(
            "number",
            List.of("clx-main"),
            Duration.ZERO,
            SampleReleases.drain(Duration.ofMinutes(5)),
            Practice.NONE,
            Optional.empty(),
            Origins.NONE);
    fleet.releases().clear();
    fleet.releases().put(scale.name(), scale);
    Planner planner =
        new Planner(
            SampleDeployment.of(fleet, State.EMPTY, new Assignments(Lock.EMPTY)),
            State.EMPTY,
            new SamplePods(),
            SamplePods.steering(),
            diagnostics);
    assertEquals(Optional.empty(), planner.plan(scale));
    assertEquals(List.of(Code.GOPS5543), codes());
  }
}
