package io.gops.plan;

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
import io.gops.source.Origins;
import io.gops.state.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Waves that are written one by one, and zones that an interrupted release has begun.
class WaveOrderTest {
  private static final int ZONES = 6;
  private final List<Integer> ids =
      new ArrayList<>(SampleFleet.of(ZONES).zones().keySet()).subList(0, ZONES);

  private Optional<Plan> plan(State state, Release.Waves waves) {
    Release.Drain drain =
        new Release.Drain(
            List.of(new Release.Drain.Remaining(Duration.ZERO, Percent.ALL)),
            Duration.ofHours(12),
            Percent.ALL);
    Release.AbSwitch release =
        new Release.AbSwitch(
            "next",
            List.of("clx-main"),
            "1.8.4",
            waves,
            Duration.ofMinutes(30),
            drain,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Origins.NONE);
    Deployment deployment =
        SampleDeployment.of(SampleFleet.of(ZONES), state, new Assignments(Lock.EMPTY));
    return new Planner(
            deployment, state, new SamplePods(), SamplePods.steering(), new Diagnostics())
        .plan(release);
  }

  private Release.Named wave(String name, int... positions) {
    TreeSet<Integer> zones = new TreeSet<>();
    for (int position : positions) {
      zones.add(ids.get(position));
    }
    return new Release.Named(name, zones, Origins.NONE);
  }

  private Release.Waves written(Release.Named... waves) {
    return new Release.Waves(1, new Percent(2500), 1, List.of(waves));
  }

  /// The state when everything up to a step has been done, and the first task of it.
  private static State interrupted(Plan plan, String id) {
    Simulation half = new Simulation(plan.from());
    for (Step step : plan.steps()) {
      if (step.id().equals(id)) {
        half.apply(step.tasks().getFirst().action());
        break;
      }
      step.tasks().forEach(task -> half.apply(task.action()));
    }
    TreeMap<String, String> templates = new TreeMap<>(plan.from().templates());
    templates.putAll(plan.to().templates());
    return new State(half.groups(), templates);
  }

  @Test
  void wavesRunAsTheyAreWritten() {
    Plan plan =
        plan(State.EMPTY, written(wave("late", 5), wave("odd", 0, 2, 4), wave("rest", 1, 3)))
            .orElseThrow();
    assertEquals(
        List.of(
            List.of(ids.get(5)),
            List.of(ids.get(0), ids.get(2), ids.get(4)),
            List.of(ids.get(1), ids.get(3))),
        plan.waves().stream().map(Wave::zones).toList());
    assertEquals(
        List.of("late", "odd", "rest"),
        plan.waves().stream().map(wave -> wave.name().orElse("")).toList());
    assertTrue(plan.waves().getFirst().canary());
    assertTrue(plan.steps().stream().anyMatch(step -> step.id().equals("w1.approve")));
  }

  @Test
  void aReleaseThatWasAbortedInItsThirdWaveFinishesWhatItHasBegunFirst() {
    Release.Waves waves =
        written(wave("canary", 5), wave("one", 3), wave("two", 0, 4), wave("rest", 1, 2));
    Plan whole = plan(State.EMPTY, waves).orElseThrow();
    State aborted = interrupted(whole, "w3.logins");
    Plan rest = plan(aborted, waves).orElseThrow();
    assertEquals(
        List.of(List.of(ids.get(0), ids.get(4)), List.of(ids.get(1), ids.get(2))),
        rest.waves().stream().map(Wave::zones).toList());
    assertEquals(whole.to().groups(), merged(aborted, rest).groups());
  }

  @Test
  void zonesThatAreBegunComeBeforeLessImportantOnes() {
    Release.Waves rules = new Release.Waves(1, new Percent(10_000), 5);
    Plan whole = plan(State.EMPTY, rules).orElseThrow();
    List<Integer> second = whole.waves().get(1).zones();
    State aborted = interrupted(whole, "w2.logins");
    Plan rest = plan(aborted, rules).orElseThrow();
    assertEquals(Set.copyOf(second), Set.copyOf(rest.waves().getFirst().zones()));
    List<Integer> all = new ArrayList<>();
    rest.waves().forEach(wave -> all.addAll(wave.zones()));
    all.addAll(whole.waves().getFirst().zones());
    Collections.sort(all);
    assertEquals(ids, all);
  }

  private static State merged(State before, Plan plan) {
    TreeMap<String, State.GroupState> groups = new TreeMap<>(before.groups());
    groups.putAll(plan.to().groups());
    return new State(groups, plan.to().templates());
  }
}
