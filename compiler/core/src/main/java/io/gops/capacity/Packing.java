package io.gops.capacity;

import java.util.Arrays;

/// Which item is on which host, with the room that is left at the worst instant.
///
/// For each host and row it keeps the room `C − Σ S − top-w Δ`, and the smallest of the `w` largest
/// extra uses, so that asking whether one more item fits costs one comparison a row.
final class Packing {
  static final int NOWHERE = -1;

  private final PoolModel model;
  private final int rows;
  private final int[] hostOf;
  private final int[][] members;
  private final int[] count;

  /// `C − Σ S − top-w Δ`; negative when the host does not hold.
  private final long[] room;

  /// Sum of the `w` largest extra uses.
  private final long[] top;

  /// Smallest of the `w` largest extra uses, 0 while there are fewer than `w` members.
  private final long[] edge;

  Packing(PoolModel model) {
    this.model = model;
    rows = model.rows;
    hostOf = new int[model.items];
    Arrays.fill(hostOf, NOWHERE);
    members = new int[model.hosts][4];
    count = new int[model.hosts];
    room = model.limit.clone();
    top = new long[model.hosts * rows];
    edge = new long[model.hosts * rows];
  }

  Packing(Packing other) {
    model = other.model;
    rows = other.rows;
    hostOf = other.hostOf.clone();
    members = new int[other.members.length][];
    for (int host = 0; host < members.length; host++) {
      members[host] = other.members[host].clone();
    }
    count = other.count.clone();
    room = other.room.clone();
    top = other.top.clone();
    edge = other.edge.clone();
  }

  PoolModel model() {
    return model;
  }

  int hostOf(int item) {
    return hostOf[item];
  }

  int count(int host) {
    return count[host];
  }

  /// The items on a host in the order in which they came.
  int[] members(int host) {
    return Arrays.copyOf(members[host], count[host]);
  }

  int member(int host, int index) {
    return members[host][index];
  }

  long room(int host, int row) {
    return room[host * rows + row];
  }

  /// Sum of the largest extra uses of a host.
  long top(int host, int row) {
    return top[host * rows + row];
  }

  /// Room that is left when the item comes too.
  long roomWith(int host, int item, int row) {
    int at = host * rows + row;
    long more = model.extra[item * rows + row] - edge[at];
    return room[at] - model.steady[item * rows + row] - (more > 0 ? more : 0);
  }

  /// Whether every row still holds when the item comes too.
  boolean fits(int item, int host) {
    int hostRow = host * rows;
    int itemRow = item * rows;
    for (int row = 0; row < rows; row++) {
      long more = model.extra[itemRow + row] - edge[hostRow + row];
      if (model.steady[itemRow + row] + (more > 0 ? more : 0) > room[hostRow + row]) {
        return false;
      }
    }
    return allowed(item, host);
  }

  /// Whether the pool's sharing and the replicas of the group let the item on the host.
  boolean allowed(int item, int host) {
    if (model.exclusive && count[host] > 0) {
      return false;
    }
    for (int sibling : model.siblings[item]) {
      if (hostOf[sibling] == host) {
        return false;
      }
    }
    return true;
  }

  boolean holds(int host) {
    for (int row = 0; row < rows; row++) {
      if (room[host * rows + row] < 0) {
        return false;
      }
    }
    return true;
  }

  void place(int item, int host) {
    if (count[host] == members[host].length) {
      members[host] = Arrays.copyOf(members[host], 2 * count[host]);
    }
    members[host][count[host]++] = item;
    hostOf[item] = host;
    for (int row = 0; row < rows; row++) {
      int at = host * rows + row;
      long extra = model.extra[item * rows + row];
      room[at] -= model.steady[item * rows + row];
      if (model.budget[row] == PoolModel.ALL) {
        room[at] -= extra;
        top[at] += extra;
      } else if (model.budget[row] == 1) {
        long more = Math.max(0, extra - edge[at]);
        room[at] -= more;
        top[at] += more;
        edge[at] += more;
      } else {
        selectTop(host, row);
      }
    }
  }

  void remove(int item) {
    int host = hostOf[item];
    int index = 0;
    while (members[host][index] != item) {
      index++;
    }
    count[host]--;
    System.arraycopy(members[host], index + 1, members[host], index, count[host] - index);
    hostOf[item] = NOWHERE;
    for (int row = 0; row < rows; row++) {
      int at = host * rows + row;
      room[at] += model.steady[item * rows + row];
      if (model.budget[row] == PoolModel.ALL) {
        room[at] += model.extra[item * rows + row];
        top[at] -= model.extra[item * rows + row];
      } else {
        selectTop(host, row);
      }
    }
  }

  private void selectTop(int host, int row) {
    int at = host * rows + row;
    int size = count[host];
    long[] extras = new long[size];
    for (int i = 0; i < size; i++) {
      extras[i] = model.extra[members[host][i] * rows + row];
    }
    Arrays.sort(extras);
    long sum = 0;
    int taken = Math.min(size, model.budget[row]);
    for (int i = size - taken; i < size; i++) {
      sum += extras[i];
    }
    room[at] += top[at] - sum;
    top[at] = sum;
    edge[at] = taken == model.budget[row] ? extras[size - taken] : 0;
  }
}
