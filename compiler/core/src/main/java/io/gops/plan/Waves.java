package io.gops.plan;

import io.gops.deployment.Group;
import io.gops.fleet.Release;
import io.gops.fleet.Zone;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;

/// Fills waves: the least important zones first, never more pairs of one host in a wave than
/// allowed, and no zone before one that is less important.
final class Waves {
  private final Release.Waves rule;
  private final Function<Group, List<String>> hosts;
  private final long laterSize;
  private final List<Filling> fillings = new ArrayList<>();

  private Waves(Release.Waves rule, Function<Group, List<String>> hosts, int zones) {
    this.rule = rule;
    this.hosts = hosts;
    this.laterSize = Math.max(1, rule.then().ofCeil(zones));
  }

  /// A wave that is being filled.
  private static final class Filling {
    final long size;
    final List<Integer> zones = new ArrayList<>();
    final Map<String, Integer> pairsOnHost = new HashMap<>();

    Filling(long size) {
      this.size = size;
    }
  }

  /// The waves of these zones.
  ///
  /// @param all number of zones that `then` is a share of
  /// @param hosts where the replicas of a group run
  static List<Wave> of(
      SortedMap<Integer, List<Group>> zones,
      int all,
      Release.Waves rule,
      Function<Group, List<String>> hosts) {
    Waves waves = new Waves(rule, hosts, all);
    List<List<Group>> inOrder = new ArrayList<>(zones.values());
    inOrder.sort(
        Comparator.comparingInt((List<Group> groups) -> zone(groups).body().importance())
            .thenComparingInt(groups -> zone(groups).id()));
    waves.fill(inOrder);
    return waves.result(zones);
  }

  private static Zone zone(List<Group> groups) {
    return groups.getFirst().zone();
  }

  private void fill(Collection<List<Group>> inOrder) {
    int importance = Integer.MIN_VALUE;
    int first = 0;
    int last = 0;
    for (List<Group> groups : inOrder) {
      int its = zone(groups).body().importance();
      if (its != importance) {
        importance = its;
        first = last;
      }
      int wave = first;
      while (!add(wave, groups)) {
        wave++;
      }
      last = Math.max(last, wave);
    }
  }

  /// Puts a zone into a wave, if it has room for it.
  private boolean add(int index, List<Group> groups) {
    while (fillings.size() <= index) {
      boolean canary = fillings.isEmpty() && rule.canary() > 0;
      fillings.add(new Filling(canary ? rule.canary() : laterSize));
    }
    Filling wave = fillings.get(index);
    Map<String, Integer> wanted = new HashMap<>();
    groups.forEach(
        group -> hosts.apply(group).forEach(host -> wanted.merge(host, 1, Integer::sum)));
    // A zone that has more groups on one host than a wave may move has a wave of its own there.
    boolean fits =
        wanted.entrySet().stream()
            .allMatch(
                e -> {
                  int there = wave.pairsOnHost.getOrDefault(e.getKey(), 0);
                  return there == 0 || there + e.getValue() <= rule.perHost();
                });
    if (!fits || wave.zones.size() >= wave.size) {
      return false;
    }
    wave.zones.add(zone(groups).id());
    wanted.forEach((host, count) -> wave.pairsOnHost.merge(host, count, Integer::sum));
    return true;
  }

  private List<Wave> result(SortedMap<Integer, List<Group>> zones) {
    List<Wave> waves = new ArrayList<>();
    for (Filling filling : fillings) {
      if (!filling.zones.isEmpty()) {
        long players =
            filling.zones.stream()
                .map(id -> zone(zones.getOrDefault(id, List.of())))
                .mapToLong(Scope::players)
                .sum();
        boolean canary = waves.isEmpty() && rule.canary() > 0 && fillings.size() > 1;
        waves.add(new Wave(waves.size() + 1, canary, filling.zones, new Players(players, 0, 0)));
      }
    }
    return waves;
  }
}
