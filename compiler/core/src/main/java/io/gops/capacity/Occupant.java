package io.gops.capacity;

import io.gops.deployment.Group;
import java.util.Optional;

/// One replica of a group: an A and a B, or a single server, that stay on one host together.
///
/// @param group id of the group
/// @param ordinal which replica
/// @param demand what it needs
/// @param previous where the lock has it
/// @param live whether it runs now, so that it may not move outside a release
public record Occupant(
    String group, int ordinal, Demand demand, Optional<Group.Placement> previous, boolean live) {

  /// The same replica with another demand.
  public Occupant with(Demand other) {
    return new Occupant(group, ordinal, other, previous, live);
  }

  /// Name of its placement record: the group's id, with the ordinal when there are several.
  public static String recordName(String group, int ordinal, int replicas) {
    return replicas == 1 ? group : group + "/" + ordinal;
  }
}
