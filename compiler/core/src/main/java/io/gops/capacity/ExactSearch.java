package io.gops.capacity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Branch and bound around one item: empties the few hosts that come closest to taking it, and
/// tries every way to put their items and this one back.
final class ExactSearch {
  private static final int HOSTS = 8;
  private static final int ITEMS = 24;
  static final long NODES = 20_000;

  private final PoolModel model;
  private final Scales scales;
  private final Homes homes;
  private final HostChoice choice;
  private final long[] size;

  ExactSearch(PoolModel model, Scales scales, Homes homes, HostChoice choice, long[] size) {
    this.model = model;
    this.scales = scales;
    this.homes = homes;
    this.choice = choice;
    this.size = size;
  }

  /// Places the item and puts the others back; leaves the packing as it was when it finds no way.
  boolean place(Packing packing, int item) {
    List<Integer> hosts = new ArrayList<>();
    List<Integer> items = new ArrayList<>(List.of(item));
    for (int host : nearest(packing, item)) {
      int[] movable = IntStream.of(packing.members(host)).filter(i -> !homes.fixed[i]).toArray();
      if (hosts.size() < HOSTS && items.size() + movable.length <= ITEMS) {
        hosts.add(host);
        IntStream.of(movable).forEach(items::add);
      }
    }
    int[] before = items.stream().mapToInt(packing::hostOf).toArray();
    items.stream().skip(1).forEach(packing::remove);
    int[] order =
        items.stream()
            .sorted(Comparator.comparingLong((Integer i) -> -size[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    if (search(packing, order, 0, hosts, new Steps(NODES))) {
      return true;
    }
    for (int i = 1; i < before.length; i++) {
      packing.place(items.get(i), before[i]);
    }
    return false;
  }

  private boolean search(
      Packing packing, int[] order, int depth, List<Integer> hosts, Steps nodes) {
    if (depth == order.length) {
      return true;
    }
    for (int i = 0; i < hosts.size(); i++) {
      int host = hosts.get(i);
      if (!nodes.take(1)) {
        return false;
      }
      if (packing.fits(order[depth], host) && !sameAsEarlier(packing, hosts, i)) {
        packing.place(order[depth], host);
        if (search(packing, order, depth + 1, hosts, nodes)) {
          return true;
        }
        packing.remove(order[depth]);
      }
    }
    return false;
  }

  /// An empty host is as good as an earlier empty host with the same limits.
  private boolean sameAsEarlier(Packing packing, List<Integer> hosts, int index) {
    int host = hosts.get(index);
    return packing.count(host) == 0
        && hosts.subList(0, index).stream()
            .anyMatch(other -> packing.count(other) == 0 && choice.sameShape(host, other));
  }

  /// Candidate hosts by how much room they would have left with the item, most first.
  private int[] nearest(Packing packing, int item) {
    return IntStream.of(choice.candidates())
        .boxed()
        .sorted(Comparator.comparingLong((Integer host) -> -scarcestRoom(packing, host, item)))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private long scarcestRoom(Packing packing, int host, int item) {
    long least = Long.MAX_VALUE;
    for (int row = 0; row < model.rows; row++) {
      least = Math.min(least, scales.share(row, packing.roomWith(host, item, row)));
    }
    return least;
  }
}
