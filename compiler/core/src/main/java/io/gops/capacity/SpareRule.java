package io.gops.capacity;

import java.util.Optional;
import java.util.stream.IntStream;

/// That any `k` hosts may be lost together: `k` hosts are empty, and each of them takes all that
/// any other host carries, restarted with everybody logging in. Whichever hosts are lost, one of
/// the empty ones is left for each lost one that carried something; the others are not touched.
final class SpareRule {
  private SpareRule() {}

  /// The first host whose load fewer than `k` empty hosts take; absent when the rule holds.
  static Optional<Verdict.NotSurvived> uncovered(PoolModel model, Scales scales, Packing packing) {
    int[] empty =
        IntStream.range(0, model.hosts)
            .filter(host -> model.acceptsNew(host) && packing.count(host) == 0)
            .toArray();
    int[] used = IntStream.range(0, model.hosts).filter(h -> packing.count(h) > 0).toArray();
    int[] covering =
        IntStream.of(empty)
            .filter(
                spare -> IntStream.of(used).allMatch(lost -> takesAll(model, packing, spare, lost)))
            .toArray();
    if (used.length == 0 || covering.length >= model.problem.survive()) {
      return Optional.empty();
    }
    int worst =
        IntStream.of(used)
            .boxed()
            .max(
                (a, b) ->
                    Long.compare(load(model, scales, packing, a), load(model, scales, packing, b)))
            .orElseThrow();
    return Optional.of(
        new Verdict.NotSurvived(
            model,
            packing,
            worst,
            IntStream.of(packing.members(worst)).boxed().toList(),
            new Bound.Gap(Packing.NOWHERE, 0, 0)));
  }

  private static long load(PoolModel model, Scales scales, Packing packing, int host) {
    return IntStream.of(packing.members(host)).mapToLong(i -> scales.size(model, i)).sum();
  }

  /// Whether an empty host takes everything of another one after a restart.
  static boolean takesAll(PoolModel model, Packing packing, int spare, int lost) {
    for (int row = 0; row < model.rows; row++) {
      long need = 0;
      for (int item : packing.members(lost)) {
        need += model.cold[item * model.rows + row];
      }
      if (need > model.limit[spare * model.rows + row]) {
        return false;
      }
    }
    return true;
  }
}
