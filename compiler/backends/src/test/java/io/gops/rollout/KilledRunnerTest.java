package io.gops.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gops.fleet.Fleet;
import io.gops.fleet.Percent;
import io.gops.fleet.Release;
import io.gops.plan.Plan;
import io.gops.state.State;
import io.gops.state.TemplateHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Runners are ended with SIGKILL, `-Dgops.kills=300` of them in all, a third in each shell, and
/// started again until the plan is carried out. Nothing may happen twice, and the journal must stay
/// one chain of whole lines.
class KilledRunnerTest {
  private static final int SHELLS = 3;
  private static final int KILLS = Integer.getInteger("gops.kills", 45) / SHELLS;

  /// A plan that is killed more often than this would be killed in the same places again.
  private static final int IN_ONE_PLAN = 12;

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final Random random = new Random(7);
  private int kills;

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh", "bash --posix"})
  void nothingHappensTwice(String shell) throws Exception {
    Fleet fleet = RolloutTest.fleet(2);
    Plan plan =
        RolloutTest.plan(
            fleet, State.EMPTY, RolloutTest.abSwitch(new Release.Waves(0, new Percent(10_000), 5)));
    for (int round = 1; kills < KILLS; round++) {
      Path there = Files.createDirectories(folder.resolve(Integer.toString(round)));
      try (Rollout rollout = new Rollout(there, plan, RolloutTest.deployment(fleet, State.EMPTY))) {
        carryOut(rollout, shell, "run", Math.min(kills + IN_ONE_PLAN, KILLS));
        carryOut(rollout, shell, "finish", Math.min(kills + 1, KILLS));
        Set<String> seen = new HashSet<>();
        for (String write : rollout.cluster.writes()) {
          assertTrue(seen.add(write), "twice: " + write);
        }
        assertEquals(0, rollout.run(shell, "verify").code());
        assertEquals(plan.to(), RolloutTest.read(rollout.state()));
        isWhole(rollout.journal());
      }
    }
    assertEquals(KILLS, kills);
  }

  /// Starts a verb again and again until it comes to its end.
  private void carryOut(Rollout rollout, String shell, String verb, int most) throws Exception {
    while (true) {
      Process process = rollout.start(shell, verb);
      boolean ended = kills == most || !isKilled(process, rollout);
      if (ended) {
        assertEquals(0, process.waitFor(), Files.readString(rollout.output()));
        return;
      }
      kills++;
    }
  }

  /// Some moments after its start or after its next write, so that it is in the middle of something
  /// on a slow machine and on a fast one; alone, or with the command that it waits for.
  ///
  /// @return false when it came to its end first
  private boolean isKilled(Process process, Rollout rollout) throws InterruptedException {
    if (random.nextInt(4) > 0) {
      int before = rollout.cluster.writes().size();
      while (process.isAlive() && rollout.cluster.writes().size() == before) {
        process.waitFor(1, TimeUnit.MILLISECONDS);
      }
    }
    if (process.waitFor(random.nextInt(120), TimeUnit.MILLISECONDS)) {
      return false;
    }
    if (random.nextBoolean()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
    }
    process.destroyForcibly();
    return process.waitFor() != 0;
  }

  /// Each line is JSON, numbered, and has the hash of the line before it.
  private static void isWhole(Path journal) throws IOException {
    String text = Files.readString(journal);
    assertTrue(text.endsWith("\n"), "the last line is cut off");
    List<String> lines = text.lines().toList();
    String previous = "none";
    for (int i = 0; i < lines.size(); i++) {
      JsonNode line = JSON.readTree(lines.get(i));
      assertEquals(i + 1, line.get("n").asInt());
      assertEquals(previous, line.get("prev").asText(), "line " + (i + 1));
      previous = TemplateHash.of(lines.get(i)).substring("sha256:".length());
    }
  }
}
