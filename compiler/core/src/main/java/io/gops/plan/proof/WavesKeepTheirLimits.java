package io.gops.plan.proof;

import io.gops.deployment.Group;
import io.gops.fleet.Release;
import io.gops.plan.Simulation;
import io.gops.plan.Wave;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// No wave has more pairs of one host than the release allows, which is no more than what the
/// capacity proof allows to move at once; none is larger than its share.
///
/// Waves that are written one by one were proved as they are written, and zones that an interrupted
/// release has begun move already.
final class WavesKeepTheirLimits extends Rule {
  WavesKeepTheirLimits(Facts facts, Consumer<String> flaws) {
    super(facts, flaws);
  }

  /// The rules that a release has for its waves.
  static Optional<Release.Waves> rules(Release release) {
    return switch (release) {
      case Release.AbSwitch ab -> Optional.of(ab.waves());
      case Release.HotReload hot -> Optional.of(hot.waves());
      case Release.CanaryWaves canaries -> Optional.of(canaries.waves());
      case Release.Housekeeping _ -> Optional.empty();
    };
  }

  @Override
  void begin() {
    Optional<Release.Waves> rules = rules(facts.release()).filter(rule -> !rule.areFixed());
    if (rules.isEmpty()) {
      return;
    }
    Map<Integer, List<Group>> zones = zones();
    for (Wave wave : facts.plan().waves()) {
      List<Integer> fresh =
          wave.zones().stream()
              .filter(zone -> !isUnderWay(zones.getOrDefault(zone, List.of())))
              .toList();
      if (fresh.isEmpty()) {
        continue;
      }
      perHost(wave, fresh, zones, rules.get().perHost());
      if (wave.canary() && wave.number() == 1 && fresh.size() > rules.get().canary()) {
        flaw("wave " + wave.number() + " has more zones than canaries are allowed");
      }
    }
  }

  private Map<Integer, List<Group>> zones() {
    Map<Integer, List<Group>> zones = new HashMap<>();
    for (String id : facts.plan().from().groups().keySet()) {
      facts
          .group(id)
          .ifPresent(
              group -> zones.computeIfAbsent(group.zone().id(), _ -> new ArrayList<>()).add(group));
    }
    return zones;
  }

  /// Whether both sides of a zone run because a release was interrupted.
  private boolean isUnderWay(List<Group> groups) {
    return groups.stream().anyMatch(group -> isUnderWay(facts, group));
  }

  static boolean isUnderWay(Facts facts, Group group) {
    return facts.release() instanceof Release.AbSwitch
        && group
            .zone()
            .body()
            .pair()
            .flatMap(
                pair ->
                    Optional.ofNullable(facts.plan().from().groups().get(group.id()))
                        .filter(now -> now.isUnderWay(pair.standby())))
            .isPresent();
  }

  private void perHost(
      Wave wave, List<Integer> fresh, Map<Integer, List<Group>> zones, int allowed) {
    Simulation from = new Simulation(facts.plan().from());
    Map<String, Integer> pairs = new HashMap<>();
    Map<String, Set<Integer>> zonesOn = new HashMap<>();
    for (int zone : fresh) {
      for (Group group : zones.getOrDefault(zone, List.of())) {
        for (String host : facts.hosts(group, from)) {
          pairs.merge(host, 1, Integer::sum);
          zonesOn.computeIfAbsent(host, _ -> new HashSet<>()).add(zone);
        }
      }
    }
    pairs.forEach(
        (host, count) -> {
          // A zone with more groups on a host than may move has a wave of its own there.
          boolean alone = zonesOn.getOrDefault(host, Set.of()).size() == 1;
          if (count > allowed && !alone) {
            flaw("wave " + wave.number() + " moves " + count + " pairs of " + host);
          }
        });
  }
}
