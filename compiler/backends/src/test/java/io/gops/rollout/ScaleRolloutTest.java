package io.gops.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.deployment.Group;
import io.gops.diagnostic.Diagnostics;
import io.gops.plan.Plan;
import io.gops.plan.SampleLobbies;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The runner starts additional servers, and stops those on hosts that are given up.
class ScaleRolloutTest {
  @TempDir Path folder;

  private Rollout rollout(SampleLobbies lobbies, Plan plan) throws IOException {
    return new Rollout(folder, plan, lobbies.deployment());
  }

  private static Plan plan(SampleLobbies lobbies) {
    return lobbies.plan("number", new Diagnostics()).orElseThrow();
  }

  /// The pods of a set that are on none of the first hosts of their group.
  private static List<String> beyond(
      SampleLobbies lobbies, Rollout rollout, String group, int staying) {
    Set<String> hosts =
        Set.copyOf(
            lobbies.deployment().group(group).placements().stream()
                .limit(staying)
                .map(Group.Placement::primary)
                .toList());
    return rollout.cluster.hosts("go-" + group).entrySet().stream()
        .filter(pod -> !hosts.contains(pod.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh", "bash --posix"})
  void gatesStartAndHallsThatPlayersLeftStop(String shell) throws Exception {
    SampleLobbies lobbies = SampleLobbies.grown(4, 2, 2, 4);
    Plan plan = plan(lobbies);
    try (Rollout rollout = rollout(lobbies, plan)) {
      List<String> leaving = beyond(lobbies, rollout, "101-hall", 2);
      assertEquals(2, leaving.size(), rollout.cluster.hosts("go-101-hall").toString());
      rollout.cluster.players("go-101-hall", 300);
      leaving.forEach(pod -> rollout.cluster.players(pod, 20));
      assertEquals(6, rollout.run(shell, "run").code());
      assertEquals(0, rollout.run(shell, "evidence", "prepare", "revision 7").code());
      Rollout.Result full = rollout.run(shell, "run");
      assertEquals(6, full.code(), full.text());
      assertTrue(
          full.text().contains("go-101-hall: 40 players left, 25 may be disconnected"),
          full.text());
      assertEquals(4, rollout.cluster.hosts("go-101-gate").size());
      assertEquals(4, rollout.cluster.hosts("go-101-hall").size());
      leaving.forEach(pod -> rollout.cluster.players(pod, 10));
      Rollout.Result done = rollout.run(shell, "run");
      assertEquals(0, done.code(), done.text());
      assertEquals(List.of(), beyond(lobbies, rollout, "101-hall", 2));
      assertEquals(2, rollout.cluster.hosts("go-102-hall").size());
      assertEquals(0, rollout.run(shell, "verify").code());
      assertEquals(0, rollout.run(shell, "finish").code());
      assertEquals(plan.to(), RolloutTest.read(rollout.state()));
    }
  }

  @Test
  void whatWasToldToGoMayStayAgain() throws Exception {
    SampleLobbies lobbies = SampleLobbies.grown(2, 2, 2, 4);
    Plan plan = plan(lobbies);
    try (Rollout rollout = rollout(lobbies, plan)) {
      Map<String, String> before = rollout.cluster.hosts("go-101-hall");
      assertEquals(0, rollout.run("dash", "run", "--until", "drain").code());
      assertEquals(4, told(rollout, "WaitToBeDeleted"));
      Rollout.Result back = rollout.run("dash", "rollback");
      assertEquals(0, back.code(), back.text());
      assertEquals(4, told(rollout, "None"));
      assertEquals(before, rollout.cluster.hosts("go-101-hall"));
      assertEquals(0, rollout.run("dash", "abort").code());
      assertEquals(plan.from(), RolloutTest.read(rollout.state()));
    }
  }

  private static long told(Rollout rollout, String state) {
    return rollout.cluster.writes().stream().filter(write -> write.endsWith(" " + state)).count();
  }

  @Test
  void additionalServersAreEmptiedBeforeTheyStopAgain() throws Exception {
    SampleLobbies lobbies = SampleLobbies.grown(4, 2, 2, 2);
    Plan plan = plan(lobbies);
    try (Rollout rollout = rollout(lobbies, plan)) {
      assertEquals(6, rollout.run("dash", "run").code());
      assertEquals(0, rollout.run("dash", "evidence", "prepare", "revision 7").code());
      assertEquals(0, rollout.run("dash", "run").code());
      rollout.cluster.players("go-101-gate", 5);
      Rollout.Result back = rollout.run("dash", "rollback");
      assertEquals(0, back.code(), back.text());
      assertTrue(back.text().contains("10 players left"), back.text());
      assertEquals(List.of(), beyond(lobbies, rollout, "101-gate", 2));
      assertEquals(2, rollout.cluster.hosts("go-101-gate").size());
    }
  }

  @Test
  void serversThatOperationsWorkOnAreNotSentAway() throws Exception {
    SampleLobbies lobbies = SampleLobbies.grown(2, 2, 2, 4);
    try (Rollout rollout = rollout(lobbies, plan(lobbies))) {
      String busy = beyond(lobbies, rollout, "101-hall", 2).getFirst();
      rollout.cluster.say(busy, "Maintaining");
      Rollout.Result refused = rollout.run("dash", "run");
      assertEquals(4, refused.code(), refused.text());
      assertTrue(refused.text().contains("somebody says something else"), refused.text());
    }
  }
}
