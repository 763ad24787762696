package io.gops.capacity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// For each host that may be lost, finds a host for each of its groups.
///
/// Groups come back with one side and everybody logging in at once; the release is paused, and
/// groups that were already moving on the surviving hosts may stay at their worst instant. So a
/// surviving host must hold its own worst instant and the cold starts it receives.
final class Failovers {
  private final PoolModel model;
  private final Scales scales;
  private final Homes homes;
  private final Packing packing;
  private final int[] failover;
  private final boolean severalRacks;

  /// What the orphans of the host in question add, by host and row.
  private final long[] received;

  private Failovers(PoolModel model, Scales scales, Homes homes, Packing packing) {
    this.model = model;
    this.scales = scales;
    this.homes = homes;
    this.packing = packing;
    failover = new int[model.items];
    Arrays.fill(failover, Packing.NOWHERE);
    severalRacks = model.machines.stream().map(Machine::rack).distinct().count() > 1;
    received = new long[model.hosts * model.rows];
  }

  /// The failover host of each item, or the first host whose loss is not survived.
  static Verdict choose(PoolModel model, Scales scales, Homes homes, Packing packing) {
    Failovers search = new Failovers(model, scales, homes, packing);
    if (model.problem.survive() > 0) {
      for (int host = 0; host < model.hosts; host++) {
        List<Integer> orphans = search.lose(host);
        // While a host is lost already, the next loss is beyond what was promised.
        if (!orphans.isEmpty() && !homes.anyLost()) {
          return new Verdict.NotSurvived(model, packing, host, orphans);
        }
      }
    }
    return new Verdict.Holds(
        model, homes, packing, Arrays.stream(search.failover).boxed().toList());
  }

  /// @return the groups that find no host
  private List<Integer> lose(int host) {
    List<Integer> left = new ArrayList<>();
    List<Integer> touched = new ArrayList<>();
    int[] orphans = packing.members(host);
    List<Integer> order = new ArrayList<>();
    for (int orphan : orphans) {
      if (homes.lost[orphan] == Packing.NOWHERE) {
        order.add(orphan);
      }
    }
    order.sort(Comparator.comparingLong(item -> -scales.size(model, item)));
    for (int orphan : order) {
      int target = target(host, orphan);
      if (target == Packing.NOWHERE) {
        left.add(orphan);
      } else {
        failover[orphan] = target;
        touched.add(target);
        for (int row = 0; row < model.rows; row++) {
          received[target * model.rows + row] += model.cold[orphan * model.rows + row];
        }
      }
    }
    for (int target : touched) {
      Arrays.fill(received, target * model.rows, (target + 1) * model.rows, 0);
    }
    return left;
  }

  private int target(int host, int orphan) {
    int old = homes.failover[orphan];
    if (old != Packing.NOWHERE && takes(old, host, orphan)) {
      return old;
    }
    int best = Packing.NOWHERE;
    long bestRoom = Long.MIN_VALUE;
    for (int other = 0; other < model.hosts; other++) {
      if (takes(other, host, orphan)) {
        long room = scarcestRoom(other, orphan);
        if (room > bestRoom) {
          bestRoom = room;
          best = other;
        }
      }
    }
    return best;
  }

  private boolean takes(int target, int lost, int orphan) {
    if (target == lost || !model.acceptsNew(target)) {
      return false;
    }
    if (severalRacks && model.machines.get(target).rack().equals(model.machines.get(lost).rack())) {
      return false;
    }
    for (int row = 0; row < model.rows; row++) {
      int at = target * model.rows + row;
      if (model.cold[orphan * model.rows + row] > packing.room(target, row) - received[at]) {
        return false;
      }
    }
    return packing.allowed(orphan, target);
  }

  private long scarcestRoom(int target, int orphan) {
    long least = Long.MAX_VALUE;
    for (int row = 0; row < model.rows; row++) {
      int at = target * model.rows + row;
      long room = packing.room(target, row) - received[at] - model.cold[orphan * model.rows + row];
      least = Math.min(least, scales.share(row, room));
    }
    return least;
  }
}
