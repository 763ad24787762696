package io.gops.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.fleet.Window;
import io.gops.source.Origins;
import io.gops.state.State;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NightsTest {
  private final List<Step> steps = new ArrayList<>();

  private void step(int wave, Step.Kind kind, Duration longest) {
    steps.add(
        new Step(
            "s" + steps.size(),
            wave,
            kind,
            "A step",
            List.of(),
            Duration.ZERO,
            Duration.ZERO,
            Optional.empty(),
            Optional.empty(),
            Players.NONE,
            new Estimate(Duration.ZERO, longest),
            List.of()));
  }

  private Nights nights(DayOfWeek... days) {
    Window window =
        new Window(
            "nightly",
            ZoneId.of("Asia/Shanghai"),
            Set.of(days),
            LocalTime.of(4, 0),
            LocalTime.of(8, 0),
            List.of(),
            Origins.NONE);
    Plan plan =
        new Plan(
            "f",
            "e",
            "c",
            "r",
            Plan.Template.AB_SWITCH,
            "a goal",
            Optional.of(window),
            Optional.empty(),
            State.EMPTY,
            State.EMPTY,
            new TreeSet<>(),
            new TreeMap<>(),
            List.of(),
            List.of(),
            steps,
            Players.NONE,
            Estimate.NONE,
            List.of());
    return Nights.of(plan).orElseThrow();
  }

  /// A wave that starts, waits for players until the afternoon, and stops the old side.
  private void wave(int number) {
    step(number, Step.Kind.START, Duration.ofHours(1));
    step(number, Step.Kind.DRAIN, Duration.ofHours(12));
    step(number, Step.Kind.STOP, Duration.ofMinutes(30));
    step(number, Step.Kind.SOAK, Duration.ofMinutes(30));
  }

  @Test
  void aWaveStopsInTheNextNightAndTheNextOneStartsInTheSame() {
    wave(1);
    wave(2);
    Nights nights = nights();
    assertEquals(3, nights.count());
    assertEquals(new Nights.Span(1, 2), nights.of(1));
    assertEquals(new Nights.Span(2, 3), nights.of(2));
    assertEquals("2-3", nights.of(2).words());
  }

  @Test
  void aStepThatWouldNotBeDoneInTimeWaitsForTheNextNight() {
    step(1, Step.Kind.UPDATE, Duration.ofHours(3));
    step(2, Step.Kind.UPDATE, Duration.ofHours(2));
    step(3, Step.Kind.UPDATE, Duration.ofHours(2));
    Nights nights = nights();
    assertEquals(2, nights.count());
    assertEquals("1", nights.of(1).words());
    assertEquals("2", nights.of(3).words());
  }

  /// A soak of three days from Tuesday ends on Friday: the next opening is Tuesday's, the first of
  /// the second week.
  @Test
  void daysOnWhichTheWindowStaysClosedDoNotCount() {
    step(1, Step.Kind.UPDATE, Duration.ofHours(1));
    step(1, Step.Kind.SOAK, Duration.ofDays(3));
    step(2, Step.Kind.UPDATE, Duration.ofHours(1));
    assertEquals(3, nights(DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY).count());
    assertEquals(4, nights().count());
  }

  @Test
  void aStepLongerThanTheWindowTakesANightOfItsOwn() {
    step(1, Step.Kind.UPDATE, Duration.ofHours(9));
    step(2, Step.Kind.UPDATE, Duration.ofHours(9));
    assertEquals(2, nights().count());
  }
}
