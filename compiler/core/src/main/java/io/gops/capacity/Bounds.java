package io.gops.capacity;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Cheap proofs that no placement exists, tried in the order in which people understand them.
final class Bounds {
  private final PoolModel model;
  private final Scales scales;
  private final Packing packing;
  private final int[] hosts;
  private final int[] free;

  private Bounds(PoolModel model, Scales scales, Packing packing, int[] hosts) {
    this.model = model;
    this.scales = scales;
    this.packing = packing;
    this.hosts = hosts;
    free =
        IntStream.range(0, model.items)
            .filter(item -> packing.hostOf(item) == Packing.NOWHERE)
            .toArray();
  }

  /// The first bound that excludes every placement of the items which are not placed yet.
  ///
  /// @param packing the items that may not move
  /// @param hosts hosts that may take items
  static Optional<Bound> find(PoolModel model, Scales scales, Packing packing, int[] hosts) {
    Bounds bounds = new Bounds(model, scales, packing, hosts);
    return bounds
        .item()
        .or(bounds::apart)
        .or(bounds::sum)
        .or(bounds::count)
        .or(bounds::weightedCount);
  }

  /// Where an item comes closest to fitting: the host whose tightest row lacks least.
  static Bound.Gap closest(PoolModel model, Scales scales, Packing packing, int[] hosts, int item) {
    Bound.Gap best = new Bound.Gap(Packing.NOWHERE, 0, 0);
    long bestShare = Long.MIN_VALUE;
    for (int host : hosts) {
      int worst = 0;
      long worstShare = Long.MAX_VALUE;
      for (int row = 0; row < model.rows; row++) {
        long share = scales.share(row, packing.roomWith(host, item, row));
        if (share < worstShare) {
          worstShare = share;
          worst = row;
        }
      }
      if (worstShare > bestShare && packing.allowed(item, host)) {
        bestShare = worstShare;
        best = new Bound.Gap(host, worst, -packing.roomWith(host, item, worst));
      }
    }
    return best;
  }

  private Optional<Bound> item() {
    HostChoice any = new HostChoice(model, scales, open());
    for (int item : free) {
      if (any.first(packing, item) == Packing.NOWHERE) {
        Bound.Gap gap = closest(model, scales, packing, hosts, item);
        if (gap.host() != Packing.NOWHERE || hosts.length == 0) {
          return Optional.of(new Bound.Item(item, gap));
        }
      }
    }
    return Optional.empty();
  }

  private boolean[] open() {
    boolean[] open = new boolean[model.hosts];
    for (int host : hosts) {
      open[host] = true;
    }
    return open;
  }

  private Optional<Bound> apart() {
    if (model.exclusive) {
      int empty = (int) IntStream.of(hosts).filter(host -> packing.count(host) == 0).count();
      if (free.length > empty) {
        return Optional.of(new Bound.Apart("", free.length, empty));
      }
    }
    for (int item : free) {
      int waiting = 0;
      int taken = 0;
      for (int sibling : model.siblings[item]) {
        int host = packing.hostOf(sibling);
        waiting += host == Packing.NOWHERE ? 1 : 0;
        taken += host != Packing.NOWHERE && IntStream.of(hosts).anyMatch(h -> h == host) ? 1 : 0;
      }
      if (waiting > hosts.length - taken) {
        return Optional.of(
            new Bound.Apart(model.occupants.get(item).group(), waiting, hosts.length - taken));
      }
    }
    return Optional.empty();
  }

  /// Each host that takes any item loses at least the smallest extra use of all.
  private Optional<Bound> sum() {
    for (int row = 0; row < model.rows; row++) {
      Table table = table(List.of(new Bound.Weight(row, 1)));
      if (table == null || free.length == 0) {
        continue;
      }
      long demand = 0;
      long least = Long.MAX_VALUE;
      for (int i = 0; i < free.length; i++) {
        demand += table.steady[i];
        least = Math.min(least, table.extra[i]);
      }
      long supply = 0;
      long most = 1;
      for (int i = 0; i < hosts.length; i++) {
        long room = Math.max(0, table.base[i] - Math.max(table.top[i], least));
        supply += room;
        most = Math.max(most, room);
      }
      if (demand > supply) {
        return Optional.of(new Bound.Sum(row, free.length, demand, supply, most, hosts.length));
      }
    }
    return Optional.empty();
  }

  private Optional<Bound> count() {
    for (int row = 0; row < model.rows; row++) {
      Optional<Bound> found = count(List.of(new Bound.Weight(row, 1)), true);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /// Sums of rows: an item that is small in one resource is often large in another.
  private Optional<Bound> weightedCount() {
    List<Bound.Weight> scarce = new ArrayList<>();
    for (int row = 0; row < model.rows; row++) {
      if (scales.weight(row) >= Scales.HALF_NEEDED) {
        scarce.add(new Bound.Weight(row, (1L << 57) / model.rows / scales.largest(row)));
      }
    }
    for (int a = 0; a < scarce.size(); a++) {
      for (int b = a + 1; b < scarce.size(); b++) {
        Optional<Bound> found = count(List.of(scarce.get(a), scarce.get(b)), false);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return scarce.size() > 2 ? count(scarce, false) : Optional.empty();
  }

  private Optional<Bound> count(List<Bound.Weight> weights, boolean withLarger) {
    Table table = table(weights);
    if (table == null || free.length == 0) {
      return Optional.empty();
    }
    PlaceCount count = new PlaceCount(table, budget(weights));
    return count
        .find(withLarger)
        .map(
            found ->
                new Bound.Count(
                    weights,
                    found.size(),
                    found.items(),
                    found.larger(),
                    found.places(),
                    found.most(),
                    hosts.length));
  }

  private int budget(List<Bound.Weight> weights) {
    return weights.stream().mapToInt(w -> model.budget[w.row()]).min().orElse(1);
  }

  /// The free items and the open hosts in a weighted sum of rows.
  ///
  /// @param base limit less the steady uses of what is fixed
  /// @param top largest extra uses of what is fixed
  @SuppressWarnings("ArrayRecordComponent") // lives for one bound and is never compared
  record Table(long[] steady, long[] extra, long[] base, long[] top) {}

  private @Nullable Table table(List<Bound.Weight> weights) {
    Table table =
        new Table(
            new long[free.length],
            new long[free.length],
            new long[hosts.length],
            new long[hosts.length]);
    for (Bound.Weight weight : weights) {
      // In a wave whose groups are known nothing is left open: all of it is as good as steady.
      boolean isKnown = model.budget[weight.row()] == PoolModel.ALL;
      for (int i = 0; i < free.length; i++) {
        int at = free[i] * model.rows + weight.row();
        long extra = model.extra[at];
        table.steady[i] += weight.factor() * (model.steady[at] + (isKnown ? extra : 0));
        table.extra[i] += weight.factor() * (isKnown ? 0 : extra);
      }
      for (int i = 0; i < hosts.length; i++) {
        long room = packing.room(hosts[i], weight.row());
        long top = isKnown ? 0 : packing.top(hosts[i], weight.row());
        if (room > PoolModel.UNLIMITED / 2) {
          return null;
        }
        table.base[i] += weight.factor() * (room + top);
        table.top[i] += weight.factor() * top;
      }
    }
    return table;
  }
}
