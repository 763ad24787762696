package io.gops.capacity;

import io.gops.deployment.Group;
import io.gops.deployment.Sizing;
import java.util.List;
import java.util.SortedMap;

/// What is to be proved of a fleet, and where the lock has its groups already.
///
/// @param pools pool by pool
/// @param sizing the placements of the lock, and pod sizes by side
/// @param pods by group id and version: what a pod of that version asks for and may use
public record CapacityQuestion(
    List<PoolProblem> pools,
    Sizing sizing,
    SortedMap<String, SortedMap<String, Sizing.PodSize>> pods) {
  public CapacityQuestion {
    pools = List.copyOf(pools);
  }

  /// Whether the lock has a place for every replica.
  public boolean isPlaced() {
    return pools.stream()
        .flatMap(pool -> pool.occupants().stream())
        .allMatch(o -> placements(o).size() > o.ordinal());
  }

  private List<Group.Placement> placements(Occupant occupant) {
    return sizing.placements().getOrDefault(occupant.group(), List.of());
  }
}
