package io.gops.capacity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Chooses a host for one item by the room that would be left, integers only.
final class HostChoice {
  /// What makes a host good.
  enum Rule {
    /// Most room left in its scarcest row: low fill everywhere, few groups lost with a host.
    SPREAD,
    /// Least room left over all rows: keeps whole hosts free for what is still to come.
    TIGHT
  }

  private final PoolModel model;
  private final Scales scales;
  private final int[] candidates;

  /// Hosts with equal limits have one number; while they are empty only the first is looked at.
  private final int[] shape;

  private final boolean[] emptySeen;

  HostChoice(PoolModel model, Scales scales, boolean[] open) {
    this.model = model;
    this.scales = scales;
    List<Integer> hosts = new ArrayList<>();
    Map<List<Long>, Integer> shapes = new HashMap<>();
    shape = new int[model.hosts];
    for (int host = 0; host < model.hosts; host++) {
      List<Long> limits = new ArrayList<>();
      for (int row = 0; row < model.rows; row++) {
        limits.add(model.limit[host * model.rows + row]);
      }
      int next = shapes.size();
      shape[host] = shapes.computeIfAbsent(limits, _ -> next);
      if (open[host]) {
        hosts.add(host);
      }
    }
    candidates = hosts.stream().mapToInt(Integer::intValue).toArray();
    emptySeen = new boolean[shapes.size()];
  }

  /// Hosts that may take items, in order.
  int[] candidates() {
    return candidates;
  }

  /// Whether two hosts have the same limits.
  boolean sameShape(int a, int b) {
    return shape[a] == shape[b];
  }

  /// The first host that holds with the item, [Packing#NOWHERE] when there is none.
  int first(Packing packing, int item) {
    for (int host : candidates) {
      if (packing.fits(item, host)) {
        return host;
      }
    }
    return Packing.NOWHERE;
  }

  /// The best host that holds with the item, [Packing#NOWHERE] when there is none.
  int best(Packing packing, int item, Rule rule) {
    return best(packing, item, rule, Packing.NOWHERE);
  }

  /// As [#best(Packing, int, Rule)], without one host.
  int best(Packing packing, int item, Rule rule, int except) {
    Arrays.fill(emptySeen, false);
    int best = Packing.NOWHERE;
    long bestScore = Long.MAX_VALUE;
    for (int host : candidates) {
      if (packing.count(host) == 0) {
        if (emptySeen[shape[host]] || host == except) {
          continue;
        }
        emptySeen[shape[host]] = true;
      }
      if (host != except && packing.fits(item, host)) {
        long score = score(packing, item, host, rule);
        if (score < bestScore) {
          bestScore = score;
          best = host;
        }
      }
    }
    return best;
  }

  private long score(Packing packing, int item, int host, Rule rule) {
    return switch (rule) {
      case SPREAD -> -scarcestRoom(packing, item, host);
      case TIGHT -> squaredRoom(packing, item, host);
    };
  }

  private long scarcestRoom(Packing packing, int item, int host) {
    long least = Long.MAX_VALUE;
    for (int row = 0; row < model.rows; row++) {
      least = Math.min(least, scales.share(row, packing.roomWith(host, item, row)));
    }
    return least;
  }

  private long squaredRoom(Packing packing, int item, int host) {
    long sum = 0;
    for (int row = 0; row < model.rows; row++) {
      long room = scales.share(row, packing.roomWith(host, item, row)) >> 4;
      sum += scales.weight(row) * room * room;
    }
    return sum;
  }
}
