package io.gops.capacity;

/// Makes rows of different units comparable for the heuristics, in integers: the largest limit of
/// a row becomes 2^20, and rows weigh as much as they are scarce. Feasibility never depends on it.
final class Scales {
  static final int ONE = 1 << 20;

  /// Weight of a row of which half of the total limit is needed.
  static final int HALF_NEEDED = 32;

  private final int rows;
  private final int[] shift;
  private final long[] factor;
  private final long[] largest;

  /// Share of each row's total limit that is needed, in 1/64, at least 1.
  private final long[] weight;

  Scales(PoolModel model) {
    rows = model.rows;
    shift = new int[rows];
    factor = new long[rows];
    largest = new long[rows];
    weight = new long[rows];
    for (int row = 0; row < rows; row++) {
      largest[row] = largestLimit(model, row);
      shift[row] = Math.max(0, 44 - Long.numberOfLeadingZeros(largest[row]));
      factor[row] = ((long) ONE << 20) / Math.max(1, largest[row] >> shift[row]);
      weight[row] = scarcity(model, row);
    }
  }

  /// An amount as a share of the largest limit, in 2^-20, clipped to twice that limit.
  long share(int row, long amount) {
    long clipped = Math.min(amount, 2 * largest[row]);
    return ((clipped >> shift[row]) * factor[row]) >> 20;
  }

  long weight(int row) {
    return weight[row];
  }

  /// Largest limit of a row on any host.
  long largest(int row) {
    return largest[row];
  }

  /// How large an item is, over all rows.
  long size(PoolModel model, int item) {
    long size = 0;
    for (int row = 0; row < rows; row++) {
      size += weight[row] * share(row, model.worst(item, row));
    }
    return size;
  }

  /// How large a host is, over all rows.
  long room(PoolModel model, int host) {
    long room = 0;
    for (int row = 0; row < rows; row++) {
      room += share(row, model.limit[host * model.rows + row]);
    }
    return room;
  }

  private static long largestLimit(PoolModel model, int row) {
    long largest = 1;
    for (int host = 0; host < model.hosts; host++) {
      long limit = model.limit[host * model.rows + row];
      if (limit < PoolModel.UNLIMITED) {
        largest = Math.max(largest, limit);
      }
    }
    return largest;
  }

  private long scarcity(PoolModel model, int row) {
    long limit = 0;
    for (int host = 0; host < model.hosts; host++) {
      limit += share(row, model.limit[host * model.rows + row]);
    }
    long need = 0;
    for (int item = 0; item < model.items; item++) {
      need += share(row, model.steady[item * model.rows + row]);
    }
    return Math.clamp(limit == 0 ? 64 : 64 * need / limit, 1, 64);
  }
}
