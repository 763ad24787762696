package io.gops.capacity;

import java.util.Optional;

/// Cheap proofs that no placement exists, tried in the order in which people understand them.
final class Bounds {
  private Bounds() {}

  /// The first bound that excludes every placement of the items which are not placed yet.
  ///
  /// @param packing the items that may not move
  /// @param hosts hosts that may take items
  static Optional<Bound> find(PoolModel model, Packing packing, int[] hosts) {
    for (int item = 0; item < model.items; item++) {
      if (packing.hostOf(item) == Packing.NOWHERE) {
        Optional<Bound> tooLarge = item(model, item, hosts);
        if (tooLarge.isPresent()) {
          return tooLarge;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Bound> item(PoolModel model, int item, int[] hosts) {
    for (int host : hosts) {
      boolean fits = true;
      for (int row = 0; row < model.rows && fits; row++) {
        fits = model.worst(item, row) <= model.limit[host * model.rows + row];
      }
      if (fits) {
        return Optional.empty();
      }
    }
    return Optional.of(new Bound.Item(item, hosts.length == 0 ? -1 : hosts[0], 0, 0));
  }
}
