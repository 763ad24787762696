package io.gops.capacity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Counts how many items of a size the hosts can hold.
///
/// `k` items with steady use `≥ s` and extra use `≥ d` need `k·s + min(w, k)·d` of a host. If more
/// items have that size than all hosts have places, no placement exists. Where larger items are
/// among them, each host that takes one has fewer places for the rest.
final class PlaceCount {
  private static final int THRESHOLDS = 64;

  private final int budget;
  private final long[] steady;

  /// Smallest extra use among the items that are at least as large.
  private final long[] extra;

  private final List<HostClass> classes;

  /// Hosts with equal room count alike.
  private record HostClass(long base, long top, int hosts) {}

  private record Room(long base, long top) {}

  /// @param larger the larger items, when they decide
  /// @param most places on the host that has most of them
  record Found(Bound.Size size, int items, Optional<Bound.Larger> larger, long places, long most) {}

  PlaceCount(Bounds.Table table, int budget) {
    int items = table.steady().length;
    this.budget = Math.min(budget, items);
    int[] order =
        IntStream.range(0, items)
            .boxed()
            .sorted(Comparator.comparingLong((Integer i) -> -table.steady()[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    steady = new long[items];
    extra = new long[items];
    long least = Long.MAX_VALUE;
    for (int i = 0; i < items; i++) {
      steady[i] = table.steady()[order[i]];
      least = Math.min(least, table.extra()[order[i]]);
      extra[i] = least;
    }
    Map<Room, Integer> rooms = new HashMap<>();
    for (int i = 0; i < table.base().length; i++) {
      rooms.merge(new Room(table.base()[i], table.top()[i]), 1, Integer::sum);
    }
    classes = new ArrayList<>();
    rooms.forEach((room, hosts) -> classes.add(new HostClass(room.base, room.top, hosts)));
    classes.sort(Comparator.comparingLong(HostClass::base).thenComparingLong(HostClass::top));
  }

  /// @param withLarger whether to look for larger items among those counted too
  Optional<Found> find(boolean withLarger) {
    int[] ends = ends();
    for (int end : ends) {
      long places = places(end);
      if (end + 1 > places) {
        return Optional.of(new Found(size(end), end + 1, Optional.empty(), places, most(end)));
      }
    }
    if (withLarger && ends.length > 0) {
      int all = ends[ends.length - 1];
      long places = places(all);
      for (int end : ends) {
        long lost = lost(all, end);
        if (all + 1 > places - lost) {
          return Optional.of(
              new Found(
                  size(all),
                  all + 1,
                  Optional.of(new Bound.Larger(size(end), end + 1, lost)),
                  places - lost,
                  most(all)));
        }
      }
    }
    return Optional.empty();
  }

  private Bound.Size size(int end) {
    return new Bound.Size(steady[end], extra[end]);
  }

  /// Last index of each group of equal steady uses; a spread of them when there are many.
  private int[] ends() {
    int[] all =
        IntStream.range(0, steady.length)
            .filter(i -> i + 1 == steady.length || steady[i] != steady[i + 1])
            .filter(i -> steady[i] > 0)
            .toArray();
    if (all.length <= THRESHOLDS) {
      return all;
    }
    return IntStream.range(0, THRESHOLDS)
        .map(i -> all[(int) ((long) (i + 1) * all.length / THRESHOLDS) - 1])
        .toArray();
  }

  private long places(int end) {
    long sum = 0;
    for (HostClass hosts : classes) {
      sum += hosts.hosts * places(hosts, steady[end], extra[end]);
    }
    return sum;
  }

  private long most(int end) {
    return classes.stream()
        .mapToLong(host -> places(host, steady[end], extra[end]))
        .max()
        .orElse(0);
  }

  /// The largest `k` with `k·s + max(top, min(w, k)·d) ≤ base`.
  private long places(HostClass host, long s, long d) {
    if (host.base < host.top) {
      return 0;
    }
    long byTop = (host.base - host.top) / s;
    long moving = product(budget, d);
    long all = host.base >= moving ? Math.min(byTop, (host.base - moving) / s) : -1;
    return all >= budget ? all : Math.min(Math.min(byTop, budget - 1L), host.base / (s + d));
  }

  /// Places that the items up to `end` take from all items, at least.
  private long lost(int all, int end) {
    long most = 0;
    List<HostClass> takers = new ArrayList<>();
    for (HostClass host : classes) {
      long larger = places(host, steady[end], extra[end]);
      most = Math.max(most, larger);
      if (larger > 0) {
        takers.add(host);
      }
    }
    if (most == 0) {
      return 0;
    }
    long hostsWithLarger = Math.ceilDiv(end + 1L, most);
    List<long[]> losses = new ArrayList<>();
    for (HostClass host : takers) {
      long places = places(host, steady[all], extra[all]);
      losses.add(new long[] {places - placesBeside(host, all, end, places), host.hosts});
    }
    losses.sort(Comparator.comparingLong(loss -> loss[0]));
    long lost = 0;
    for (long[] loss : losses) {
      long hosts = Math.min(hostsWithLarger, loss[1]);
      lost += hosts * loss[0];
      hostsWithLarger -= hosts;
    }
    return lost;
  }

  /// Places of a host that takes at least one larger item, that one included.
  private long placesBeside(HostClass host, int all, int end, long most) {
    for (long k = most; k > 1; k--) {
      long moving = extra[end] + product(Math.min(budget, k) - 1, extra[all]);
      long need = (k - 1) * steady[all] + steady[end] + Math.max(host.top, moving);
      if (need <= host.base) {
        return k;
      }
    }
    return 1;
  }

  /// A product that stops at a number larger than any limit.
  private static long product(long count, long amount) {
    return amount > 0 && count > PoolModel.UNLIMITED / amount
        ? PoolModel.UNLIMITED
        : count * amount;
  }
}
