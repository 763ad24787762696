package io.gops.network.flow;

import java.util.List;

/// A select group: each packet takes one bucket, chosen by the pair of addresses.
///
/// @param id 1 to 4,294,967,039
/// @param buckets lighter first, see [#FlowGroup]
public record FlowGroup(long id, List<Bucket> buckets, Declaration declaration) {
  /// Sorts the buckets by weight, then id: Open vSwitch takes the last bucket with the highest
  /// score, so a bucket of weight 0 must not come after the others, or one flow in 65,536 would
  /// take it.
  public FlowGroup {
    buckets =
        buckets.stream()
            .sorted(java.util.Comparator.comparingInt(Bucket::weight).thenComparingLong(Bucket::id))
            .toList();
  }

  /// One choice.
  ///
  /// @param id stable, so that a change of the others moves no flow away from this one
  /// @param weight 0 takes no new flows
  public record Bucket(long id, int weight, List<Action> actions) {
    public Bucket {
      actions = List.copyOf(actions);
    }
  }
}
