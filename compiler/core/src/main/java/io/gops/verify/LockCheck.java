package io.gops.verify;

import io.gops.allocate.Lock;
import io.gops.capacity.PoolAnswer;
import io.gops.deployment.Group;
import io.gops.state.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Re-checks that lock, state and certificate speak of the same placement.
public final class LockCheck {
  private static final String KIND = "placement";

  private LockCheck() {}

  /// Where the lock's placements differ from the certificate's, and where groups of the state have
  /// none.
  public static List<String> violations(Certificate certificate, Lock lock, State state) {
    Map<String, String> locked = new TreeMap<>();
    lock.records()
        .forEach(
            (key, value) -> {
              if (key.kind().equals(KIND)) {
                locked.put(key.name(), value);
              }
            });
    List<String> violations = new ArrayList<>();
    Set<String> groups = new HashSet<>();
    for (PoolAnswer pool : certificate.pools()) {
      if (pool instanceof PoolAnswer.Holds holds) {
        groups.addAll(holds.placements().keySet());
        holds.placements().forEach((group, list) -> compare(group, list, locked, violations));
      }
    }
    locked
        .keySet()
        .forEach(name -> violations.add("the lock places " + name + ", the certificate does not"));
    state.groups().keySet().stream()
        .filter(group -> !groups.contains(group))
        .forEach(group -> violations.add("the state has group " + group + ", the proof has not"));
    return violations;
  }

  private static void compare(
      String group,
      List<Group.Placement> placements,
      Map<String, String> locked,
      List<String> violations) {
    for (int i = 0; i < placements.size(); i++) {
      String name = placements.size() == 1 ? group : group + "/" + i;
      Group.Placement placement = placements.get(i);
      String proved =
          placement
              .failover()
              .map(failover -> placement.primary() + "," + failover)
              .orElse(placement.primary());
      String found = locked.remove(name);
      if (!proved.equals(found)) {
        violations.add(
            name + " is proved on " + proved + ", the lock says " + (found == null ? "-" : found));
      }
    }
  }
}
