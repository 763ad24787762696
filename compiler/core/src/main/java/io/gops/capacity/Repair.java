package io.gops.capacity;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/// Finds room for items that the greedy pass left over: by moving one other item, by putting a
/// smaller one out and placing that again, and at last by an exact search on a few hosts.
final class Repair {
  /// How often one item may be put out, so that two items cannot push each other for ever.
  private static final int PATIENCE = 4;

  private final PoolModel model;
  private final Scales scales;
  private final Homes homes;
  private final HostChoice choice;
  private final Steps steps;
  private final long[] size;

  Repair(PoolModel model, Scales scales, Homes homes, HostChoice choice, Steps steps) {
    this.model = model;
    this.scales = scales;
    this.homes = homes;
    this.choice = choice;
    this.steps = steps;
    size = new long[model.items];
    for (int item = 0; item < model.items; item++) {
      size[item] = scales.size(model, item);
    }
  }

  /// @return the items that still have no host, in order
  List<Integer> place(Packing packing, List<Integer> unplaced) {
    List<Integer> left = new ArrayList<>();
    Deque<Integer> waiting = new ArrayDeque<>(unplaced);
    int[] putOut = new int[model.items];
    while (!waiting.isEmpty()) {
      int item = waiting.removeFirst();
      if (direct(packing, item) || shift(packing, item)) {
        continue;
      }
      int other = eject(packing, item, putOut);
      if (other != Packing.NOWHERE) {
        putOut[other]++;
        waiting.addLast(other);
      } else if (!exact(packing, item)) {
        left.add(item);
      }
    }
    left.sort(Comparator.naturalOrder());
    return left;
  }

  private boolean direct(Packing packing, int item) {
    if (!steps.take(choice.candidates().length)) {
      return false;
    }
    int host = choice.best(packing, item, HostChoice.Rule.TIGHT);
    if (host != Packing.NOWHERE) {
      packing.place(item, host);
    }
    return host != Packing.NOWHERE;
  }

  /// Moves one item to another host so that this one fits in its place.
  private boolean shift(Packing packing, int item) {
    for (int host : choice.candidates()) {
      for (int other : packing.members(host)) {
        if (mayGive(packing, item, host, other)) {
          if (!steps.take(1)) {
            return false;
          }
          if (swap(packing, item, host, other)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private boolean swap(Packing packing, int item, int host, int other) {
    packing.remove(other);
    if (packing.fits(item, host) && steps.take(choice.candidates().length)) {
      packing.place(item, host);
      int next = choice.best(packing, other, HostChoice.Rule.TIGHT);
      if (next != Packing.NOWHERE) {
        packing.place(other, next);
        return true;
      }
      packing.remove(item);
    }
    packing.place(other, host);
    return false;
  }

  /// Puts the smallest possible item out and takes its place.
  private int eject(Packing packing, int item, int[] putOut) {
    int smallest = Packing.NOWHERE;
    for (int host : choice.candidates()) {
      for (int other : packing.members(host)) {
        boolean smaller = smallest == Packing.NOWHERE || size[other] < size[smallest];
        if (smaller
            && putOut[other] < PATIENCE
            && mayGive(packing, item, host, other)
            && steps.take(1)
            && fitsWithout(packing, item, host, other)) {
          smallest = other;
        }
      }
    }
    if (smallest != Packing.NOWHERE) {
      int host = packing.hostOf(smallest);
      packing.remove(smallest);
      packing.place(item, host);
    }
    return smallest;
  }

  private static boolean fitsWithout(Packing packing, int item, int host, int other) {
    packing.remove(other);
    boolean fits = packing.fits(item, host);
    packing.place(other, host);
    return fits;
  }

  /// Cheap necessary condition: the other may move, is smaller, and leaves enough steady room.
  private boolean mayGive(Packing packing, int item, int host, int other) {
    if (homes.fixed[other] || size[other] >= size[item]) {
      return false;
    }
    for (int row = 0; row < model.rows; row++) {
      if (model.steady[item * model.rows + row]
          > packing.room(host, row) + model.worst(other, row)) {
        return false;
      }
    }
    return true;
  }

  private boolean exact(Packing packing, int item) {
    return steps.take(ExactSearch.NODES)
        && new ExactSearch(model, scales, homes, choice, size).place(packing, item);
  }
}
