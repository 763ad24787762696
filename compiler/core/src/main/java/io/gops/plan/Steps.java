package io.gops.plan;

import io.gops.source.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Collects the steps of a plan in the order in which they run; each needs the one before it.
final class Steps {
  private final Optional<Place> cause;
  private final Optional<String> owner;
  private final List<Step> steps = new ArrayList<>();

  /// @param owner who is asked where the release does not say whom
  Steps(Optional<Place> cause, Optional<String> owner) {
    this.cause = cause;
    this.owner = owner;
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
      add(
          wave,
          kind,
          name,
          title,
          tasks,
          Duration.ZERO,
          timeout,
          Optional.empty(),
          cause,
          players,
          duration);
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
          Optional.empty(),
          cause,
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
        owner,
        cause,
        Players.NONE,
        Estimate.NONE);
  }

  /// Adds a step that a person does; it waits for them as long as it takes.
  ///
  /// @param by who is asked; the owner when nobody is named
  /// @param at the line that asks for it; that of the release when it has none of its own
  /// @param hold time to wait afterwards
  void byHand(
      int wave,
      Step.Kind kind,
      String name,
      String title,
      Task task,
      Optional<String> by,
      Optional<Place> at,
      Duration hold,
      Duration takes) {
    add(
        wave,
        kind,
        name,
        title,
        List.of(task),
        hold,
        Duration.ZERO,
        by.or(() -> owner),
        at.or(() -> cause),
        Players.NONE,
        Estimate.exactly(takes.plus(hold)));
  }

  private void add(
      int wave,
      Step.Kind kind,
      String name,
      String title,
      List<Task> tasks,
      Duration hold,
      Duration timeout,
      Optional<String> approver,
      Optional<Place> at,
      Players players,
      Estimate duration) {
    List<String> needs = steps.isEmpty() ? List.of() : List.of(steps.getLast().id());
    String id = wave == 0 ? name : "w" + wave + "." + name;
    steps.add(
        new Step(
            id, wave, kind, title, tasks, hold, timeout, approver, at, players, duration, needs));
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
