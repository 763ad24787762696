package io.gops.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.gops.allocate.Assignments;
import io.gops.allocate.Lock;
import io.gops.deployment.Deployment;
import io.gops.deployment.SampleDeployment;
import io.gops.deployment.SampleFleet;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Fleet;
import io.gops.fleet.Percent;
import io.gops.fleet.Release;
import io.gops.fleet.Side;
import io.gops.plan.Plan;
import io.gops.plan.PlanJson;
import io.gops.plan.Planner;
import io.gops.plan.SamplePods;
import io.gops.source.Origins;
import io.gops.source.SourceFile;
import io.gops.state.State;
import io.gops.state.StateFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutTest {
  @TempDir Path folder;

  static Fleet fleet(int zones) {
    Fleet fleet = SampleFleet.of(zones);
    // Directories have a tier of their own, with a real etcd.
    fleet.directories().clear();
    return fleet;
  }

  static Deployment deployment(Fleet fleet, State state) {
    return SampleDeployment.of(fleet, state, new Assignments(Lock.EMPTY));
  }

  static Release.AbSwitch abSwitch(Release.Waves waves) {
    Release.Drain drain =
        new Release.Drain(
            List.of(
                new Release.Drain.Remaining(Duration.ZERO, Percent.ALL),
                new Release.Drain.Remaining(Duration.ofSeconds(1), new Percent(100))),
            Duration.ofSeconds(1),
            new Percent(500));
    return new Release.AbSwitch(
        "next",
        List.of("clx-main"),
        "1.8.4",
        waves,
        Duration.ofSeconds(1),
        drain,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Origins.NONE);
  }

  private static Release.HotReload hotReload() {
    return new Release.HotReload(
        "hot",
        List.of("clx-main"),
        "1.8.3-hot1",
        new Release.Waves(1, new Percent(10_000), 5),
        Duration.ofSeconds(1),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Origins.NONE);
  }

  private static Optional<Plan> plan(Fleet fleet, State state, Release release, Diagnostics found) {
    return new Planner(
            deployment(fleet, state), state, new SamplePods(), SamplePods.steering(), found)
        .plan(release);
  }

  static Plan plan(Fleet fleet, State state, Release release) {
    return plan(fleet, state, release, new Diagnostics()).orElseThrow();
  }

  static State read(Path file) throws IOException {
    Diagnostics found = new Diagnostics();
    String text = Files.readString(file);
    State state = StateFile.read(new SourceFile("state.jsonl", text), found);
    assertFalse(found.hasErrors(), text);
    assertEquals(StateFile.print(state), text, "the state file is not canonical");
    return state;
  }

  static final Release.Waves ONE_BY_ONE = new Release.Waves(1, new Percent(10_000), 1);

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh", "bash --posix"})
  void anAbSwitchRunsToItsEndInEveryShell(String shell) throws Exception {
    Fleet fleet = fleet(3);
    Release release = abSwitch(ONE_BY_ONE);
    Plan plan = plan(fleet, State.EMPTY, release);
    try (Rollout rollout = new Rollout(folder, plan, deployment(fleet, State.EMPTY))) {
      Rollout.Result waiting = rollout.run(shell, "run");
      assertEquals(6, waiting.code(), waiting.text());
      assertEquals(0, rollout.run(shell, "approve", "w1.approve", "--as", "li.lei").code());
      Rollout.Result done = rollout.run(shell, "run");
      assertEquals(0, done.code(), done.text());
      assertEquals(0, rollout.run(shell, "verify").code());
      Rollout.Result finished = rollout.run(shell, "finish");
      assertEquals(0, finished.code(), finished.text());
      assertEquals(plan.to(), read(rollout.state()));
      JsonNode set = rollout.cluster.get("set", "clx", "clx-10002-a");
      assertEquals(0, set.at("/spec/replicas").asInt());
      assertTrue(
          set.at("/spec/gameServerTemplate/spec/containers/0/image")
              .asText()
              .contains("engine:1.8.4"));
      assertTrue(
          rollout
              .cluster
              .groups("hz-g001")
              .getOrDefault("10002", "")
              .contains("bucket_id:1,weight:100"));
      Diagnostics found = new Diagnostics();
      assertEquals(Optional.empty(), plan(fleet, read(rollout.state()), release, found));
      assertEquals(List.of(Code.GOPS5502), found.sorted().stream().map(Diagnostic::code).toList());
    }
  }

  @Test
  void afterAnAbortTheRestIsPlanned() throws Exception {
    Fleet fleet = fleet(3);
    Release release = abSwitch(ONE_BY_ONE);
    Plan plan = plan(fleet, State.EMPTY, release);
    Plan rest;
    try (Rollout rollout = new Rollout(folder.resolve("1"), plan, deployment(fleet, State.EMPTY))) {
      Rollout.Result half = rollout.run("dash", "run", "--until", "w1.logins");
      assertEquals(0, half.code(), half.text());
      Rollout.Result aborted = rollout.run("dash", "abort");
      assertEquals(0, aborted.code(), aborted.text());
      assertEquals(9, rollout.run("dash", "run").code());
      State between = read(rollout.state());
      assertEquals("B", between.groups().get("10001").live().name());
      rest = plan(fleet, between, release);
      State all = new State(new TreeMap<>(between.groups()), new TreeMap<>());
      all.groups().putAll(rest.to().groups());
      assertEquals(plan.to().groups(), all.groups());
      Files.createDirectories(folder.resolve("2"));
      try (Rollout second = new Rollout(folder.resolve("2"), rest, deployment(fleet, between))) {
        second.set("GOPS_STATE", rollout.state().toString());
        assertEquals(6, second.run("dash", "run").code());
        assertEquals(0, second.run("dash", "approve", "w1.approve", "--as", "x").code());
        Rollout.Result done = second.run("dash", "run");
        assertEquals(0, done.code(), done.text());
        Rollout.Result finished = second.run("dash", "finish");
        assertEquals(0, finished.code(), finished.text());
        assertEquals(plan.to().groups(), read(rollout.state()).groups());
      }
    }
  }

  @Test
  void aHotUpdateKeepsEveryPod() throws Exception {
    Fleet fleet = fleet(2);
    Plan plan = plan(fleet, State.EMPTY, hotReload());
    try (Rollout rollout = new Rollout(folder, plan, deployment(fleet, State.EMPTY))) {
      assertEquals(0, rollout.run("dash", "run", "--until", "w1.soak").code());
      assertEquals(0, rollout.run("dash", "approve", "w1.approve", "--as", "x").code());
      Rollout.Result done = rollout.run("dash", "run");
      assertEquals(0, done.code(), done.text());
      assertEquals(0, rollout.run("dash", "finish").code());
      assertEquals(plan.to(), read(rollout.state()));
    }
  }

  @Test
  void whatWasDoneIsTakenBack() throws Exception {
    Fleet fleet = fleet(2);
    Plan plan = plan(fleet, State.EMPTY, abSwitch(ONE_BY_ONE));
    try (Rollout rollout = new Rollout(folder, plan, deployment(fleet, State.EMPTY))) {
      JsonNode before = rollout.cluster.get("set", "clx", "clx-10001-b");
      assertEquals(0, rollout.run("dash", "run", "--until", "w1.soak").code());
      Rollout.Result back = rollout.run("dash", "rollback");
      assertEquals(0, back.code(), back.text());
      assertEquals(before, rollout.cluster.get("set", "clx", "clx-10001-b"));
      assertTrue(
          rollout
              .cluster
              .groups("hz-g001")
              .getOrDefault("10001", "")
              .contains("bucket_id:0,weight:100"));
      Rollout.Result aborted = rollout.run("dash", "abort");
      assertEquals(0, aborted.code(), aborted.text());
      assertEquals(plan.from(), read(rollout.state()));
    }
  }

  @Test
  void aClusterThatIsNotAsExpectedStopsTheRunner() throws Exception {
    Fleet fleet = fleet(1);
    Plan plan = plan(fleet, State.EMPTY, abSwitch(ONE_BY_ONE));
    try (Rollout rollout = new Rollout(folder, plan, deployment(fleet, State.EMPTY))) {
      JsonNode set = rollout.cluster.get("set", "clx", "clx-10001-b");
      ((ObjectNode) set.at("/spec/gameServerTemplate/spec/containers/0"))
          .put("image", "somebody/else:1");
      rollout.cluster.put("set", "clx", "clx-10001-b", set);
      Rollout.Result result = rollout.run("dash", "run");
      assertEquals(4, result.code(), result.text());
      assertEquals(List.of(), rollout.cluster.writes());
    }
  }

  @Test
  void moreKicksThanAllowedWaitForAnApproval() throws Exception {
    Fleet fleet = fleet(1);
    Plan plan = plan(fleet, State.EMPTY, abSwitch(ONE_BY_ONE));
    try (Rollout rollout = new Rollout(folder, plan, deployment(fleet, State.EMPTY))) {
      rollout.cluster.players("clx-10001-a", 151);
      Rollout.Result result = rollout.run("dash", "run");
      assertEquals(6, result.code(), result.text());
      assertTrue(result.text().contains("151 players left, 150 may be disconnected"));
      rollout.cluster.players("clx-10001-a", 150);
      assertEquals(0, rollout.run("dash", "run").code());
    }
  }

  @Test
  void aPlanThatDoesNotFitTheStateIsRefused() throws Exception {
    Fleet fleet = fleet(1);
    Plan plan = plan(fleet, State.EMPTY, abSwitch(ONE_BY_ONE));
    try (Rollout rollout = new Rollout(folder, plan, deployment(fleet, State.EMPTY))) {
      Files.writeString(rollout.state(), StateFile.print(plan.to()));
      assertEquals(9, rollout.run("dash", "run").code());
      Files.delete(rollout.state());
      Path table = rollout.files().resolve("steps.tsv");
      Files.writeString(table, Files.readString(table).replace("\t3000", "\t9999") + "\n");
      assertEquals(9, rollout.run("dash", "status").code());
    }
  }

  /// What is half taken back is half done: after a rollback that was killed the plan can be carried
  /// out again, or left as it is with a state that is true.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aKilledRollbackLeavesAPlanThatGoesOn(long seed) throws Exception {
    Random random = new Random(seed);
    Fleet fleet = fleet(2);
    Plan plan = plan(fleet, State.EMPTY, abSwitch(new Release.Waves(0, new Percent(10_000), 5)));
    try (Rollout rollout = new Rollout(folder, plan, deployment(fleet, State.EMPTY))) {
      assertEquals(0, rollout.run("dash", "run", "--until", "w1.soak").code());
      for (int kill = 0; kill <= seed; kill++) {
        assertTrue(diesAfterAWrite(rollout.start("dash", "rollback"), rollout, random));
      }
      if (seed % 2 == 0) {
        Rollout.Result done = rollout.run("dash", "run");
        assertEquals(0, done.code(), done.text());
        assertEquals(0, rollout.run("dash", "finish").code());
        assertEquals(plan.to(), read(rollout.state()));
      } else if (rollout.run("dash", "abort").code() == 0) {
        isTrue(read(rollout.state()), rollout);
      } else {
        assertEquals(0, rollout.run("dash", "rollback").code());
        assertEquals(0, rollout.run("dash", "abort").code());
        assertEquals(plan.from(), read(rollout.state()));
      }
    }
  }

  private static void isTrue(State state, Rollout rollout) throws IOException {
    for (String group : state.groups().keySet()) {
      State.GroupState said = state.groups().get(group);
      for (Side side : said.sides().keySet()) {
        JsonNode set = rollout.cluster.get("set", "clx", "clx-" + group + "-" + side.label());
        State.SideState of = said.sides().get(side);
        String image = set.at("/spec/gameServerTemplate/spec/containers/0/image").asText();
        assertEquals(of.replicas(), set.at("/spec/replicas").asInt(), group + side);
        assertTrue(image.contains("engine:" + of.version()), group + side + " " + image);
      }
    }
  }

  /// Kills a runner some moments after its next write, so that it is in the middle of something on
  /// a slow machine and on a fast one.
  ///
  /// @return false when it came to its end first
  private static boolean diesAfterAWrite(Process process, Rollout rollout, Random random)
      throws InterruptedException {
    int before = rollout.cluster.writes().size();
    while (process.isAlive() && rollout.cluster.writes().size() == before) {
      process.waitFor(1, TimeUnit.MILLISECONDS);
    }
    if (process.waitFor(random.nextInt(60), TimeUnit.MILLISECONDS)) {
      return false;
    }
    process.destroyForcibly();
    process.waitFor();
    return true;
  }

  @Test
  void shellcheckHasNothingToSay() throws Exception {
    Plan plan = plan(fleet(1), State.EMPTY, abSwitch(ONE_BY_ONE));
    try (Rollout rollout = new Rollout(folder, plan, deployment(fleet(1), State.EMPTY))) {
      Process check =
          new ProcessBuilder("shellcheck", rollout.files().resolve("rollout.sh").toString())
              .redirectErrorStream(true)
              .start();
      String text = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, check.waitFor(), text);
    }
  }

  @Test
  void thePlanFollowsItsSchema() throws Exception {
    Path file = Path.of(System.getProperty("gops.root"), "docs/schemas/plan.schema.json");
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(file));
    ObjectMapper json = new ObjectMapper();
    for (Release release : List.of(abSwitch(ONE_BY_ONE), hotReload())) {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      PlanJson.print(plan(SampleFleet.of(2), State.EMPTY, release)).writeTo(text);
      assertEquals(Set.of(), schema.validate(json.readTree(text.toByteArray())));
    }
  }

  @Test
  void theHostIsReplaced() throws Exception {
    Fleet fleet = fleet(2);
    fleet.hosts().computeIfPresent("hz-g001", (_, host) -> Hosts.failed(host));
    Deployment deployment = deployment(fleet, State.EMPTY);
    Release release = new Release.ReplaceHost("power", "hz-g001", Optional.empty(), Origins.NONE);
    Plan plan = plan(fleet, State.EMPTY, release);
    try (Rollout rollout = new Rollout(folder, plan, deployment)) {
      for (String host : plan.switches()) {
        Path apply = rollout.files().resolve("openvswitch/" + host + "/apply.sh");
        Files.createDirectories(apply.getParent());
        Files.writeString(apply, "exit 0\n");
      }
      assertEquals(6, rollout.run("dash", "run").code());
      assertEquals(0, rollout.run("dash", "approve", "approve", "--as", "x").code());
      Rollout.Result done = rollout.run("dash", "run");
      assertEquals(0, done.code(), done.text());
      assertEquals(8, rollout.run("dash", "rollback").code());
      assertEquals(0, rollout.run("dash", "finish").code());
      assertEquals(plan.to(), read(rollout.state()));
    }
  }
}
