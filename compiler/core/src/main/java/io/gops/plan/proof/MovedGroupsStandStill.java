package io.gops.plan.proof;

import io.gops.plan.Action;
import io.gops.plan.Simulation;
import io.gops.plan.Step;
import io.gops.plan.Task;
import java.util.function.Consumer;

/// A group whose host is not lost gets another home while none of its servers runs, and while no
/// new server may start on the host that it leaves: nothing is there twice.
final class MovedGroupsStandStill extends Rule {
  MovedGroupsStandStill(Facts facts, Consumer<String> flaws) {
    super(facts, flaws);
  }

  @Override
  void before(Step step, Task task, Simulation now) {
    if (!(task.action() instanceof Action.MoveHome move) || !facts.standsStill()) {
      return;
    }
    if (Facts.runs(move.group(), now)) {
      flaw(step, "moves " + move.group() + ", which runs and whose host is not fenced");
    }
    if (!now.shut().contains(move.from())) {
      flaw(step, "moves " + move.group() + " while servers may start on " + move.from());
    }
  }
}
