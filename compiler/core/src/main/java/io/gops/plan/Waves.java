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
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;

/// Fills waves: first the zones that an interrupted release has begun, which run both sides until
/// they are finished. Then, when waves are named, those of each in their order; else the least
/// important zones first, never more pairs of one host in a wave than allowed, and no zone before
/// one that is less important.
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
    final Optional<String> name;
    final long size;
    final List<Integer> zones = new ArrayList<>();
    final Map<String, Integer> pairsOnHost = new HashMap<>();

    Filling(Optional<String> name, long size) {
      this.name = name;
      this.size = size;
    }
  }

  /// The waves of these zones.
  ///
  /// @param begun ids of those of which both sides run already
  /// @param all number of zones that `then` is a share of
  /// @param hosts where the replicas of a group run
  static List<Wave> of(
      SortedMap<Integer, List<Group>> zones,
      NavigableSet<Integer> begun,
      int all,
      Release.Waves rule,
      Function<Group, List<String>> hosts) {
    Waves waves = new Waves(rule, hosts, all);
    waves.finish(begun);
    if (rule.areFixed()) {
      waves.inWrittenOrder(zones.keySet(), begun);
      return waves.result(zones);
    }
    List<List<Group>> inOrder =
        new ArrayList<>(
            zones.values().stream().filter(groups -> !begun.contains(zone(groups).id())).toList());
    inOrder.sort(
        Comparator.comparingInt((List<Group> groups) -> zone(groups).body().importance())
            .thenComparingInt(groups -> zone(groups).id()));
    waves.fill(inOrder);
    return waves.result(zones);
  }

  private static Zone zone(List<Group> groups) {
    return groups.getFirst().zone();
  }

  /// Zones that were begun are a wave of their own, however many: they move already.
  private void finish(NavigableSet<Integer> begun) {
    if (!begun.isEmpty()) {
      Filling filling = new Filling(Optional.empty(), 0);
      filling.zones.addAll(begun);
      fillings.add(filling);
    }
  }

  private void inWrittenOrder(Set<Integer> left, NavigableSet<Integer> begun) {
    for (Release.Named named : rule.named()) {
      Filling filling = new Filling(Optional.of(named.name()), 0);
      named.zones().stream()
          .filter(zone -> left.contains(zone) && !begun.contains(zone))
          .forEach(filling.zones::add);
      fillings.add(filling);
    }
  }

  private void fill(Collection<List<Group>> inOrder) {
    int importance = Integer.MIN_VALUE;
    int first = fillings.size();
    int last = first;
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
      fillings.add(new Filling(Optional.empty(), canary ? rule.canary() : laterSize));
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
    long several = fillings.stream().filter(filling -> !filling.zones.isEmpty()).count();
    for (Filling filling : fillings) {
      if (!filling.zones.isEmpty()) {
        long players =
            filling.zones.stream()
                .map(id -> zone(zones.getOrDefault(id, List.of())))
                .mapToLong(Scope::players)
                .sum();
        boolean wanted = rule.canary() > 0 || rule.areFixed();
        boolean canary = waves.isEmpty() && wanted && several > 1;
        waves.add(
            new Wave(
                waves.size() + 1, filling.name, canary, filling.zones, new Players(players, 0, 0)));
      }
    }
    return waves;
  }
}
