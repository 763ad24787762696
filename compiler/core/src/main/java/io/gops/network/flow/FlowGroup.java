package io.gops.network.flow;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Sends each packet to one of several buckets.
///
/// @param id 1 to 4,294,967,039
/// @param buckets of a selection lighter first, see [#FlowGroup]
public record FlowGroup(long id, Kind kind, List<Bucket> buckets, Declaration declaration) {
  /// Sorts the buckets of a selection by weight, then id: Open vSwitch takes the last bucket with
  /// the highest score, so a bucket of weight 0 must not come after the others, or one flow in
  /// 65,536 would take it.
  public FlowGroup {
    buckets =
        kind == Kind.SELECT
            ? buckets.stream()
                .sorted(Comparator.comparingInt(Bucket::weight).thenComparingLong(Bucket::id))
                .toList()
            : List.copyOf(buckets);
  }

  /// A selection.
  public FlowGroup(long id, List<Bucket> buckets, Declaration declaration) {
    this(id, Kind.SELECT, buckets, declaration);
  }

  /// How a bucket is found.
  public enum Kind {
    /// By the pair of addresses, among those that live.
    SELECT,
    /// The first that lives.
    FIRST_LIVE
  }

  /// One choice.
  ///
  /// @param id stable, so that a change of the others moves no flow away from this one
  /// @param weight 0 takes no new flows; only a selection has weights
  /// @param watch what must live for this choice; without it, it always does
  public record Bucket(long id, int weight, Optional<Watch> watch, List<Action> actions) {
    public Bucket {
      actions = List.copyOf(actions);
    }

    /// One that always lives.
    public Bucket(long id, int weight, List<Action> actions) {
      this(id, weight, Optional.empty(), actions);
    }
  }

  /// What tells whether a choice lives.
  public sealed interface Watch {
    /// A port: whether it is up, and so is the other end of its BFD session if it has one.
    record Port(int number) implements Watch {}

    /// A group: whether one of its buckets lives.
    record Group(long id) implements Watch {}
  }
}
