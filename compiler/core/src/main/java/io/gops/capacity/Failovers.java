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

  /// Where the first group without a host came closest.
  private Bound.Gap gap = new Bound.Gap(Packing.NOWHERE, 0, 0);

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
          return new Verdict.NotSurvived(model, packing, host, orphans, search.gap);
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
        gap = left.isEmpty() ? closest(host, orphan) : gap;
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
    if (old != Packing.NOWHERE && open(old, host) && takes(old, orphan)) {
      return old;
    }
    int best = Packing.NOWHERE;
    long bestRoom = Long.MIN_VALUE;
    for (int step = 1; step < model.hosts; step++) {
      // Equal hosts are taken in turn, so that one host is not the failover of all others.
      int other = (host + step) % model.hosts;
      if (open(other, host) && takes(other, orphan)) {
        long room = scarcestRoom(other, orphan);
        if (room > bestRoom) {
          bestRoom = room;
          best = other;
        }
      }
    }
    return best;
  }

  private Bound.Gap closest(int lost, int orphan) {
    Bound.Gap best = new Bound.Gap(Packing.NOWHERE, 0, 0);
    long bestShare = Long.MIN_VALUE;
    for (int other = 0; other < model.hosts; other++) {
      long share = scarcestRoom(other, orphan);
      if (open(other, lost) && packing.allowed(orphan, other) && share > bestShare) {
        bestShare = share;
        best = gap(other, orphan, share);
      }
    }
    return best;
  }

  private Bound.Gap gap(int host, int orphan, long share) {
    int row = 0;
    while (scales.share(row, room(host, orphan, row)) != share) {
      row++;
    }
    return new Bound.Gap(host, row, -room(host, orphan, row));
  }

  /// Whether groups of a lost host may start on another one: in another rack, when there are any.
  private boolean open(int target, int lost) {
    return target != lost
        && model.acceptsNew(target)
        && !(severalRacks
            && model.machines.get(target).rack().equals(model.machines.get(lost).rack()));
  }

  private boolean takes(int target, int orphan) {
    for (int row = 0; row < model.rows; row++) {
      if (room(target, orphan, row) < 0) {
        return false;
      }
    }
    return packing.allowed(orphan, target);
  }

  private long scarcestRoom(int target, int orphan) {
    long least = Long.MAX_VALUE;
    for (int row = 0; row < model.rows; row++) {
      least = Math.min(least, scales.share(row, room(target, orphan, row)));
    }
    return least;
  }

  /// What is left on a host that is at its worst instant when the orphan has started there too.
  private long room(int target, int orphan, int row) {
    return packing.room(target, row)
        - received[target * model.rows + row]
        - model.cold[orphan * model.rows + row];
  }
}
