package io.gops.fleet;

import io.gops.source.Origins;
import java.util.List;
import java.util.Map;

/// Hosts that the same zones may use.
///
/// @param site label of the enclosing site
/// @param name label of the pool inside the site
/// @param sharing how many pairs a host may carry
/// @param margin share of the allocatable amount that stays free at the worst instant
/// @param spare hosts that stay empty for failures
/// @param survive hosts that may fail at the same time, or [#WHOLE_RACK]
/// @param hosts names of its hosts in order
public record Pool(
    String site,
    String name,
    Sharing sharing,
    Map<Resource, Percent> margin,
    int spare,
    int survive,
    List<String> hosts,
    Origins origins) {
  /// Stands for all hosts of any one rack, however many they are.
  public static final int WHOLE_RACK = Integer.MAX_VALUE;

  /// Number of pairs on one host.
  public enum Sharing {
    /// As many as the capacity proof allows.
    PACKED,
    /// One.
    EXCLUSIVE
  }

  public Pool {
    margin = Map.copyOf(margin);
    hosts = List.copyOf(hosts);
  }

  /// `site.pool`.
  public String key() {
    return site + "." + name;
  }
}
