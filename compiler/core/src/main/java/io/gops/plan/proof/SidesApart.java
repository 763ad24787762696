package io.gops.plan.proof;

import io.gops.fleet.Side;
import io.gops.plan.Action;
import io.gops.plan.Simulation;
import io.gops.plan.Step;
import io.gops.plan.Task;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// A and B of a pair never change in the same step while both run: one of them is always there as
/// it was. Only where a whole zone stands still, both stop together.
final class SidesApart extends Rule {
  private final Map<String, Side> changed = new HashMap<>();

  SidesApart(Facts facts, Consumer<String> flaws) {
    super(facts, flaws);
  }

  @Override
  void step(Step step, Simulation now) {
    changed.clear();
  }

  @Override
  void before(Step step, Task task, Simulation now) {
    Optional<Action.SetRef> set = Facts.changedSet(task.action());
    boolean stops = task.action() instanceof Action.Scale && facts.standsStill();
    if (!stops && set.isPresent() && Facts.replicas(set.get(), now) > 0) {
      Side other = changed.putIfAbsent(set.get().group(), set.get().side());
      if (other != null && other != set.get().side()) {
        flaw(step, "changes both sides of " + set.get().group());
      }
    }
  }
}
