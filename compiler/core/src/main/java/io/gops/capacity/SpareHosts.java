package io.gops.capacity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// Which hosts stay empty, and which may take groups. Each of the hosts that `spare` asks for is at
/// least as large, in every row, as each host that is in use, so that it can stand in for any of
/// them with whatever runs there now or later. Hosts that carry groups which may not move are no
/// spares, whatever the lock says of the others.
final class SpareHosts {
  /// Those that stay empty; the spares of the pool first.
  final List<Integer> closed;

  /// Whether groups may be on a host: it is no spare, and no larger than one.
  final boolean[] usable;

  /// Whether a host may take groups that are not on it.
  final boolean[] open;

  /// Hosts that could be spares: empty, and as large as all that are in use.
  final int able;

  /// Groups that may not move and stand where spares would be, when there are too few.
  final List<Integer> standing;

  private final PoolModel model;

  /// Whether a host carries a group that may not move.
  private final boolean[] inUse;

  /// Whether any group has the host as its home.
  private final boolean[] isHome;

  /// Hosts by their limits. A pool of thousands has a few sizes.
  private final Map<List<Long>, List<Integer>> sizes = new HashMap<>();

  SpareHosts(PoolModel model, Scales scales, Homes homes) {
    this.model = model;
    inUse = new boolean[model.hosts];
    isHome = new boolean[model.hosts];
    usable = new boolean[model.hosts];
    open = new boolean[model.hosts];
    int spares = model.problem.spares();
    int kept = model.problem.kept();
    if (kept == 0) {
      closed = List.of();
      standing = List.of();
      able = 0;
    } else {
      settle(homes);
      List<Integer> order = largestFirst(scales);
      List<Integer> empty = order.stream().filter(host -> !inUse[host]).toList();
      List<Integer> large = asLargeAsAllInUse(empty);
      able = large.size();
      closed = closed(large.stream().limit(spares).toList(), empty, kept);
      standing =
          able < spares
              ? standing(homes, order.subList(0, Math.min(spares, order.size())))
              : List.of();
    }
    use(closed.subList(0, Math.min(spares, closed.size())));
  }

  private void settle(Homes homes) {
    for (int item = 0; item < model.items; item++) {
      if (homes.host[item] != Packing.NOWHERE) {
        inUse[homes.host[item]] |= homes.fixed[item];
        isHome[homes.host[item]] = true;
      }
    }
    for (int host = 0; host < model.hosts; host++) {
      List<Long> limits = new ArrayList<>();
      for (int row = 0; row < model.rows; row++) {
        limits.add(model.limit[host * model.rows + row]);
      }
      sizes.computeIfAbsent(limits, _ -> new ArrayList<>()).add(host);
    }
  }

  /// Hosts that may take groups: those that could stand in for most others first; of equal ones
  /// those that are no home, the last by name before the others.
  private List<Integer> largestFirst(Scales scales) {
    int[] rank = new int[model.hosts];
    for (List<Integer> equal : sizes.values()) {
      int count =
          sizes.values().stream()
              .filter(other -> asLarge(equal.getFirst(), other.getFirst()))
              .mapToInt(List::size)
              .sum();
      equal.forEach(host -> rank[host] = count);
    }
    return IntStream.range(0, model.hosts)
        .filter(model::acceptsNew)
        .boxed()
        .sorted(
            Comparator.comparingInt((Integer host) -> -rank[host])
                .thenComparingLong(host -> -scales.room(model, host))
                .thenComparing(host -> inUse[host])
                .thenComparing(host -> isHome[host])
                .thenComparing(Comparator.reverseOrder()))
        .toList();
  }

  private List<Integer> asLargeAsAllInUse(List<Integer> hosts) {
    List<Integer> busy =
        sizes.values().stream()
            .flatMap(equal -> equal.stream().filter(host -> inUse[host]).limit(1))
            .toList();
    return hosts.stream()
        .filter(host -> busy.stream().allMatch(other -> asLarge(host, other)))
        .toList();
  }

  private static List<Integer> closed(List<Integer> spares, List<Integer> empty, int kept) {
    List<Integer> closed = new ArrayList<>(spares);
    empty.stream()
        .filter(host -> !spares.contains(host))
        .limit(Math.max(0, kept - spares.size()))
        .forEach(closed::add);
    return closed;
  }

  /// Groups on the hosts that would be spares, were they empty.
  private List<Integer> standing(Homes homes, List<Integer> wanted) {
    return IntStream.range(0, model.items)
        .filter(item -> homes.fixed[item] && wanted.contains(homes.host[item]))
        .boxed()
        .toList();
  }

  private void use(List<Integer> spares) {
    Set<Integer> empty = new HashSet<>(closed);
    for (int host = 0; host < model.hosts; host++) {
      int other = host;
      usable[host] =
          !empty.contains(host) && spares.stream().allMatch(spare -> asLarge(spare, other));
      open[host] = usable[host] && model.acceptsNew(host);
    }
  }

  /// Whether a host offers at least what another one does.
  private boolean asLarge(int host, int other) {
    for (int row = 0; row < model.rows; row++) {
      if (model.limit[host * model.rows + row] < model.limit[other * model.rows + row]) {
        return false;
      }
    }
    return true;
  }
}
