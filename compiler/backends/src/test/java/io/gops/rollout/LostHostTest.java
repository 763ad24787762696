package io.gops.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.artifact.Artifact;
import io.gops.deployment.Deployment;
import io.gops.deployment.Group;
import io.gops.fleet.Cluster;
import io.gops.fleet.Fleet;
import io.gops.fleet.Percent;
import io.gops.fleet.Release;
import io.gops.fleet.Side;
import io.gops.plan.Plan;
import io.gops.plan.Step;
import io.gops.source.Origins;
import io.gops.state.State;
import io.gops.state.StateFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A host is lost in the middle of a wave: exactly the sides that take logins may come back.
class LostHostTest {
  private static final Release.Waves ALL_AT_ONCE = new Release.Waves(0, new Percent(10_000), 5);

  @TempDir Path folder;

  private Fleet fleet = RolloutTest.fleet(4);
  private Deployment deployment = RolloutTest.deployment(fleet, State.EMPTY);
  private Plan plan = RolloutTest.plan(fleet, State.EMPTY, RolloutTest.abSwitch(ALL_AT_ONCE));
  private String host = "";

  @BeforeEach
  void aHostWithPairs() {
    host = home("10001");
    assertTrue(pairs().stream().anyMatch(group -> !home(group.id()).equals(host)));
  }

  private String home(String group) {
    return Objects.requireNonNull(deployment.groups().get(group)).placements().getFirst().primary();
  }

  /// Those that the release moves.
  private List<Group> pairs() {
    return deployment.groups().values().stream()
        .filter(group -> group.zone().set().equals("clx-main"))
        .toList();
  }

  private List<Group> pairsOn(String wanted) {
    return pairs().stream().filter(group -> home(group.id()).equals(wanted)).toList();
  }

  private int replicas(Rollout rollout, Group group, Side side) throws IOException {
    String set = (side == Side.A ? group.a() : group.b().orElseThrow()).name();
    return rollout.cluster.get("set", "clx", set).at("/spec/replicas").asInt();
  }

  /// The state that a step leads to, with the sides of the host's pairs stopped that are idle.
  private State expected(Rollout rollout, Side live) throws IOException {
    State written = RolloutTest.read(rollout.state());
    for (Group group : pairs()) {
      State.GroupState now = Objects.requireNonNull(written.groups().get(group.id()));
      assertEquals(live, now.live(), group.id());
      boolean onHost = home(group.id()).equals(host);
      assertEquals(onHost ? 0 : 1, side(now, live.other()).replicas(), group.id());
      assertEquals(1, side(now, live).replicas(), group.id());
    }
    return written;
  }

  private static State.SideState side(State.GroupState group, Side side) {
    return Objects.requireNonNull(group.sides().get(side));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh", "bash --posix"})
  void beforeLoginsMovedTheNewSideStops(String shell) throws Exception {
    try (Rollout rollout = new Rollout(folder, plan, deployment)) {
      assertEquals(0, rollout.run(shell, "run", "--until", "w1.start").code());
      assertEquals(3, rollout.run(shell, "lost", host).code(), "the node is Ready");
      rollout.lose(host);
      Rollout.Result lost = rollout.run(shell, "lost", host, "--as", "li.lei");
      assertEquals(0, lost.code(), lost.text());
      for (Group group : pairs()) {
        boolean onHost = home(group.id()).equals(host);
        assertEquals(1, replicas(rollout, group, Side.A));
        assertEquals(onHost ? 0 : 1, replicas(rollout, group, Side.B));
      }
      assertEquals("NoExecute", rollout.cluster.get("node", "", host).path("fence").asText());
      assertEquals(host + " taint", rollout.cluster.writes().getLast(), "the fence comes last");
      assertEquals(9, rollout.run(shell, "run").code());
      assertEquals(9, rollout.run(shell, "rollback").code());
      assertTrue(rollout.run(shell, "status").text().contains("host " + host + " was lost"));
      assertEquals(0, rollout.run(shell, "verify").code());
      assertEquals(0, rollout.run(shell, "lost", host, "--as", "li.lei").code(), "again");
      assertEquals(0, rollout.run(shell, "abort").code());
      expected(rollout, Side.A);
    }
  }

  @Test
  void afterLoginsMovedTheOldSideStopsAndTheRestIsPlanned() throws Exception {
    State between;
    try (Rollout rollout = new Rollout(folder.resolve("1"), plan, deployment)) {
      assertEquals(0, rollout.run("dash", "run", "--until", "w1.logins").code());
      rollout.lose(host);
      assertEquals(0, rollout.run("dash", "lost", host, "--as", "li.lei").code());
      assertEquals(0, rollout.run("dash", "abort").code());
      between = expected(rollout, Side.B);
    }
    Plan rest = RolloutTest.plan(fleet, between, RolloutTest.abSwitch(ALL_AT_ONCE));
    State all = new State(new TreeMap<>(between.groups()), new TreeMap<>());
    all.groups().putAll(rest.to().groups());
    assertEquals(plan.to().groups(), all.groups());
  }

  @Test
  void whatEndedKnowsOfALaterLoss() throws Exception {
    for (String ending : List.of("abort", "finish")) {
      try (Rollout rollout = new Rollout(folder.resolve(ending), plan, deployment)) {
        if (ending.equals("abort")) {
          assertEquals(0, rollout.run("dash", "run", "--until", "w1.start").code());
        } else {
          Rollout.Result done = rollout.run("dash", "run");
          assertEquals(0, done.code(), done.text());
        }
        assertEquals(0, rollout.run("dash", ending).code());
        State before = RolloutTest.read(rollout.state());
        rollout.lose(host);
        Rollout.Result lost = rollout.run("dash", "lost", host, "--as", "li.lei");
        assertEquals(0, lost.code(), lost.text());
        if (ending.equals("abort")) {
          expected(rollout, Side.A);
        } else {
          assertEquals(before, RolloutTest.read(rollout.state()));
        }
      }
    }
  }

  @Test
  void aLossAfterTheLastStepIsFinishedToo() throws Exception {
    try (Rollout rollout = new Rollout(folder, plan, deployment)) {
      assertEquals(0, rollout.run("dash", "run").code());
      rollout.lose(host);
      assertEquals(0, rollout.run("dash", "lost", host, "--as", "li.lei").code());
      assertEquals(0, rollout.run("dash", "finish").code());
      assertEquals(plan.to(), RolloutTest.read(rollout.state()));
    }
  }

  @Test
  void aRunnerAtWorkStopsByItself() throws Exception {
    Release.AbSwitch quick = RolloutTest.abSwitch(ALL_AT_ONCE);
    Release.Drain drain =
        new Release.Drain(
            quick.drain().remaining(), Duration.ofHours(1), quick.drain().kickBudget());
    Release.AbSwitch slow =
        new Release.AbSwitch(
            quick.name(),
            quick.zoneSets(),
            quick.to(),
            quick.waves(),
            quick.soak(),
            drain,
            quick.stopRules(),
            quick.pull(),
            quick.window(),
            Origins.NONE);
    Plan waiting = RolloutTest.plan(fleet, State.EMPTY, slow);
    try (Rollout rollout = new Rollout(folder, waiting, deployment)) {
      rollout.cluster.players("clx-10001-a", 151);
      Process runner = rollout.start("dash", "run");
      while (runner.isAlive()
          && !Files.readString(folder.resolve("output.txt")).contains("players left")) {
        Thread.sleep(20);
      }
      rollout.lose(host);
      Rollout.Result lost = rollout.run("dash", "lost", host);
      assertEquals(0, lost.code(), lost.text());
      assertEquals(75, runner.waitFor(), Files.readString(folder.resolve("output.txt")));
      assertEquals(
          "",
          rollout.cluster.get("node", "", host).path("fence").asText(),
          "nobody said it is off");
      for (Group group : pairsOn(host)) {
        assertEquals(0, replicas(rollout, group, Side.A));
        assertEquals(1, replicas(rollout, group, Side.B));
      }
    }
  }

  @Test
  void loginsThatWereUnderWayGoBack() throws Exception {
    try (Rollout rollout = new Rollout(folder, plan, deployment)) {
      assertEquals(0, rollout.run("dash", "run", "--until", "w1.start").code());
      rollout.lose(host);
      rollout.cluster.breakSwitch(host);
      Rollout.Result half = rollout.run("dash", "run");
      assertEquals(4, half.code(), half.text());
      Rollout.Result lost = rollout.run("dash", "lost", host, "--as", "li.lei");
      assertEquals(0, lost.code(), lost.text());
      for (String carrier : deployment.hosts().keySet()) {
        rollout
            .cluster
            .groups(carrier)
            .forEach((_, text) -> assertTrue(text.contains("bucket_id:0,weight:100"), text));
      }
      Rollout.Result aborted = rollout.run("dash", "abort");
      assertEquals(0, aborted.code(), aborted.text());
      expected(rollout, Side.A);
    }
  }

  @Test
  void aPlanForALostHostStopsIdleSidesBeforeItFences() throws Exception {
    State both;
    try (Rollout rollout = new Rollout(folder.resolve("1"), plan, deployment)) {
      assertEquals(0, rollout.run("dash", "run", "--until", "w1.start").code());
      assertEquals(0, rollout.run("dash", "abort").code());
      both = RolloutTest.read(rollout.state());
    }
    fleet = RolloutTest.fleet(4);
    fleet.hosts().computeIfPresent(host, (_, old) -> Hosts.failed(old));
    deployment = RolloutTest.deployment(fleet, both);
    Release release = new Release.ReplaceHost("power", host, Optional.empty(), Origins.NONE);
    Plan replace = RolloutTest.plan(fleet, both, release);
    List<String> steps = replace.steps().stream().map(Step::id).toList();
    assertTrue(steps.indexOf("stop-idle") >= 0, steps::toString);
    assertTrue(steps.indexOf("stop-idle") < steps.indexOf("fence"), steps::toString);
    try (Rollout rollout = new Rollout(folder.resolve("2"), replace, deployment)) {
      Files.writeString(rollout.state(), StateFile.print(both));
      for (String name : replace.switches()) {
        Path apply = rollout.files().resolve("openvswitch/" + name + "/apply.sh");
        Files.createDirectories(apply.getParent());
        Files.writeString(apply, "exit 0\n");
      }
      assertEquals(0, rollout.run("dash", "approve", "approve", "--as", "x").code());
      Rollout.Result done = rollout.run("dash", "run");
      assertEquals(0, done.code(), done.text());
      assertEquals(0, rollout.run("dash", "finish").code());
      State after = RolloutTest.read(rollout.state());
      for (State.GroupState group : replace.to().groups().values()) {
        assertEquals(0, side(group, group.live().other()).replicas());
      }
      replace.to().groups().forEach((id, to) -> assertEquals(to, after.groups().get(id)));
    }
  }

  // ---- without a person --------------------------------------------------------------------

  private Path fence(Rollout rollout, String script) throws IOException {
    Path power = folder.resolve("power off");
    Files.writeString(power, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(power, PosixFilePermissions.fromString("rwxr-xr-x"));
    Cluster c = deployment.cluster();
    Cluster fencing =
        new Cluster(
            c.name(),
            c.kubernetes(),
            c.kruise(),
            c.kruiseGame(),
            c.gates(),
            c.cni(),
            c.enforce(),
            c.hostPorts(),
            c.networks(),
            List.of(power.toString(), "it's", "$HOME"),
            c.uplink(),
            c.rollouts(),
            c.settings(),
            c.origins());
    Deployment with =
        new Deployment(
            deployment.fleet(),
            deployment.environment(),
            fencing,
            deployment.pools(),
            deployment.hosts(),
            deployment.gateways(),
            deployment.vpcs(),
            deployment.services(),
            deployment.secrets(),
            deployment.games(),
            deployment.policies(),
            deployment.directories(),
            deployment.groups(),
            deployment.workloads());
    for (Artifact file : FenceFiles.of(with, "default/hz/", "state/default.jsonl")) {
      Path path = folder.resolve(file.path());
      Files.createDirectories(path.getParent());
      try (OutputStream out = Files.newOutputStream(path)) {
        file.content().writeTo(out);
      }
    }
    return rollout.files().resolve("../../fence.sh").normalize();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh", "bash --posix"})
  void aWatcherHealsALossInTheMiddleOfAWave(String shell) throws Exception {
    try (Rollout rollout = new Rollout(folder, plan, deployment)) {
      Path calls = folder.resolve("calls");
      Path fence = fence(rollout, "printf '%s|' \"$@\" >>'" + calls + "'\n");
      assertEquals(0, rollout.run(shell, "run", "--until", "w1.start").code());
      assertEquals(3, rollout.run(shell, fence, host).code(), "the node is Ready");
      assertFalse(Files.exists(calls));
      rollout.lose(host);
      Rollout.Result healed = rollout.run(shell, fence, host);
      assertEquals(0, healed.code(), healed.text());
      assertEquals("it's|$HOME|" + host + "|", Files.readString(calls));
      for (Group group : pairsOn(host)) {
        assertEquals(1, replicas(rollout, group, Side.A));
        assertEquals(0, replicas(rollout, group, Side.B));
      }
      assertEquals("NoExecute", rollout.cluster.get("node", "", host).path("fence").asText());
      assertEquals(0, rollout.run(shell, "abort").code());
      expected(rollout, Side.A);
      assertEquals(2, rollout.run(shell, fence, "nobody").code());
    }
  }

  @Test
  void aMachineThatMayStillBeOnIsNotFenced() throws Exception {
    try (Rollout rollout = new Rollout(folder, plan, deployment)) {
      Path fence = fence(rollout, "exit 1\n");
      rollout.lose(host);
      assertEquals(5, rollout.run("dash", fence, host).code());
      assertEquals("", rollout.cluster.get("node", "", host).path("fence").asText());
    }
  }

  @Test
  void pairsOfAnAbortedRolloutLoseTheSideThatTheStateCallsIdle() throws Exception {
    try (Rollout rollout = new Rollout(folder, plan, deployment)) {
      assertEquals(0, rollout.run("dash", "run", "--until", "w1.logins").code());
      assertEquals(0, rollout.run("dash", "abort").code());
      Path fence = fence(rollout, "exit 0\n");
      Files.move(rollout.journal(), folder.resolve("old-journal.jsonl"));
      rollout.lose(host);
      Path state = folder.resolve("elsewhere.jsonl");
      Files.move(rollout.state(), state);
      assertEquals(3, rollout.run("dash", fence, host).code(), "nobody knows the live side");
      Files.move(state, rollout.state());
      Rollout.Result healed = rollout.run("dash", fence, host);
      assertEquals(0, healed.code(), healed.text());
      for (Group group : pairsOn(host)) {
        assertEquals(0, replicas(rollout, group, Side.A));
        assertEquals(1, replicas(rollout, group, Side.B));
      }
    }
  }

  @Test
  void shellcheckHasNothingToSay() throws Exception {
    try (Rollout rollout = new Rollout(folder, plan, deployment)) {
      Process check =
          new ProcessBuilder("shellcheck", fence(rollout, "exit 0\n").toString())
              .redirectErrorStream(true)
              .start();
      String text = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, check.waitFor(), text);
    }
  }
}
