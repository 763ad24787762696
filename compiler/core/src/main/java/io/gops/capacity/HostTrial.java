package io.gops.capacity;

import io.gops.fleet.Pool;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Asks whether one host would hold with other demands, by the same inequalities as the proof.
final class HostTrial {
  private HostTrial() {}

  /// @param perHost groups that may be moving at once
  static boolean holds(PoolProblem pool, Machine machine, int perHost, List<Demand> demands) {
    List<Occupant> occupants =
        IntStream.range(0, demands.size())
            .mapToObj(i -> new Occupant("g" + i, 0, demands.get(i), Optional.empty(), false))
            .toList();
    PoolProblem alone =
        new PoolProblem(
            pool.pool(),
            Pool.Sharing.PACKED,
            0,
            0,
            perHost,
            pool.reloadsPerHost(),
            List.of(machine),
            occupants);
    PoolModel model = new PoolModel(alone);
    Packing packing = new Packing(model);
    for (int item = 0; item < model.items; item++) {
      packing.place(item, 0);
    }
    return packing.holds(0);
  }
}
