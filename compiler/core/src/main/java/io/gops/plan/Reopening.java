package io.gops.plan;

import java.util.List;

/// How an abort opens the gate of a zone that the plan has shut: to servers that are seen ready,
/// and only where all of them are as the plan found them or as it leaves them. In between, while
/// some are stopped or of another version than the rest, the gate stays shut.
///
/// @param directory whose entry is changed
/// @param key of the entry
/// @param ways of which one may hold
public record Reopening(String directory, String key, List<Way> ways) {
  public Reopening {
    ways = List.copyOf(ways);
  }

  /// One way to open the gate.
  ///
  /// @param entry what the directory says then
  /// @param state whether servers are as they were or as they become
  /// @param marks what must not have begun when they are as they were; what must be done when they
  ///     are as they become
  /// @param ready what is looked at first
  public record Way(String entry, Stage state, List<Mark> marks, List<Check.Pods> ready) {
    public Way {
      marks = List.copyOf(marks);
      ready = List.copyOf(ready);
    }
  }

  /// How far a zone is.
  public enum Stage {
    /// Nothing of its servers was touched.
    UNTOUCHED,
    /// All that changes them is done, and what people and switches do for it.
    DONE
  }

  /// A task of the plan, or a step as a whole, which has the unit `-`.
  public record Mark(String step, String unit) {
    /// A step as a whole.
    public static Mark of(Step step) {
      return new Mark(step.id(), "-");
    }

    /// One task.
    public static Mark of(Step step, Task task) {
      return new Mark(step.id(), task.unit());
    }
  }
}
