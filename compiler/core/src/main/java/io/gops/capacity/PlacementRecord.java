package io.gops.capacity;

import io.gops.allocate.Lock;
import io.gops.deployment.Group;
import java.util.Optional;

/// How a placement is written in the lock: `primary` or `primary,failover`.
final class PlacementRecord {
  static final String KIND = "placement";
  static final String SPACE = "fleet";

  private PlacementRecord() {}

  static String print(Group.Placement placement) {
    return placement.failover().map(f -> placement.primary() + "," + f).orElse(placement.primary());
  }

  /// What the lock says of a replica. Replica 0 also answers to the bare group id and a single
  /// replica to ordinal 0, so that changing the number of replicas moves nobody.
  static Optional<Group.Placement> read(Lock lock, String group, int ordinal, int replicas) {
    Optional<Group.Placement> found = read(lock, Occupant.recordName(group, ordinal, replicas));
    return found.isPresent() || ordinal > 0
        ? found
        : read(lock, replicas == 1 ? group + "/0" : group);
  }

  private static Optional<Group.Placement> read(Lock lock, String name) {
    return Optional.ofNullable(lock.records().get(new Lock.Key(KIND, SPACE, name)))
        .map(PlacementRecord::parse);
  }

  private static Group.Placement parse(String value) {
    int comma = value.indexOf(',');
    return comma < 0
        ? new Group.Placement(value, Optional.empty())
        : new Group.Placement(value.substring(0, comma), Optional.of(value.substring(comma + 1)));
  }
}
