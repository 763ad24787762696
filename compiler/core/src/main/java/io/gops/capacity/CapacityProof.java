package io.gops.capacity;

import io.gops.allocate.Assignments;
import io.gops.deployment.Group;
import io.gops.deployment.Sizing;
import java.util.List;
import java.util.SortedMap;

/// A placement that holds at every instant, with the numbers that show it.
///
/// @param questions what was proved, pool by pool; with the placements it is the certificate that
///     can be checked without the prover
/// @param placements by group id, one for each replica
/// @param pods by group id and version: what a pod of that version asks for and may use
/// @param sizing placements and pod sizes by side, for lowering
/// @param hosts by host name
/// @param pools by pool key
public record CapacityProof(
    List<PoolProblem> questions,
    SortedMap<String, List<Group.Placement>> placements,
    SortedMap<String, SortedMap<String, Sizing.PodSize>> pods,
    Sizing sizing,
    SortedMap<String, HostFill> hosts,
    SortedMap<String, PoolFill> pools) {

  /// What a pool carries.
  ///
  /// @param worstInstant fullest host and resource at the worst instant
  /// @param perHost groups of one host that may be moving at once, as proved
  /// @param largestSafeWave groups of one host that could move at once on every host
  public record PoolFill(String pool, Fill worstInstant, int perHost, int largestSafeWave) {}

  /// Fullest host and resource of the fleet at the worst instant.
  public Fill worstInstant() {
    return pools.values().stream().map(PoolFill::worstInstant).reduce(Fill.EMPTY, Fill::max);
  }

  /// Writes the placements into the new lock: `placement fleet 10001 hz-g001,hz-g021`.
  public void record(Assignments assignments) {
    placements.forEach(
        (group, list) -> {
          for (int i = 0; i < list.size(); i++) {
            assignments.record(
                PlacementRecord.KIND,
                PlacementRecord.SPACE,
                Occupant.recordName(group, i, list.size()),
                PlacementRecord.print(list.get(i)));
          }
        });
  }
}
