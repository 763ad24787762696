package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rules of a team beside a fleet.
class TeamRulesTest {
  @TempDir Path dir;

  private Path fleet;

  @BeforeEach
  void copyTheExample() throws IOException {
    fleet = Gops.copy("wuxia", dir.resolve("fleet"));
    Files.createDirectories(fleet.resolve("policies"));
  }

  @Test
  void aViolationIsUnderlinedWhereItIsDeclared() throws Exception {
    rule(
        "public-database",
        """
        // message: a database that a game reaches
        // each: policies
        it.rules.exists(rule, rule.allow && rule.to.kind == "service"
            && rule.to.service == "db")
        """);
    Run run = check();
    assertEquals(4, run.code(), run.out());
    assertTrue(
        run.out().contains("error[GOPS7921]: wuxia-traffic: a database that a game reaches"),
        run.out());
    assertTrue(run.out().contains("--> " + fleet.resolve("network.gops") + ":"), run.out());
    assertTrue(run.out().contains("policies/public-database.cel"), run.out());
  }

  @Test
  void aWarningDoesNotFailTheRun() throws Exception {
    rule("w", "// message: many hosts\n// severity: warning\nsize(fleet.hosts) > 3\n");
    Run run = check();
    assertEquals(0, run.code(), run.out());
    assertTrue(run.out().contains("warning[GOPS7921]: many hosts"), run.out());
  }

  @Test
  void rulesSeeWhatWillRunAndWhere() throws Exception {
    rule(
        "w",
        """
        // message: runs on two hosts at once
        // each: groups
        it.placements.exists(p, has(p.failover) && p.failover == p.primary)
        """);
    rule("x", "// message: small\n// each: workloads\nit.request.memory < 1\n");
    assertEquals(0, check().code());
  }

  @Test
  void aMistakeInTheExpressionIsAtItsColumn() throws Exception {
    rule("w", "// message: m\nfleet.hosts.size() > 3 &&\n  flet.pools == 1\n");
    Run run = check();
    assertEquals(3, run.code(), run.out());
    assertTrue(run.out().contains("GOPS7922"), run.out());
    assertTrue(run.out().contains("policies/w.cel:3:3"), run.out());
  }

  @Test
  void aRuleThatWouldTakeForEverEnds() throws Exception {
    rule(
        "w",
        """
        // message: m
        fleet.zones.all(a, fleet.zones.all(b, fleet.zones.all(c, fleet.zones.all(d, a != ""))))
        """);
    Run run = Assertions.assertTimeoutPreemptively(Duration.ofMinutes(2), this::check);
    assertEquals(4, run.code(), run.out());
    assertTrue(run.out().contains("GOPS7923"), run.out());
    assertTrue(run.out().contains("2,000,000") || run.out().contains("2000000"), run.out());
  }

  @Test
  void otherFilesAreNoRules() throws Exception {
    Files.writeString(fleet.resolve("policies/README.md"), "not CEL");
    Files.writeString(fleet.resolve("policies/.draft.cel"), "not CEL");
    assertEquals(0, check().code());
  }

  private void rule(String name, String text) throws IOException {
    Files.writeString(fleet.resolve("policies/" + name + ".cel"), text);
  }

  private Run check() {
    return Gops.run("check", fleet.toString());
  }
}
