package io.gops.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.fleet.Fleet;
import io.gops.fleet.Practice;
import io.gops.fleet.Release;
import io.gops.plan.Plan;
import io.gops.plan.SampleReleases;
import io.gops.state.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The runner closes zones, replaces their servers and opens zones.
class ZoneRolloutTest {
  @TempDir Path folder;

  private static Fleet with(Fleet fleet, Release release) {
    fleet.releases().clear();
    fleet.releases().put(release.name(), release);
    return fleet;
  }

  private Rollout rollout(Fleet fleet, Plan plan) throws IOException {
    return new Rollout(folder, plan, RolloutTest.deployment(fleet, State.EMPTY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh", "bash --posix"})
  void serversAreReplacedWaveByWave(String shell) throws Exception {
    Release release = SampleReleases.canaryWaves(SampleReleases.trial(), Duration.ofSeconds(1));
    Fleet fleet = with(SampleReleases.withoutPairs(RolloutTest.fleet(3)), release);
    Plan plan = RolloutTest.plan(fleet, State.EMPTY, release);
    try (Rollout rollout = rollout(fleet, plan)) {
      rollout.cluster.players("clx-10001", 1000);
      Rollout.Result full = rollout.run(shell, "run");
      assertEquals(6, full.code(), full.text());
      assertTrue(full.text().contains("150 may be disconnected"), full.text());
      assertEquals("1.8.3", version(rollout, "clx-10001"));
      rollout.cluster.players("clx-10001", 100);
      assertEquals(6, rollout.run(shell, "run").code());
      assertEquals("1.8.4", version(rollout, "clx-10001"));
      assertEquals("1.8.3", version(rollout, "clx-10002"));
      assertEquals(0, rollout.run(shell, "evidence", "w1.smoke", "fine").code());
      assertEquals(6, rollout.run(shell, "run").code());
      assertEquals(0, rollout.run(shell, "approve", "w1.approve", "--as", "x").code());
      assertEquals(6, rollout.run(shell, "run").code());
      assertEquals(0, rollout.run(shell, "evidence", "w2.smoke", "fine").code());
      Rollout.Result done = rollout.run(shell, "run");
      assertEquals(0, done.code(), done.text());
      assertEquals(0, rollout.run(shell, "verify").code());
      assertEquals(0, rollout.run(shell, "finish").code());
      assertEquals(plan.to(), RolloutTest.read(rollout.state()));
    }
  }

  private static String version(Rollout rollout, String set) throws IOException {
    String image =
        rollout
            .cluster
            .get("set", "clx", set)
            .at("/spec/gameServerTemplate/spec/containers/0/image")
            .asText();
    return image.replaceAll(".*engine:([0-9.]+)@.*", "$1");
  }

  @Test
  void replacedServersAreTakenBack() throws Exception {
    Release release = SampleReleases.canaryWaves(Practice.NONE, Duration.ofSeconds(1));
    Fleet fleet = with(SampleReleases.withoutPairs(RolloutTest.fleet(2)), release);
    try (Rollout rollout = rollout(fleet, RolloutTest.plan(fleet, State.EMPTY, release))) {
      assertEquals(0, rollout.run("dash", "run", "--until", "w1.soak").code());
      assertEquals("1.8.4", version(rollout, "clx-10001"));
      Rollout.Result back = rollout.run("dash", "rollback");
      assertEquals(0, back.code(), back.text());
      assertEquals("1.8.3", version(rollout, "clx-10001"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh", "bash --posix"})
  void newZonesOpen(String shell) throws Exception {
    Release release = SampleReleases.openZones(SampleReleases.trial());
    Fleet fleet = with(RolloutTest.fleet(2), release);
    Plan plan = RolloutTest.plan(fleet, State.EMPTY, release);
    try (Rollout rollout = rollout(fleet, plan)) {
      assertEquals(6, rollout.run(shell, "run").code());
      assertEquals(0, replicas(rollout, "clx-10001-a"));
      assertEquals(0, rollout.run(shell, "evidence", "prepare", "revision 7").code());
      assertEquals(6, rollout.run(shell, "run").code());
      assertEquals(1, replicas(rollout, "clx-10001-a"));
      assertEquals(0, replicas(rollout, "clx-10001-b"));
      assertEquals(0, rollout.run(shell, "evidence", "smoke", "fine").code());
      Rollout.Result done = rollout.run(shell, "run");
      assertEquals(0, done.code(), done.text());
      assertEquals(0, rollout.run(shell, "finish").code());
      assertEquals(plan.to(), RolloutTest.read(rollout.state()));
      assertEquals(0, rollout.run(shell, "verify").code());
    }
  }

  private static int replicas(Rollout rollout, String set) throws IOException {
    return rollout.cluster.get("set", "clx", set).at("/spec/replicas").asInt();
  }

  /// Files that the switches of a host are programmed with.
  private static void switches(Rollout rollout, Plan plan) throws IOException {
    Path compiled = rollout.files().resolve("../../openvswitch").normalize();
    for (Path files : List.of(rollout.files().resolve("openvswitch"), compiled)) {
      for (String host : plan.switches()) {
        Files.createDirectories(files.resolve(host));
        Files.writeString(files.resolve(host).resolve("apply.sh"), "exit 0\n");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh", "bash --posix"})
  void aHostIsEmptiedWorkedOnAndReturns(String shell) throws Exception {
    Release release = SampleReleases.drainHost(true, Duration.ofSeconds(1));
    Fleet fleet = with(RolloutTest.fleet(3), release);
    Plan plan = RolloutTest.plan(fleet, State.EMPTY, release);
    try (Rollout rollout = rollout(fleet, plan)) {
      switches(rollout, plan);
      Rollout.Result working = rollout.run(shell, "run");
      assertEquals(6, working.code(), working.text());
      assertTrue(working.text().contains("evidence upgrade"), working.text());
      for (String group : plan.from().groups().keySet()) {
        assertEquals("primary", label(rollout, "hz-g002", group));
        assertEquals("failover", label(rollout, "hz-g001", group));
      }
      assertEquals("true", rollout.cluster.get("node", "", "hz-g001").path("shut").asText());
      assertEquals(0, rollout.run(shell, "evidence", "upgrade", "6.12").code());
      Rollout.Result done = rollout.run(shell, "run");
      assertEquals(0, done.code(), done.text());
      assertEquals("", rollout.cluster.get("node", "", "hz-g001").path("shut").asText());
      assertEquals(0, rollout.run(shell, "finish").code());
      assertEquals(plan.to(), RolloutTest.read(rollout.state()));
    }
  }

  private static String label(Rollout rollout, String node, String group) throws IOException {
    return rollout
        .cluster
        .get("node", "", node)
        .at("/metadata/labels")
        .path("node-restriction.kubernetes.io/gops-" + group)
        .asText();
  }

  @Test
  void anEmptiedHostIsFilledAgainByARollback() throws Exception {
    Release release = SampleReleases.drainHost(false, Duration.ofSeconds(1));
    Fleet fleet = with(RolloutTest.fleet(3), release);
    Plan plan = RolloutTest.plan(fleet, State.EMPTY, release);
    try (Rollout rollout = rollout(fleet, plan)) {
      switches(rollout, plan);
      assertEquals(0, rollout.run("dash", "run").code());
      long programmed = programs(rollout);
      Rollout.Result back = rollout.run("dash", "rollback");
      assertEquals(0, back.code(), back.text());
      assertEquals(2 * programmed, programs(rollout), "switches are as before");
      for (String group : plan.from().groups().keySet()) {
        assertEquals("primary", label(rollout, "hz-g001", group));
        assertEquals("failover", label(rollout, "hz-g002", group));
      }
      assertEquals("", rollout.cluster.get("node", "", "hz-g001").path("shut").asText());
      assertEquals(0, rollout.run("dash", "abort").code());
      assertEquals(plan.from(), RolloutTest.read(rollout.state()));
    }
  }

  private static long programs(Rollout rollout) {
    return rollout.cluster.writes().stream().filter(write -> write.endsWith(" program")).count();
  }

  @Test
  void zonesBecomeOneStepByStep() throws Exception {
    Release release = SampleReleases.mergeZones(Practice.NONE, Duration.ofSeconds(1));
    Fleet fleet = with(RolloutTest.fleet(3), release);
    Plan plan = RolloutTest.plan(fleet, State.EMPTY, release);
    try (Rollout rollout = rollout(fleet, plan)) {
      for (String step : List.of("schema", "backup", "conflicts", "trial")) {
        Rollout.Result waiting = rollout.run("dash", "run");
        assertEquals(6, waiting.code(), waiting.text());
        assertTrue(waiting.text().contains("evidence " + step), waiting.text());
        assertEquals(0, rollout.run("dash", "evidence", step, "as wanted").code());
      }
      assertEquals(6, rollout.run("dash", "run").code());
      assertEquals(0, replicas(rollout, "clx-10001-a"));
      assertEquals(0, rollout.run("dash", "approve", "approve", "--as", "lead").code());
      assertEquals(6, rollout.run("dash", "run").code());
      assertEquals(0, rollout.run("dash", "evidence", "import", "42 rows").code());
      assertEquals(0, rollout.run("dash", "run").code());
      assertEquals(8, rollout.run("dash", "rollback").code());
      assertEquals(0, rollout.run("dash", "run").code());
      assertEquals(0, rollout.run("dash", "finish").code());
      assertEquals(1, replicas(rollout, "clx-10001-a"));
      assertEquals(0, replicas(rollout, "clx-10002-a"));
      assertEquals(plan.to(), RolloutTest.read(rollout.state()));
    }
  }
}
