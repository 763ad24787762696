package io.gops.capacity;

import io.gops.fleet.Host;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Whether a placement survives that some hosts are lost at once: each lost group starts on a host
/// that is left, with everybody logging in, beside what that host does at its worst instant.
///
/// With as many empty hosts, each of which takes all that any other host carries, no combination
/// needs to be looked at: whichever are lost, one is left for each lost host that carried
/// something. Otherwise every combination is tried, up to a number of them.
final class LossCheck {
  /// Combinations of lost hosts that are tried.
  private static final long COMBINATIONS = 20_000;

  private final PoolModel model;
  private final Packing packing;
  private final Scales scales;
  private final long[] received;
  private final Map<Integer, List<Integer>> cold = new HashMap<>();

  private LossCheck(Verdict.Holds verdict) {
    model = verdict.model();
    packing = verdict.packing();
    scales = new Scales(model);
    received = new long[model.hosts * model.rows];
    for (int host = 0; host < model.hosts; host++) {
      cold.put(host, bySize(host));
    }
  }

  /// Why the loss of that many hosts is not survived; absent when it is.
  static Optional<String> flaw(Verdict.Holds verdict, int failed) {
    LossCheck check = new LossCheck(verdict);
    int[] running =
        IntStream.range(0, check.model.hosts)
            .filter(h -> check.model.machines.get(h).state() != Host.State.FAILED)
            .toArray();
    int most = Math.min(failed, running.length);
    if (most == 0 || check.spares() >= failed) {
      return Optional.empty();
    }
    String pool = check.model.problem.pool();
    return combinations(running.length, most) > COMBINATIONS
        ? Optional.of(
            "pool "
                + pool
                + " has too many combinations to try; "
                + most
                + " empty hosts like its largest would show it")
        : check.worst(running, new ArrayList<>(), 0, most);
  }

  private List<Integer> bySize(int host) {
    return IntStream.of(packing.members(host))
        .boxed()
        .sorted(Comparator.comparingLong((Integer item) -> -scales.size(model, item)))
        .toList();
  }

  /// Empty hosts of which each takes whatever any used host carries.
  private long spares() {
    int[] used = IntStream.range(0, model.hosts).filter(h -> packing.count(h) > 0).toArray();
    return IntStream.range(0, model.hosts)
        .filter(host -> model.acceptsNew(host) && packing.count(host) == 0)
        .filter(
            host ->
                IntStream.of(used).allMatch(lost -> SpareRule.takesAll(model, packing, host, lost)))
        .count();
  }

  /// The first combination that is not survived.
  private Optional<String> worst(int[] running, List<Integer> lost, int from, int more) {
    if (more == 0) {
      return orphan(lost)
          .map(
              item ->
                  "without "
                      + lost.stream()
                          .map(h -> model.machines.get(h).name())
                          .collect(Collectors.joining(" and "))
                      + " no place was found for "
                      + model.name(item));
    }
    for (int i = from; i <= running.length - more; i++) {
      lost.add(running[i]);
      Optional<String> found = worst(running, lost, i + 1, more - 1);
      lost.removeLast();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /// The first group that finds no place, the largest of all lost hosts first.
  private Optional<Integer> orphan(List<Integer> lost) {
    List<Integer> orphans = new ArrayList<>();
    lost.forEach(host -> orphans.addAll(cold.getOrDefault(host, List.of())));
    orphans.sort(Comparator.comparingLong(item -> -scales.size(model, item)));
    Map<Integer, List<Integer>> started = new HashMap<>();
    Optional<Integer> left = Optional.empty();
    for (int orphan : orphans) {
      int target = target(lost, orphan, started);
      if (target == Packing.NOWHERE) {
        left = Optional.of(orphan);
        break;
      }
      started.computeIfAbsent(target, _ -> new ArrayList<>()).add(orphan);
      for (int row = 0; row < model.rows; row++) {
        received[target * model.rows + row] += model.cold[orphan * model.rows + row];
      }
    }
    for (int host : started.keySet()) {
      Arrays.fill(received, host * model.rows, (host + 1) * model.rows, 0);
    }
    return left;
  }

  /// The host that keeps most room in its scarcest row.
  private int target(List<Integer> lost, int orphan, Map<Integer, List<Integer>> started) {
    int best = Packing.NOWHERE;
    long bestRoom = -1;
    for (int host = 0; host < model.hosts; host++) {
      if (model.acceptsNew(host) && !lost.contains(host) && apart(host, orphan, started)) {
        long room = room(host, orphan);
        if (room > bestRoom) {
          bestRoom = room;
          best = host;
        }
      }
    }
    return best;
  }

  private boolean apart(int host, int orphan, Map<Integer, List<Integer>> started) {
    List<Integer> there = started.getOrDefault(host, List.of());
    boolean sibling =
        IntStream.of(model.siblings[orphan]).anyMatch(s -> s != orphan && there.contains(s));
    return packing.allowed(orphan, host) && !sibling && !(model.exclusive && !there.isEmpty());
  }

  /// Smallest share that is left of any row; negative when the orphan does not fit.
  private long room(int host, int orphan) {
    long least = Long.MAX_VALUE;
    for (int row = 0; row < model.rows; row++) {
      int at = host * model.rows + row;
      long left = packing.room(host, row) - received[at] - model.cold[orphan * model.rows + row];
      if (left < 0) {
        return -1;
      }
      least = Math.min(least, scales.share(row, left));
    }
    return least;
  }

  private static long combinations(int hosts, int lost) {
    long count = 1;
    for (int i = 0; i < lost && count <= COMBINATIONS; i++) {
      count = count * (hosts - i) / (i + 1);
    }
    return count;
  }
}
