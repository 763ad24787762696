package io.gops.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.fleet.Fleet;
import io.gops.fleet.Percent;
import io.gops.fleet.Practice;
import io.gops.fleet.Release;
import io.gops.plan.Plan;
import io.gops.plan.Step;
import io.gops.source.Origins;
import io.gops.state.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What people do around a release: the runner waits for them and keeps what they write down.
class PeopleStepsTest {
  private static final Fleet FLEET = RolloutTest.fleet(1);

  @TempDir Path folder;

  private static Practice.Manual failover(Optional<String> undo, Optional<String> lastChance) {
    return new Practice.Manual(
        "fail the database over",
        "lag before and after",
        Optional.of("dba"),
        Duration.ofMinutes(20),
        undo,
        lastChance,
        Origins.NONE);
  }

  private static Plan plan(List<Practice.Deed> before, List<Practice.Deed> after, String smoke) {
    Release.AbSwitch simple = RolloutTest.abSwitch(new Release.Waves(0, Percent.ALL, 1));
    Optional<String> trial = smoke.isEmpty() ? Optional.empty() : Optional.of(smoke);
    return RolloutTest.plan(
        FLEET,
        State.EMPTY,
        new Release.AbSwitch(
            simple.name(),
            simple.zoneSets(),
            simple.to(),
            simple.waves(),
            simple.soak(),
            simple.drain(),
            List.of(),
            Optional.empty(),
            new Practice(before, after, trial),
            Optional.empty(),
            Origins.NONE));
  }

  private Rollout rollout(Plan plan) throws Exception {
    return new Rollout(folder, plan, RolloutTest.deployment(FLEET, State.EMPTY));
  }

  private static Practice.Announce announce(String text, int seconds) {
    return new Practice.Announce(text, Duration.ofSeconds(seconds), Origins.NONE);
  }

  private static Practice.Confirm confirm() {
    return new Practice.Confirm("billing knows 1.8.4", "billing", Origins.NONE);
  }

  @Test
  void stepsStandInTheOrderWritten() {
    Plan plan =
        plan(
            List.of(
                announce("soon", 900),
                confirm(),
                announce("now", 300),
                failover(Optional.empty(), Optional.empty())),
            List.of(announce("open", 0)),
            "log in");
    List<Step> steps = plan.steps();
    assertEquals(
        List.of("before.1-announce", "before.2-confirm", "before.3-announce", "before.4-manual"),
        steps.stream().map(Step::id).limit(4).toList());
    assertEquals("after.1-announce", steps.getLast().id());
    assertEquals(
        List.of(600L, 0L, 300L, 0L),
        steps.stream().map(s -> s.hold().toSeconds()).limit(4).toList());
    assertEquals(
        List.of("sre-clx", "billing", "sre-clx", "dba"),
        steps.stream().flatMap(s -> s.approver().stream()).limit(4).toList());
    List<String> ids = steps.stream().map(Step::id).toList();
    assertEquals(ids.indexOf("w1.logins") - 1, ids.indexOf("w1.smoke"));
    assertTrue(ids.indexOf("w1.start") < ids.indexOf("w1.smoke"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh", "bash --posix"})
  void theRunnerWaitsForEachPerson(String shell) throws Exception {
    Plan plan =
        plan(
            List.of(announce("Wartung in Kürze; 维护", 0), confirm()),
            List.of(failover(Optional.of("fail back"), Optional.empty())),
            "log in");
    try (Rollout rollout = rollout(plan)) {
      waits(rollout, shell, "before.1-announce");
      assertEquals(2, rollout.run(shell, "evidence", "before.1-announce", " ").code());
      assertEquals(2, rollout.run(shell, "evidence", "w1.start", "text").code());
      write(rollout, shell, "before.1-announce", "in the \"forum\"\nand $(id) `id` ; in game");
      waits(rollout, shell, "before.2-confirm");
      Path report = Files.writeString(folder.resolve("report.txt"), "looked at\tinvoices\n");
      Rollout.Result noted =
          rollout.run(
              shell, "evidence", "before.2-confirm", "--file", report.toString(), "--as", "zhao");
      assertEquals(0, noted.code(), noted.text());
      waits(rollout, shell, "w1.smoke");
      assertTrue(rollout.cluster.groups("hz-g001").isEmpty(), "players came in before the trial");
      write(rollout, shell, "w1.smoke", "fine");
      waits(rollout, shell, "after.1-manual");
      write(rollout, shell, "after.1-manual", "lag 0 s");
      Rollout.Result done = rollout.run(shell, "run");
      assertEquals(0, done.code(), done.text());
      assertEquals(0, rollout.run(shell, "finish").code());
      assertEquals(plan.to(), RolloutTest.read(rollout.state()));
      String journal = Files.readString(rollout.journal());
      assertTrue(journal.contains("\"note\":\"in the forum and $(id) `id` ; in game\""), journal);
      assertTrue(journal.contains("\"actor\":\"zhao\""), journal);
      assertTrue(journal.contains("\"note\":\"looked at invoices\""), journal);
      assertEquals(0, rollout.run(shell, "verify").code(), "the journal does not hold");
    }
  }

  private static void waits(Rollout rollout, String shell, String step) throws Exception {
    Rollout.Result waiting = rollout.run(shell, "run");
    assertEquals(6, waiting.code(), waiting.text());
    assertTrue(waiting.text().contains("evidence " + step), waiting.text());
  }

  private static void write(Rollout rollout, String shell, String step, String text)
      throws Exception {
    Rollout.Result noted = rollout.run(shell, "evidence", step, text);
    assertEquals(0, noted.code(), noted.text());
  }

  @Test
  void whatWasDoneByHandIsTakenBackByHand() throws Exception {
    Plan plan = plan(List.of(failover(Optional.of("fail back"), Optional.empty())), List.of(), "");
    try (Rollout rollout = rollout(plan)) {
      waits(rollout, "dash", "before.1-manual");
      write(rollout, "dash", "before.1-manual", "done");
      assertEquals(0, rollout.run("dash", "run", "--until", "w1.start").code());
      Rollout.Result back = rollout.run("dash", "rollback");
      assertEquals(6, back.code(), back.text());
      assertTrue(back.text().contains("undo: fail back"), back.text());
      assertEquals(6, rollout.run("dash", "rollback").code());
      write(rollout, "dash", "before.1-manual", "failed back");
      assertEquals(0, rollout.run("dash", "rollback").code());
      waits(rollout, "dash", "before.1-manual");
    }
  }

  @Test
  void afterTheLastChanceNothingIsTakenBack() throws Exception {
    Plan plan =
        plan(List.of(), List.of(failover(Optional.empty(), Optional.of("one database"))), "");
    try (Rollout rollout = rollout(plan)) {
      waits(rollout, "dash", "after.1-manual");
      write(rollout, "dash", "after.1-manual", "merged");
      assertEquals(0, rollout.run("dash", "run").code());
      assertEquals(8, rollout.run("dash", "rollback").code());
    }
  }

  @Test
  void aCommandTellsPlayersAndTheRunnerWaits() throws Exception {
    Plan plan = plan(List.of(announce("closing; $(id)", 2)), List.of(), "");
    try (Rollout rollout = rollout(plan)) {
      Path told = folder.resolve("told.txt");
      rollout.set("GOPS_ANNOUNCE", "tee -a " + told);
      long begun = System.nanoTime();
      assertEquals(0, rollout.run("dash", "run", "--until", "before.1-announce").code());
      assertTrue(System.nanoTime() - begun >= 900_000_000L, "it did not wait");
      assertEquals(0, rollout.run("dash", "run").code());
      assertEquals("closing; $(id)\n", Files.readString(told));
      assertFalse(rollout.run("dash", "run").text().contains("waiting"));
    }
  }
}
