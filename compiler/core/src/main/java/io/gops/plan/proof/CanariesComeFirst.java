package io.gops.plan.proof;

import io.gops.deployment.Group;
import io.gops.fleet.Release;
import io.gops.fleet.Zone;
import io.gops.plan.Simulation;
import io.gops.plan.Step;
import io.gops.plan.Wave;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Zones of a wave are no more important than those of later waves, each wave is watched before the
/// next one begins, and a person agrees after the canaries.
///
/// Whoever writes waves one by one decides their order; zones that were begun are finished first.
final class CanariesComeFirst extends Rule {
  private final Map<Integer, List<Step.Kind>> kinds = new HashMap<>();
  private final Map<Integer, Duration> watched = new HashMap<>();

  CanariesComeFirst(Facts facts, Consumer<String> flaws) {
    super(facts, flaws);
  }

  @Override
  void begin() {
    boolean written =
        WavesKeepTheirLimits.rules(facts.release()).filter(Release.Waves::areFixed).isPresent();
    Map<Integer, Integer> importance = importance();
    int soFar = Integer.MIN_VALUE;
    for (Wave wave : facts.plan().waves()) {
      int least = Integer.MAX_VALUE;
      int most = soFar;
      for (int zone : wave.zones()) {
        int its = importance.getOrDefault(zone, Integer.MAX_VALUE);
        if (its != Integer.MAX_VALUE) {
          least = Math.min(least, its);
          most = Math.max(most, its);
        }
      }
      if (!written && least < soFar) {
        flaw("wave " + wave.number() + " has zones less important than an earlier wave");
      }
      soFar = most;
    }
    canaryIsMarked();
  }

  /// By zone; zones that a release has begun have no place in the order.
  private Map<Integer, Integer> importance() {
    Map<Integer, Integer> importance = new HashMap<>();
    Set<Integer> begun = new HashSet<>();
    for (String id : facts.plan().from().groups().keySet()) {
      for (Group group : facts.group(id).stream().toList()) {
        Zone zone = group.zone();
        importance.put(zone.id(), zone.body().importance());
        if (WavesKeepTheirLimits.isUnderWay(facts, group)) {
          begun.add(zone.id());
        }
      }
    }
    begun.forEach(importance::remove);
    return importance;
  }

  private void canaryIsMarked() {
    List<Wave> waves = facts.plan().waves();
    boolean wanted =
        waves.size() > 1
            && WavesKeepTheirLimits.rules(facts.release())
                .filter(rule -> rule.areFixed() || rule.canary() > 0)
                .isPresent();
    for (Wave wave : waves) {
      if (wave.canary() != (wanted && wave.number() == 1)) {
        flaw("wave " + wave.number() + " is wrong about being the canary");
      }
    }
  }

  @Override
  void step(Step step, Simulation now) {
    kinds.computeIfAbsent(step.wave(), _ -> new ArrayList<>()).add(step.kind());
    if (step.kind() == Step.Kind.SOAK) {
      watched.put(step.wave(), step.hold());
    }
  }

  @Override
  void end(Simulation now) {
    Duration soak =
        switch (facts.release()) {
          case Release.AbSwitch ab -> ab.soak();
          case Release.HotReload hot -> hot.soak();
          case Release.CanaryWaves canaries -> canaries.soak();
          case Release.Housekeeping _ -> Duration.ZERO;
        };
    for (Wave wave : facts.plan().waves()) {
      List<Step.Kind> ends = new ArrayList<>();
      if (soak.isPositive()) {
        ends.add(Step.Kind.SOAK);
      }
      if (wave.canary()) {
        ends.add(Step.Kind.APPROVE);
      }
      List<Step.Kind> its = kinds.getOrDefault(wave.number(), List.of());
      boolean ended =
          its.size() >= ends.size()
              && its.subList(its.size() - ends.size(), its.size()).equals(ends);
      if (!ended || !watched.getOrDefault(wave.number(), Duration.ZERO).equals(soak)) {
        flaw("wave " + wave.number() + " is not watched to its end");
      }
    }
  }
}
