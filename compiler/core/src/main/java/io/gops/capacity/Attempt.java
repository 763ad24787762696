package io.gops.capacity;

import java.util.List;
import java.util.Optional;

/// What was tried for a pool without finding a placement or a reason why there is none. It proves
/// nothing; it says how far the search came, so that a person can judge it.
///
/// @param question the pool; groups that were restarted after a loss have their cold use as demand
/// @param placed where the best try had its groups; those that are missing found no place
/// @param lost the host of which nobody found out whether its loss is survived: `placed` is whole
///     then
/// @param orphans groups of the lost host that found no other one; empty without a loss
public record Attempt(
    PoolProblem question,
    List<Impossibility.Settled> placed,
    Optional<String> lost,
    List<Replica> orphans) {
  public Attempt {
    placed = List.copyOf(placed);
    orphans = List.copyOf(orphans);
  }

  /// One replica of a group.
  public record Replica(String group, int ordinal) {}
}
