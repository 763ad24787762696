package io.gops.deployment;

import io.gops.fleet.Amounts;
import io.gops.fleet.Side;
import java.util.List;
import java.util.SortedMap;

/// What the capacity proof decided for each group: where it runs and what its pods may use.
///
/// @param placements by group id, one for each replica
/// @param pods by group id and side
public record Sizing(
    SortedMap<String, List<Group.Placement>> placements,
    SortedMap<String, SortedMap<Side, PodSize>> pods) {
  /// Resources of one pod.
  ///
  /// @param request what the scheduler counts while the side runs
  /// @param limit most that it may use over the whole move
  public record PodSize(Amounts request, Amounts limit) {
    /// A pod of which nothing is known.
    public static final PodSize UNKNOWN = new PodSize(Amounts.NONE, Amounts.NONE);

    /// The larger of two sizes by resource.
    public PodSize max(PodSize other) {
      return new PodSize(request.max(other.request), limit.max(other.limit));
    }
  }
}
