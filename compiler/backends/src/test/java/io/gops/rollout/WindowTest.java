package io.gops.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.fleet.Fleet;
import io.gops.fleet.Percent;
import io.gops.fleet.Release;
import io.gops.fleet.Window;
import io.gops.plan.Plan;
import io.gops.plan.Step;
import io.gops.source.Origins;
import io.gops.state.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The runner looks at the clock before it begins a step. The clock is a `date` on PATH that
/// answers with a given second and asks the real one for everything else; what is right comes from
/// java.time, minute by minute.
class WindowTest {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  @TempDir Path folder;

  private static Window window(
      String zone, Set<DayOfWeek> days, String from, String until, List<Window.Dates> closed) {
    return new Window(
        "nightly",
        ZoneId.of(zone),
        days,
        LocalTime.parse(from),
        LocalTime.parse(until),
        closed,
        Origins.NONE);
  }

  private static Window everyDay(String zone, String from, String until) {
    return window(zone, Set.of(), from, until, List.of());
  }

  private static Plan plan(Fleet fleet, Window window) {
    Release.AbSwitch any = RolloutTest.abSwitch(new Release.Waves(0, new Percent(10_000), 5));
    Release release =
        new Release.AbSwitch(
            any.name(),
            any.zoneSets(),
            any.to(),
            any.waves(),
            any.soak(),
            any.drain(),
            any.stopRules(),
            any.pull(),
            Optional.of(window),
            any.origins());
    return RolloutTest.plan(fleet, State.EMPTY, release);
  }

  private Rollout rollout(Plan plan, Fleet fleet) throws IOException {
    return rollout(plan, fleet, "exec /usr/bin/env date");
  }

  private Rollout rollout(Plan plan, Fleet fleet, String realDate) throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path date = bin.resolve("date");
    String path = System.getenv("PATH");
    Files.writeString(
        date,
        """
        #!/bin/sh
        if [ "$*" = +%%s ]; then echo "$TEST_NOW"; exit; fi
        PATH='%s'
        %s "$@"
        """
            .formatted(path, realDate));
    Files.setPosixFilePermissions(date, PosixFilePermissions.fromString("rwxr-xr-x"));
    Rollout rollout = new Rollout(folder, plan, RolloutTest.deployment(fleet, State.EMPTY));
    rollout.set("PATH", bin + ":" + path);
    return rollout;
  }

  private static void at(Rollout rollout, Instant now) {
    rollout.set("TEST_NOW", Long.toString(now.getEpochSecond()));
  }

  private static Instant local(ZoneId zone, String time) {
    return LocalDateTime.parse(time).atZone(zone).toInstant();
  }

  // ---- what is right

  private static boolean isOpen(Window window, Instant now) {
    ZonedDateTime there = now.atZone(window.timeZone());
    LocalDate today = there.toLocalDate();
    LocalTime time = there.toLocalTime();
    boolean night = !window.from().isBefore(window.until());
    boolean early = night && time.isBefore(window.until());
    DayOfWeek day = (early ? today.minusDays(1) : today).getDayOfWeek();
    boolean hours =
        night
            ? early || !time.isBefore(window.from())
            : !time.isBefore(window.from()) && time.isBefore(window.until());
    boolean dark =
        window.closed().stream()
            .anyMatch(d -> !today.isBefore(d.first()) && !today.isAfter(d.last()));
    return hours && !dark && (window.days().isEmpty() || window.days().contains(day));
  }

  private static boolean fits(Window window, Instant now, long seconds) {
    for (long later = 0; later < seconds; later += 30) {
      if (!isOpen(window, now.plusSeconds(later))) {
        return false;
      }
    }
    return isOpen(window, now.plusSeconds(seconds - 1));
  }

  private void agrees(Window window, String shell, String realDate, List<Instant> moments)
      throws Exception {
    Fleet fleet = RolloutTest.fleet(1);
    Plan plan = plan(fleet, window);
    List<Step> steps = plan.steps();
    long longest = steps.getFirst().duration().p95().toSeconds();
    assertTrue(longest > 0);
    try (Rollout rollout = rollout(plan, fleet, realDate)) {
      for (Instant now : moments) {
        at(rollout, now);
        Rollout.Result next = rollout.run(shell, "next");
        assertEquals(0, next.code(), next.text());
        assertEquals(
            fits(window, now, longest),
            next.text().contains("may begin now"),
            now.atZone(window.timeZone()) + " for " + longest + " s: " + next.text());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "America/New_York, 01:00, 05:00",
    "America/New_York, 00:00, 01:30",
    "America/New_York, 00:30, 02:30",
    "America/New_York, 22:00, 02:00",
    "Australia/Lord_Howe, 01:15, 01:45",
    "Asia/Shanghai, 04:00, 08:00",
    "UTC, 23:30, 00:15"
  })
  void bothChangesOfTheClock(String zone, String from, String until) throws Exception {
    Window window = everyDay(zone, from, until);
    Random random = new Random(from.hashCode());
    List<Instant> moments = new ArrayList<>();
    for (String night :
        List.of("2026-03-08T00:00:00", "2026-11-01T00:00:00", "2026-04-05T00:00:00")) {
      Instant midnight = local(window.timeZone(), night);
      for (int i = 0; i < 4; i++) {
        moments.add(midnight.plusSeconds(random.nextInt(-3 * 3600, 6 * 3600)));
      }
      // Around the end, where the clock matters.
      Instant end = midnight.plusSeconds(window.until().toSecondOfDay());
      for (int hours = -1; hours <= 1; hours++) {
        moments.add(end.plusSeconds(hours * 3600L - 6));
        moments.add(end.plusSeconds(hours * 3600L - 4));
      }
    }
    agrees(window, "dash", "exec date", moments);
  }

  @ParameterizedTest
  @ValueSource(strings = {"busybox sh", "bash --posix"})
  void daysAndClosedDates(String shell) throws Exception {
    Window window =
        window(
            "Asia/Shanghai",
            Set.of(DayOfWeek.TUESDAY, DayOfWeek.SUNDAY),
            "22:00",
            "02:00",
            List.of(
                new Window.Dates(LocalDate.parse("2026-10-01"), LocalDate.parse("2026-10-07")),
                new Window.Dates(LocalDate.parse("2026-10-20"), LocalDate.parse("2026-10-20"))));
    List<Instant> moments = new ArrayList<>();
    for (String time :
        List.of(
            "2026-09-29T23:00:00", // Tuesday
            "2026-09-30T01:00:00", // still Tuesday's
            "2026-09-30T23:00:00", // Wednesday
            "2026-10-04T23:00:00", // a Sunday, closed
            "2026-10-06T23:59:00", // a Tuesday, closed
            "2026-10-11T22:00:00", // Sunday
            "2026-10-12T01:00:00", // still Sunday's
            "2026-10-12T01:59:58", // too late to begin
            "2026-10-12T23:00:00", // Monday
            "2026-10-18T23:00:00",
            "2026-10-19T23:59:58", // Monday
            "2026-10-20T23:00:00", // closed
            "2026-10-21T00:30:00", // the night of a closed Tuesday, on an open date
            "2026-10-08T08:08:08")) {
      moments.add(local(window.timeZone(), time));
    }
    agrees(window, shell, "exec busybox date", moments);
  }

  @Test
  void aStepBeginsInTheWindowOrForAReason() throws Exception {
    Fleet fleet = RolloutTest.fleet(1);
    Plan plan = plan(fleet, everyDay("America/New_York", "04:00", "08:00"));
    try (Rollout rollout = rollout(plan, fleet)) {
      at(rollout, local(NEW_YORK, "2026-06-01T03:59:00"));
      Rollout.Result early = rollout.run("dash", "run");
      assertEquals(7, early.code(), early.text());
      assertEquals(List.of(), rollout.cluster.writes());
      at(rollout, local(NEW_YORK, "2026-06-01T04:00:00"));
      assertEquals(0, rollout.run("dash", "run", "--until", "w1.prepare").code());
      // The start may take longer than what is left of the window.
      at(rollout, local(NEW_YORK, "2026-06-01T07:59:00"));
      Rollout.Result late = rollout.run("dash", "run");
      assertEquals(7, late.code(), late.text());
      assertTrue(late.text().contains("closes in 1min"), late.text());
      assertEquals(
          0,
          rollout
              .run(
                  "dash",
                  "run",
                  "--until",
                  "w1.start",
                  "--outside-window",
                  "the sale begins at nine")
              .code());
      String journal = Files.readString(rollout.journal());
      assertTrue(
          journal.contains(
              "\"event\":\"outside\",\"step\":\"w1.start\",\"unit\":\"-\","
                  + "\"note\":\"the sale begins at nine\""),
          journal);
      // Nobody is disconnected at noon, and what was begun can be taken back at noon.
      at(rollout, local(NEW_YORK, "2026-06-01T12:00:00"));
      assertEquals(7, rollout.run("dash", "run").code());
      assertEquals(0, rollout.run("dash", "rollback").code());
    }
  }

  @Test
  void theWindowStaysTheSameFromStepToStep() throws Exception {
    Fleet fleet = RolloutTest.fleet(1);
    Plan plan = plan(fleet, everyDay("America/New_York", "04:00", "08:00"));
    try (Rollout rollout = rollout(plan, fleet)) {
      at(rollout, local(NEW_YORK, "2026-06-01T04:00:00"));
      Rollout.Result done = rollout.run("dash", "run", "--until", "w1.logins");
      assertEquals(0, done.code(), done.text());
    }
  }

  @Test
  void aZoneThatTheMachineDoesNotKnowIsNotTakenForUtc() throws Exception {
    Fleet fleet = RolloutTest.fleet(1);
    try (Rollout rollout =
        rollout(plan(fleet, everyDay("Asia/Shanghai", "04:00", "08:00")), fleet)) {
      at(rollout, local(ZoneId.of("UTC"), "2026-06-01T05:00:00"));
      rollout.set("TZDIR", folder.toString());
      Rollout.Result result = rollout.run("dash", "run");
      assertEquals(10, result.code(), result.text());
      assertTrue(result.text().contains("tzdata"), result.text());
    }
  }
}
