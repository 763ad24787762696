package io.gops.capacity;

import io.gops.fleet.Pool;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Asks whether one host would hold with other demands, by the same inequalities as the proof.
final class HostTrial {
  private HostTrial() {}

  /// @param there the groups, of whatever name
  static boolean holds(PoolProblem pool, Machine machine, List<Occupant> there) {
    List<Occupant> occupants =
        IntStream.range(0, there.size())
            .mapToObj(
                i ->
                    new Occupant(
                        "g" + i,
                        0,
                        there.get(i).demand(),
                        Optional.empty(),
                        false,
                        there.get(i).itinerary()))
            .toList();
    PoolProblem alone =
        new PoolProblem(
            pool.pool(),
            Pool.Sharing.PACKED,
            0,
            0,
            pool.perHost(),
            pool.reloadsPerHost(),
            List.of(machine),
            occupants,
            pool.orders());
    PoolModel model = new PoolModel(alone);
    Packing packing = new Packing(model);
    for (int item = 0; item < model.items; item++) {
      packing.place(item, 0);
    }
    return packing.holds(0);
  }
}
