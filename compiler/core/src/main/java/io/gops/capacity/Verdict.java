package io.gops.capacity;

import java.util.List;
import java.util.Optional;

/// The answer to one pool's question.
sealed interface Verdict {
  PoolModel model();

  /// A placement that holds at every instant and survives what it must.
  ///
  /// @param packing where everything runs
  /// @param failover by item, [Packing#NOWHERE] for none
  record Holds(PoolModel model, Homes homes, Packing packing, List<Integer> failover)
      implements Verdict {}

  /// Hosts that cannot carry what is on them.
  ///
  /// @param hosts those that do not hold, the worst first
  /// @param elsewhere why no other placement helps; absent when the groups run there now, so that
  ///     no other placement was tried
  record Overfull(
      PoolModel model, Packing packing, List<Integer> hosts, Optional<Verdict> elsewhere)
      implements Verdict {}

  /// No placement exists.
  ///
  /// @param open hosts that could take groups
  /// @param closed active hosts that take none: the spares, then those larger than one of them
  record Impossible(PoolModel model, Bound why, List<Integer> open, List<Integer> closed)
      implements Verdict {}

  /// Too few hosts can be kept empty that are as large as every host in use.
  ///
  /// @param packing the groups that may not move
  /// @param able hosts that can be kept empty
  /// @param standing groups that may not move from where spares would be
  record NotSpared(PoolModel model, Packing packing, int able, List<Integer> standing)
      implements Verdict {}

  /// Neither a placement nor a bound was found.
  ///
  /// @param packing the best try
  /// @param unplaced items that found no host
  /// @param gap where the first of them comes closest
  record Undecided(PoolModel model, Packing packing, List<Integer> unplaced, Bound.Gap gap)
      implements Verdict {}

  /// The loss of a host leaves groups without one.
  ///
  /// @param gap where the first of the orphans comes closest, after those that found a host
  record NotSurvived(
      PoolModel model, Packing packing, int host, List<Integer> orphans, Bound.Gap gap)
      implements Verdict {}

  /// Groups that may not move share hosts of a pool in which each has one of its own.
  ///
  /// @param packing the groups that may not move
  /// @param hosts those with several groups, in order
  record Shared(PoolModel model, Homes homes, Packing packing, List<Integer> hosts)
      implements Verdict {}

  /// Live groups whose host is no longer there.
  record Stranded(PoolModel model, List<Integer> items) implements Verdict {}
}
