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
import java.nio.file.Path;
import java.time.Duration;
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
}
