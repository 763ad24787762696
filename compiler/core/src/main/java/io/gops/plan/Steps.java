package io.gops.plan;

import io.gops.source.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Collects the steps of a plan in the order in which they run; each needs the one before it.
final class Steps {
  private final Optional<Place> cause;
  private final List<Step> steps = new ArrayList<>();

  Steps(Optional<Place> cause) {
    this.cause = cause;
  }

  /// Adds a step that does something; nothing when there are no tasks.
  ///
  /// @param wave 0 for none; the id begins with it
  void add(
      int wave,
      Step.Kind kind,
      String name,
      String title,
      List<Task> tasks,
      Duration timeout,
      Players players,
      Estimate duration) {
    if (!tasks.isEmpty()) {
      add(wave, kind, name, title, tasks, Duration.ZERO, timeout, players, duration);
    }
  }

  /// Adds a step that waits while everything has to stay as it is.
  void soak(int wave, String title, Duration hold) {
    if (!hold.isZero()) {
      add(
          wave,
          Step.Kind.SOAK,
          "soak",
          title,
          List.of(),
          hold,
          Duration.ZERO,
          Players.NONE,
          Estimate.exactly(hold));
    }
  }

  /// Adds a step at which a person agrees.
  void approve(int wave, String title) {
    add(
        wave,
        Step.Kind.APPROVE,
        "approve",
        title,
        List.of(),
        Duration.ZERO,
        Duration.ZERO,
        Players.NONE,
        Estimate.NONE);
  }

  private void add(
      int wave,
      Step.Kind kind,
      String name,
      String title,
      List<Task> tasks,
      Duration hold,
      Duration timeout,
      Players players,
      Estimate duration) {
    List<String> needs = steps.isEmpty() ? List.of() : List.of(steps.getLast().id());
    String id = wave == 0 ? name : "w" + wave + "." + name;
    steps.add(
        new Step(id, wave, kind, title, tasks, hold, timeout, cause, players, duration, needs));
  }

  List<Step> list() {
    return steps;
  }

  Estimate duration() {
    return steps.stream().map(Step::duration).reduce(Estimate.NONE, Estimate::plus);
  }

  Players players() {
    return steps.stream().map(Step::players).reduce(Players.NONE, Players::plus);
  }
}
