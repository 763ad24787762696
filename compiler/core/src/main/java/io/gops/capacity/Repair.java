package io.gops.capacity;

import java.util.ArrayList;
import java.util.List;

/// Finds room for items that the greedy pass left over.
final class Repair {
  private final PoolModel model;
  private final Scales scales;
  private final Homes homes;
  private final HostChoice choice;
  private final Steps steps;

  Repair(PoolModel model, Scales scales, Homes homes, HostChoice choice, Steps steps) {
    this.model = model;
    this.scales = scales;
    this.homes = homes;
    this.choice = choice;
    this.steps = steps;
  }

  /// @return the items that still have no host
  List<Integer> place(Packing packing, List<Integer> unplaced) {
    List<Integer> left = new ArrayList<>();
    for (int item : unplaced) {
      if (!direct(packing, item) && !shift(packing, item)) {
        left.add(item);
      }
    }
    return left;
  }

  private boolean direct(Packing packing, int item) {
    int host = choice.best(packing, item, HostChoice.Rule.TIGHT);
    if (host != Packing.NOWHERE) {
      packing.place(item, host);
    }
    return host != Packing.NOWHERE;
  }

  /// Moves one item away so that this one fits.
  private boolean shift(Packing packing, int item) {
    for (int host : choice.candidates()) {
      for (int index = 0; index < packing.count(host); index++) {
        if (!steps.take(1)) {
          return false;
        }
        int other = packing.member(host, index);
        if (homes.fixed[other] || scales.size(model, other) > scales.size(model, item)) {
          continue;
        }
        packing.remove(other);
        if (packing.fits(item, host)) {
          packing.place(item, host);
          int next = choice.best(packing, other, HostChoice.Rule.TIGHT);
          if (next != Packing.NOWHERE) {
            packing.place(other, next);
            return true;
          }
          packing.remove(item);
        }
        packing.place(other, host);
      }
    }
    return false;
  }
}
