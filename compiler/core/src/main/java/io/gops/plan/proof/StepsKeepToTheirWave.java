package io.gops.plan.proof;

import io.gops.deployment.Group;
import io.gops.plan.Simulation;
import io.gops.plan.Step;
import io.gops.plan.Task;
import io.gops.plan.Wave;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// A zone is in one wave, and only the steps of that wave touch it. Waves come one after the other,
/// and what belongs to none comes before the first or after the last.
final class StepsKeepToTheirWave extends Rule {
  private final Map<Integer, Integer> waves = new HashMap<>();
  private final Set<Integer> touched = new HashSet<>();
  private int last;

  StepsKeepToTheirWave(Facts facts, Consumer<String> flaws) {
    super(facts, flaws);
  }

  @Override
  void begin() {
    int number = 1;
    for (Wave wave : facts.plan().waves()) {
      if (wave.number() != number++) {
        flaw("wave " + wave.number() + " is not in its place");
      }
      for (int zone : wave.zones()) {
        if (waves.putIfAbsent(zone, wave.number()) != null) {
          flaw("zone " + zone + " is in two waves");
        }
      }
    }
  }

  @Override
  void step(Step step, Simulation now) {
    boolean afterwards = step.wave() == 0 && last > 0;
    int wave = afterwards ? Integer.MAX_VALUE : step.wave();
    if (wave < last || step.wave() > facts.plan().waves().size()) {
      flaw(step, "is of wave " + step.wave() + ", after wave " + last);
    }
    boolean named = step.id().startsWith("w" + step.wave() + ".");
    if (named != step.wave() > 0) {
      flaw(step, "is called after another wave than " + step.wave());
    }
    last = wave;
  }

  @Override
  void before(Step step, Task task, Simulation now) {
    Optional<Integer> zone =
        Facts.groupOf(task.action())
            .flatMap(facts::group)
            .map(Group::zone)
            .map(found -> found.id());
    zone.ifPresent(touched::add);
    int wave = zone.map(id -> waves.getOrDefault(id, 0)).orElse(step.wave());
    if (wave != step.wave()) {
      flaw(step, "touches zone " + zone.orElse(0) + " of wave " + wave);
    }
  }

  @Override
  void end(Simulation now) {
    for (int zone : waves.keySet()) {
      if (!touched.contains(zone)) {
        flaw("zone " + zone + " is in a wave that does nothing to it");
      }
    }
  }
}
