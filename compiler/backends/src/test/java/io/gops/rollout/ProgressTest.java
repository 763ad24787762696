package io.gops.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gops.fleet.Fleet;
import io.gops.plan.Plan;
import io.gops.state.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the runner says while it works, and what it would do.
class ProgressTest {
  @TempDir Path folder;
  private final Fleet fleet = RolloutTest.fleet(1);
  private final Plan plan =
      RolloutTest.plan(fleet, State.EMPTY, RolloutTest.abSwitch(RolloutTest.ONE_BY_ONE));

  private Rollout rollout() throws IOException {
    return new Rollout(folder, plan, RolloutTest.deployment(fleet, State.EMPTY));
  }

  @Test
  void aTerminalShowsHowFarItIs() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "no script of util-linux");
    try (Rollout rollout = rollout()) {
      Path terminal = folder.resolve("terminal.sh");
      Files.writeString(
          terminal,
          "exec script -qec \"sh '"
              + rollout.files().resolve("rollout.sh")
              + "' run\" /dev/null\n");
      Process process = rollout.start("sh", terminal, "terminal.txt");
      assertEquals(0, process.waitFor());
      String text = Files.readString(folder.resolve("terminal.txt"), StandardCharsets.UTF_8);
      int all = plan.steps().size();
      assertTrue(text.contains("\r\u001b[K0 of " + all + " steps, w1.prepare: "), text);
      assertTrue(text.contains(" to go, at most "), text);
    }
  }

  @Test
  void aFileShowsNone() throws Exception {
    try (Rollout rollout = rollout()) {
      Rollout.Result done = rollout.run("dash", "run");
      assertEquals(0, done.code(), done.text());
      assertFalse(done.text().contains("\r"), done.text());
    }
  }

  @Test
  void aRollbackIsSaidBeforeItHappens() throws Exception {
    try (Rollout rollout = rollout()) {
      assertEquals(0, rollout.run("dash", "run", "--until", "w1.logins").code());
      List<String> writes = rollout.cluster.writes();
      String journal = Files.readString(rollout.journal());
      Rollout.Result said = rollout.run("dash", "rollback", "--dry-run");
      assertEquals(0, said.code(), said.text());
      assertTrue(said.text().contains("would send logins of 10001 from b to a"), said.text());
      assertTrue(said.text().contains("from 1 to 0"), said.text());
      assertEquals(writes, rollout.cluster.writes());
      assertEquals(journal, Files.readString(rollout.journal()));
      assertEquals(2, rollout.run("dash", "finish", "--dry-run").code());
    }
  }
}
