package io.gops.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gops.fleet.Fleet;
import io.gops.fleet.Release;
import io.gops.plan.Plan;
import io.gops.state.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two machines with the same plan are two journals that ask one cluster.
class LeaseTest {
  private static final String NAME = "gopsc-default-next";

  @TempDir Path folder;
  private final Fleet fleet = RolloutTest.fleet(1);
  private final Plan plan =
      RolloutTest.plan(fleet, State.EMPTY, RolloutTest.abSwitch(RolloutTest.ONE_BY_ONE));

  private Rollout rollout() throws IOException {
    Rollout rollout = new Rollout(folder, plan, RolloutTest.deployment(fleet, State.EMPTY));
    rollout.set("GOPS_LEASE_SECONDS", "3");
    return rollout;
  }

  private static void heldBy(Rollout rollout, String holder, String time) throws IOException {
    ObjectNode lease = new ObjectMapper().createObjectNode();
    lease
        .putObject("spec")
        .put("holderIdentity", holder)
        .put("leaseDurationSeconds", 1)
        .put("renewTime", time);
    rollout.cluster.put("lease", "default", NAME, lease);
  }

  private static String holder(Rollout rollout) throws IOException {
    JsonNode lease = rollout.cluster.get("lease", "default", NAME);
    return lease.at("/spec/holderIdentity").asText();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh", "bash --posix"})
  void itIsHeldWhileStepsAreCarriedOutAndGivenBack(String shell) throws Exception {
    try (Rollout rollout = rollout()) {
      rollout.cluster.players("clx-10001-a", 5);
      Process runner = rollout.start(shell, "run", "--until", "w1.drain");
      while (!Files.exists(rollout.journal())) {
        Thread.sleep(10);
      }
      assertTrue(holder(rollout).endsWith(rollout.journal().toString()), holder(rollout));
      assertEquals(0, runner.waitFor(), Files.readString(rollout.output()));
      assertEquals("", holder(rollout));
    }
  }

  @Test
  void aRunnerOfAnotherMachineThatGivesSignsOfLifeIsLeftAlone() throws Exception {
    try (Rollout rollout = rollout()) {
      heldBy(rollout, "other:/journal", "2026-11-22T04:00:00.000000Z");
      Process waiting = rollout.start("dash", "run");
      while (!Files.readString(rollout.output()).contains("watching")) {
        Thread.sleep(10);
      }
      heldBy(rollout, "other:/journal", "2026-11-22T04:00:20.000000Z");
      assertEquals(75, waiting.waitFor(), Files.readString(rollout.output()));
      assertFalse(Files.exists(rollout.journal()));
      assertEquals("other:/journal", holder(rollout));
    }
  }

  @Test
  void oneThatGivesNoneIsFollowedAndTheJournalSaysSo() throws Exception {
    try (Rollout rollout = rollout()) {
      heldBy(rollout, "other:/journal", "2026-11-22T04:00:00.000000Z");
      Rollout.Result result = rollout.run("dash", "run", "--until", "w1.prepare");
      assertEquals(0, result.code(), result.text());
      assertTrue(
          Files.readString(rollout.journal())
              .contains("taken from other:/journal, last seen 2026-11-22T04:00:00.000000Z"));
    }
  }

  @Test
  void theSameMachineGoesOnAtOnceAfterSigkill() throws Exception {
    try (Rollout rollout = rollout()) {
      rollout.set("GOPS_LEASE_SECONDS", "600");
      rollout.cluster.players("clx-10001-a", 5);
      Process runner = rollout.start("dash", "run");
      while (!Files.exists(rollout.journal())) {
        Thread.sleep(10);
      }
      runner.destroyForcibly().waitFor();
      assertFalse(holder(rollout).isEmpty());
      assertEquals(0, rollout.run("dash", "run", "--until", "w1.prepare").code());
      assertFalse(Files.readString(rollout.journal()).contains("taken from"));
    }
  }

  /// The lease went to somebody else while this runner could not renew it.
  @Test
  void aRunnerThatLostItsLeaseActsNoMore() throws Exception {
    Release.AbSwitch quick = RolloutTest.abSwitch(RolloutTest.ONE_BY_ONE);
    Release watched =
        new Release.AbSwitch(
            quick.name(),
            quick.zoneSets(),
            quick.to(),
            quick.waves(),
            Duration.ofMinutes(5),
            quick.drain(),
            quick.stopRules(),
            quick.pull(),
            quick.window(),
            quick.origins());
    Plan slow = RolloutTest.plan(fleet, State.EMPTY, watched);
    try (Rollout rollout = new Rollout(folder, slow, RolloutTest.deployment(fleet, State.EMPTY))) {
      rollout.set("GOPS_LEASE_SECONDS", "3");
      Process runner = rollout.start("dash", "run", "--until", "w1.soak");
      while (!Files.exists(rollout.journal())) {
        Thread.sleep(10);
      }
      heldBy(rollout, "other:/journal", "2026-11-22T04:00:00.000000Z");
      int code = runner.waitFor();
      String said = Files.readString(rollout.output());
      assertEquals(75, code, said);
      assertTrue(said.contains("could not be renewed"), said);
      assertEquals("other:/journal", holder(rollout), "nobody takes away what another one holds");
    }
  }
}
