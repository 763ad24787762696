package io.gops.plan.proof;

import io.gops.fleet.Release;
import io.gops.plan.Action;
import io.gops.plan.Simulation;
import io.gops.plan.Step;
import io.gops.plan.Task;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// A release without waves is watched once, as long as it says, when its last change is made.
final class NewServersAreWatched extends Rule {
  private Optional<Duration> watched = Optional.empty();

  NewServersAreWatched(Facts facts, Consumer<String> flaws) {
    super(facts, flaws);
  }

  @Override
  void step(Step step, Simulation now) {
    if (step.kind() == Step.Kind.SOAK && step.wave() == 0) {
      if (watched.isPresent()) {
        flaw(step, "watches a second time");
      }
      watched = Optional.of(step.hold());
    }
  }

  @Override
  void before(Step step, Task task, Simulation now) {
    boolean isWord =
        task.action() instanceof Action.ByHand || task.action() instanceof Action.Announce;
    if (watched.isPresent() && !isWord) {
      flaw(step, "changes something that nobody watches any more");
    }
  }

  @Override
  void end(Simulation now) {
    Duration wanted =
        switch (facts.release()) {
          case Release.OpenZones open -> open.soak();
          case Release.Scale scale -> scale.soak();
          case Release.AbSwitch _,
              Release.HotReload _,
              Release.CanaryWaves _,
              Release.DrainHost _,
              Release.MergeZones _,
              Release.ReplaceHost _ ->
              Duration.ZERO;
        };
    if (!watched.orElse(Duration.ZERO).equals(wanted)) {
      flaw("what changed is not watched as long as the release says");
    }
  }
}
