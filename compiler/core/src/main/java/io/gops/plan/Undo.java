package io.gops.plan;

import java.util.List;

/// How a task is taken back. Never the reverse of what was typed, but what leads back: the
/// controller rolls pods back only if the old template comes together with partition 0.
public sealed interface Undo {
  /// These actions, in this order, then these checks.
  record Back(List<Action> actions, List<Check> after) implements Undo {
    public Back {
      actions = List.copyOf(actions);
      after = List.copyOf(after);
    }
  }

  /// Nothing changed that would have to be taken back.
  record Nothing() implements Undo {}

  /// A person takes it back, and what they write down of it is kept.
  ///
  /// @param what in words
  record ByHand(String what) implements Undo {}

  /// It cannot be taken back.
  record PointOfNoReturn(String reason) implements Undo {}
}
