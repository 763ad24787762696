package io.gops.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.allocate.Assignments;
import io.gops.allocate.Lock;
import io.gops.deployment.Deployment;
import io.gops.deployment.SampleDeployment;
import io.gops.deployment.SampleFleet;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Percent;
import io.gops.fleet.Release;
import io.gops.plan.Plan;
import io.gops.plan.Planner;
import io.gops.plan.SamplePods;
import io.gops.source.Origins;
import io.gops.state.State;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RehearsalTest {
  private static final int PLAYS = 2_000;
  private static final int ZONES = 12;

  private static Deployment deployment() {
    return SampleDeployment.of(SampleFleet.of(ZONES), State.EMPTY, new Assignments(Lock.EMPTY));
  }

  private static Plan plan(Deployment deployment, Release release) {
    return new Planner(
            deployment, State.EMPTY, new SamplePods(), SamplePods.steering(), new Diagnostics())
        .plan(release)
        .orElseThrow();
  }

  private static Release abSwitch() {
    return new Release.AbSwitch(
        "next",
        List.of("clx-main"),
        "1.8.4",
        new Release.Waves(2, new Percent(3000), 2),
        Duration.ofMinutes(30),
        new Release.Drain(
            List.of(
                new Release.Drain.Remaining(Duration.ZERO, Percent.ALL),
                new Release.Drain.Remaining(Duration.ofHours(12), new Percent(200))),
            Duration.ofHours(12),
            new Percent(500)),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Origins.NONE);
  }

  private static Release hotReload() {
    return new Release.HotReload(
        "hot",
        List.of("clx-main"),
        "1.8.3-hot1",
        new Release.Waves(1, new Percent(5000), 5),
        Duration.ofMinutes(5),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Origins.NONE);
  }

  private static void everyEndIsAllowed(Release release) {
    Deployment deployment = deployment();
    Rehearsal rehearsal = Rehearsal.of(plan(deployment, release), deployment, PLAYS, 1);
    assertEquals(0, rehearsal.count(Ending.Kind.BROKEN), () -> rehearsal.endings().toString());
    for (Ending.Kind kind : Ending.Kind.values()) {
      boolean isSeen = rehearsal.count(kind) > 0;
      assertTrue(isSeen || kind == Ending.Kind.BROKEN, () -> kind + " of " + rehearsal.endings());
    }
  }

  @Test
  void anAbSwitchEndsInOneOfFourKindsOfState() {
    everyEndIsAllowed(abSwitch());
  }

  @Test
  void aHotUpdateEndsInOneOfFourKindsOfState() {
    everyEndIsAllowed(hotReload());
  }

  @Test
  void theSameSeedGivesTheSameEndings() {
    Deployment deployment = deployment();
    Plan plan = plan(deployment, abSwitch());
    assertEquals(Rehearsal.of(plan, deployment, 100, 7), Rehearsal.of(plan, deployment, 100, 7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"start", "logins", "stop", "retire"})
  void aPlanThatLacksAStepIsNeverDone(String missing) {
    Deployment deployment = deployment();
    Plan plan = without(plan(deployment, abSwitch()), "w2." + missing);
    Rehearsal rehearsal = Rehearsal.of(plan, deployment, 100, 1);
    assertEquals(0, rehearsal.count(Ending.Kind.DONE), () -> rehearsal.endings().toString());
  }

  private static Plan without(Plan plan, String step) {
    return plan.withSteps(plan.steps().stream().filter(s -> !s.id().equals(step)).toList());
  }
}
