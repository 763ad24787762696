package io.gops.capacity;

import io.gops.deployment.Group;
import io.gops.fleet.Host;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Where the items are according to the lock, and which of them may not move.
final class Homes {
  /// Host of each item before anything is decided, [Packing#NOWHERE] for new items.
  final int[] host;

  /// Whether the item stays on its host whatever happens.
  final boolean[] fixed;

  /// Host that the item lost and keeps as its primary until the host is replaced, or
  /// [Packing#NOWHERE].
  final int[] lost;

  /// Failover host of the lock, or [Packing#NOWHERE].
  final int[] failover;

  /// Live items whose hosts have both left the pool.
  final List<Integer> stranded = new ArrayList<>();

  Homes(PoolModel model) {
    host = nowhere(model.items);
    lost = nowhere(model.items);
    failover = nowhere(model.items);
    fixed = new boolean[model.items];
    for (int item = 0; item < model.items; item++) {
      Optional<Group.Placement> previous = model.occupants.get(item).previous();
      if (previous.isPresent()) {
        settle(model, item, previous.get());
      }
    }
  }

  /// Whether any item runs on its failover host because its primary is lost.
  boolean anyLost() {
    return Arrays.stream(lost).anyMatch(h -> h != Packing.NOWHERE);
  }

  private void settle(PoolModel model, int item, Group.Placement previous) {
    boolean live = model.occupants.get(item).live();
    int primary = model.host(previous.primary());
    int second = previous.failover().map(model::host).orElse(Packing.NOWHERE);
    boolean primaryRuns = runs(model, primary);
    boolean secondRuns = runs(model, second);
    if (primaryRuns) {
      host[item] = primary;
      failover[item] = secondRuns ? second : Packing.NOWHERE;
      fixed[item] = live;
    } else {
      // The scheduler has moved the group to its failover host, or will when it is fenced. A
      // failed primary keeps its record, so that the plan that replaces it can be compiled again;
      // one that has left the fleet gives it up.
      host[item] = secondRuns ? second : Packing.NOWHERE;
      lost[item] = primary;
      fixed[item] = secondRuns && (live || primary != Packing.NOWHERE);
      if (live && !secondRuns && primary == Packing.NOWHERE) {
        stranded.add(item);
      }
    }
  }

  private static boolean runs(PoolModel model, int host) {
    return host != Packing.NOWHERE && model.machines.get(host).state() != Host.State.FAILED;
  }

  private static int[] nowhere(int size) {
    int[] result = new int[size];
    Arrays.fill(result, Packing.NOWHERE);
    return result;
  }
}
