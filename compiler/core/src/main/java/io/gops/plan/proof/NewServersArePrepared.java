package io.gops.plan.proof;

import io.gops.fleet.Release;
import io.gops.plan.Action;
import io.gops.plan.Preparation;
import io.gops.plan.Simulation;
import io.gops.plan.Step;
import io.gops.plan.Task;
import io.gops.plan.Undo;
import java.util.function.Consumer;

/// Servers that were not there before start when somebody has put their objects, node labels and
/// flow tables there; nobody is asked to where none start. They are there before others are told to
/// go, because players who leave may come to them.
final class NewServersArePrepared extends Rule {
  private boolean prepared;
  private boolean started;
  private boolean told;

  NewServersArePrepared(Facts facts, Consumer<String> flaws) {
    super(facts, flaws);
  }

  @Override
  void before(Step step, Task task, Simulation now) {
    if (step.id().equals(Preparation.STEP)) {
      boolean asWritten =
          step.kind() == Step.Kind.MANUAL
              && task.action().equals(Preparation.ACTION)
              && task.undo().equals(new Undo.Nothing());
      if (!asWritten || prepared || started || told) {
        flaw(step, "asks people for something else than new servers need");
      }
      prepared = true;
    } else if (brings() && task.action() instanceof Action.Scale scale) {
      boolean starts = scale.to() > scale.from();
      started |= starts;
      if (starts && (!prepared || told)) {
        flaw(step, "starts servers too early or too late");
      }
    }
    told |= task.action() instanceof Action.Dismiss;
  }

  private boolean brings() {
    return facts.release() instanceof Release.OpenZones || facts.release() instanceof Release.Scale;
  }

  @Override
  void end(Simulation now) {
    if (prepared != started) {
      flaw("what people prepare is not what starts");
    }
  }
}
