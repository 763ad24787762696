package io.gops.capacity;

import io.gops.deployment.Group;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What was found out about one pool, in a form that can be checked without the prover.
public sealed interface PoolAnswer {
  /// The question that was answered.
  PoolProblem question();

  /// A placement that holds.
  ///
  /// @param placements by group id, by ordinal
  record Holds(PoolProblem question, SortedMap<String, List<Group.Placement>> placements)
      implements PoolAnswer {
    public Holds {
      placements = Collections.unmodifiableSortedMap(new TreeMap<>(placements));
    }

    /// The pool's own placements, out of those of all pools.
    public static Holds of(
        PoolProblem question, SortedMap<String, List<Group.Placement>> placements) {
      SortedMap<String, List<Group.Placement>> own = new TreeMap<>();
      question
          .occupants()
          .forEach(o -> own.put(o.group(), placements.getOrDefault(o.group(), List.of())));
      return new Holds(question, own);
    }
  }

  /// No placement exists.
  record Impossible(Impossibility claim) implements PoolAnswer {
    @Override
    public PoolProblem question() {
      return claim.question();
    }
  }

  /// Nobody knows.
  record Undecided(Attempt attempt) implements PoolAnswer {
    @Override
    public PoolProblem question() {
      return attempt.question();
    }
  }
}
