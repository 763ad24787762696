package io.gops.capacity;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whether every server of a group fits wherever the scheduler may take it.
///
/// Labels of nodes name the failover hosts of a group, not those of one of its servers. Where the
/// servers of a group have several, a lost one may start on any of them; so each of them must hold
/// it beside all others that may come in the same loss.
final class SiblingFailovers {
  private final PoolModel model;
  private final Packing packing;
  private final int[] failover;

  private SiblingFailovers(PoolModel model, Packing packing, int[] failover) {
    this.model = model;
    this.packing = packing;
    this.failover = failover;
  }

  /// Absent when each group has one failover host at most.
  ///
  /// @param failover of each item
  static Optional<SiblingFailovers> of(PoolModel model, Packing packing, int[] failover) {
    SiblingFailovers found = new SiblingFailovers(model, packing, failover);
    for (int item = 0; item < model.items; item++) {
      if (found.refuges(item).size() > 1) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  /// Hosts with the failover label of the item's group; a host that is home to one of its servers
  /// is not among them.
  private Set<Integer> refuges(int item) {
    Set<Integer> refuges = new HashSet<>();
    for (int sibling : model.siblings[item]) {
      refuges.add(failover[sibling]);
    }
    for (int sibling : model.siblings[item]) {
      refuges.remove(packing.hostOf(sibling));
    }
    refuges.add(failover[item]);
    refuges.remove(Packing.NOWHERE);
    return refuges;
  }

  /// The first host that would not hold what may come to it when some hosts are lost at once.
  Optional<Verdict.NotSurvived> overfull(int[] lost) {
    Map<Integer, Map<String, Integer>> coming = new HashMap<>();
    for (int host : lost) {
      for (int orphan : packing.members(host)) {
        for (int refuge : refuges(orphan)) {
          if (Arrays.stream(lost).noneMatch(gone -> gone == refuge)) {
            // Servers of a group are alike, and a host takes one of them.
            coming
                .computeIfAbsent(refuge, _ -> new HashMap<>())
                .putIfAbsent(model.occupants.get(orphan).group(), orphan);
          }
        }
      }
    }
    return coming.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .flatMap(entry -> overfull(lost[0], entry.getKey(), entry.getValue()).stream())
        .findFirst();
  }

  private Optional<Verdict.NotSurvived> overfull(
      int lost, int refuge, Map<String, Integer> coming) {
    List<Integer> orphans = coming.values().stream().sorted().toList();
    for (int row = 0; row < model.rows; row++) {
      long room = packing.room(refuge, row);
      for (int orphan : orphans) {
        room -= model.cold[orphan * model.rows + row];
      }
      if (room < 0 || (model.exclusive && orphans.size() > 1)) {
        Bound.Gap gap = new Bound.Gap(refuge, row, Math.max(0, -room));
        return Optional.of(new Verdict.NotSurvived(model, packing, lost, orphans, gap));
      }
    }
    return Optional.empty();
  }
}
