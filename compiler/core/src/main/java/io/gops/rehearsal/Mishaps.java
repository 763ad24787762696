package io.gops.rehearsal;

import java.util.SplittableRandom;

/// Where things go wrong, by chance: a few times in a whole plan.
final class Mishaps {
  /// Mishaps that a plan without any rest would meet.
  private static final int IN_A_PLAN = 3;

  private static final Mishap[] KINDS = Mishap.values();

  private final SplittableRandom random;
  private final int steps;
  private Mishap next = Mishap.NONE;
  private int unit;

  Mishaps(SplittableRandom random, int steps) {
    this.random = random;
    this.steps = Math.max(1, steps);
  }

  /// Decides what happens in a step with this number of tasks.
  void begin(int tasks) {
    boolean happens = random.nextInt(steps) < Math.min(IN_A_PLAN, steps);
    next = happens ? KINDS[random.nextInt(KINDS.length)] : Mishap.NONE;
    unit = tasks == 0 ? 0 : random.nextInt(tasks);
  }

  /// Whether this happens at a task of the step, which it then does only once.
  boolean strikes(Mishap mishap, int task) {
    boolean strikes = next == mishap && unit == task;
    if (strikes) {
      next = Mishap.NONE;
    }
    return strikes;
  }
}
