package io.gops.rehearsal;

/// What can go wrong in a step.
enum Mishap {
  NONE,
  /// The host of a task stops before it.
  HOST_LOST,
  /// What was stored has no effect in time.
  TOO_SLOW,
  /// A check says no although it should not.
  CHECK_FLAPS,
  /// The runner is killed before it acts.
  KILLED_BEFORE,
  /// The runner is killed after it acted and before it wrote that down.
  KILLED_AFTER
}
