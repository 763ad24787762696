package io.gops.plan;

import io.gops.fleet.Practice;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Steps that people do. The runner asks for each and keeps what they write down of it.
final class PeopleSteps {
  /// Time in which somebody who was told to looks and answers.
  private static final Duration ANSWER = Duration.ofMinutes(5);

  private static final Duration SMOKE = Duration.ofMinutes(10);

  private PeopleSteps() {}

  /// Adds what a release says of the time before its first change or after its last one.
  ///
  /// @param when `before` or `after`; ids begin with it
  static void add(Steps steps, String when, List<Practice.Deed> deeds) {
    int number = 0;
    for (Practice.Deed deed : deeds) {
      String prefix = when + "." + ++number + "-";
      switch (deed) {
        case Practice.Announce announce ->
            announce(steps, prefix, announce, waits(deeds.subList(number, deeds.size()), announce));
        case Practice.Confirm confirm -> confirm(steps, prefix, confirm);
        case Practice.Manual manual -> manual(steps, prefix, manual);
      }
    }
  }

  /// How long to wait after an announcement: until the next one is due.
  private static Duration waits(List<Practice.Deed> later, Practice.Announce announce) {
    Duration next =
        later.stream()
            .filter(Practice.Announce.class::isInstance)
            .map(deed -> ((Practice.Announce) deed).ahead())
            .findFirst()
            .orElse(Duration.ZERO);
    Duration wait = announce.ahead().minus(next);
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  private static void announce(
      Steps steps, String prefix, Practice.Announce announce, Duration hold) {
    steps.byHand(
        0,
        Step.Kind.ANNOUNCE,
        prefix + "announce",
        "Tell players: " + announce.text(),
        task(new Action.Announce(announce.text()), new Undo.Nothing()),
        Optional.empty(),
        announce.origins().place(),
        hold,
        Duration.ZERO);
  }

  private static void confirm(Steps steps, String prefix, Practice.Confirm confirm) {
    steps.byHand(
        0,
        Step.Kind.CONFIRM,
        prefix + "confirm",
        "Confirm: " + confirm.what(),
        task(new Action.ByHand(confirm.what(), "who looked at what"), new Undo.Nothing()),
        Optional.of(confirm.by()),
        confirm.origins().place(),
        Duration.ZERO,
        ANSWER);
  }

  private static void manual(Steps steps, String prefix, Practice.Manual manual) {
    steps.byHand(
        0,
        Step.Kind.MANUAL,
        prefix + "manual",
        "By hand: " + manual.what(),
        task(new Action.ByHand(manual.what(), manual.evidence()), undo(manual)),
        manual.by(),
        manual.origins().place(),
        Duration.ZERO,
        manual.takes());
  }

  private static Undo undo(Practice.Manual manual) {
    Optional<Undo> never = manual.lastChance().map(Undo.PointOfNoReturn::new);
    Optional<Undo> byHand = manual.undo().map(Undo.ByHand::new);
    return never.or(() -> byHand).orElse(new Undo.Nothing());
  }

  /// Adds the trial of a wave before players are let in, if the release wants one.
  static void smoke(Steps steps, int wave, Practice practice) {
    practice
        .smoke()
        .ifPresent(
            what ->
                steps.byHand(
                    wave,
                    Step.Kind.SMOKE,
                    "smoke",
                    "Try before players are let in: " + what,
                    task(new Action.ByHand(what, "what was tried and seen"), new Undo.Nothing()),
                    Optional.empty(),
                    Optional.empty(),
                    Duration.ZERO,
                    SMOKE));
  }

  private static Task task(Action action, Undo undo) {
    return new Task("people", action, List.of(), List.of(), undo);
  }
}
