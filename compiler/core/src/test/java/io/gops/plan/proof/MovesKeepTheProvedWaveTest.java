package io.gops.plan.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.allocate.Assignments;
import io.gops.allocate.Lock;
import io.gops.deployment.SampleDeployment;
import io.gops.deployment.SampleFleet;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Fleet;
import io.gops.fleet.Percent;
import io.gops.fleet.Release;
import io.gops.plan.Plan;
import io.gops.plan.Planner;
import io.gops.plan.SamplePods;
import io.gops.state.State;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Pairs of a host are on their way one wave at a time, and no more of them than was proved.
class MovesKeepTheProvedWaveTest {
  /// One canary, then all others of a host together.
  private static final Release.Waves WIDE = new Release.Waves(1, Percent.ALL, 5);

  private final Fleet fleet = SampleFleet.of(6);
  private final Planner planner =
      new Planner(
          SampleDeployment.of(fleet, State.EMPTY, new Assignments(Lock.EMPTY)),
          State.EMPTY,
          new SamplePods(),
          SamplePods.steering(),
          new Diagnostics());

  private Release release(String name) {
    return Optional.ofNullable(fleet.releases().get(name)).orElseThrow();
  }

  private static boolean tooMany(List<String> flaws) {
    return flaws.stream().anyMatch(flaw -> flaw.contains("on their way at once"));
  }

  @Test
  void aWaveForMoreThanWasProvedIsRefused() {
    Release.AbSwitch ab = (Release.AbSwitch) release("clx-1-8-4");
    Release.AbSwitch wide = ab.in(WIDE);
    Plan plan = planner.plan(wide).orElseThrow();
    assertEquals(List.of(), planner.flaws(wide, plan));
    List<String> flaws = planner.flaws(ab.in(WIDE.withPerHost(1)), plan);
    assertTrue(tooMany(flaws), flaws.toString());
  }

  @Test
  void soIsAReloadOfMore() {
    Release.HotReload hot =
        fleet.releases().values().stream()
            .filter(Release.HotReload.class::isInstance)
            .map(Release.HotReload.class::cast)
            .findFirst()
            .orElseThrow();
    Release.HotReload wide = hot.in(WIDE);
    Plan plan = planner.plan(wide).orElseThrow();
    List<String> flaws = planner.flaws(hot.in(WIDE.withPerHost(1)), plan);
    assertTrue(tooMany(flaws), flaws.toString());
  }
}
