package io.gops.plan;

import java.util.List;

/// What a step does to one group or host. All tasks of a step may run at the same time.
///
/// @param unit the group or host, unique in the step; the journal names it
/// @param before what must hold, or the step stops
/// @param after what must hold for the task to count as done
public record Task(String unit, Action action, List<Check> before, List<Check> after, Undo undo) {
  public Task {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }
}
