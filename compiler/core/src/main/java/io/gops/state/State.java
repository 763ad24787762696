package io.gops.state;

import io.gops.fleet.Pair;
import io.gops.fleet.Side;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What runs, as the last finished or aborted release left it. Only the runner writes it.
///
/// @param groups by group id
/// @param templates canonical pod templates by their hash, each stored once
public record State(SortedMap<String, GroupState> groups, SortedMap<String, String> templates) {
  /// Nothing runs yet.
  public static final State EMPTY = new State(new TreeMap<>(), new TreeMap<>());

  /// One group.
  ///
  /// @param live the side that takes logins
  /// @param hosts where a release moved the group to, one for each replica; empty while it is
  ///     where the lock says
  public record GroupState(Side live, SortedMap<Side, SideState> sides, List<String> hosts) {
    public GroupState {
      hosts = List.copyOf(hosts);
    }

    /// A group that no release has moved.
    public GroupState(Side live, SortedMap<Side, SideState> sides) {
      this(live, sides, List.of());
    }

    /// Whether a switch to the other side has begun and is not finished, so that players may be on
    /// both: both sides run, and the idle one does not run as the standby of the live one.
    public boolean isUnderWay(Pair.Standby standby) {
      boolean bothRun =
          sides.size() > 1 && sides.values().stream().allMatch(side -> side.replicas() > 0);
      boolean same = sides.values().stream().map(SideState::version).distinct().count() == 1;
      return bothRun && !(standby == Pair.Standby.WARM && same);
    }
  }

  /// One side of a group.
  ///
  /// @param replicas pods that run; 0 when stopped
  /// @param template hash of the pod template, empty when it never ran
  public record SideState(String version, int replicas, String template) {}
}
