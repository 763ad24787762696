package io.gops.plan.proof;

import io.gops.fleet.Release;
import io.gops.plan.Action;
import io.gops.plan.MergeDeed;
import io.gops.plan.Simulation;
import io.gops.plan.Step;
import io.gops.plan.Task;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Zones become one by the hands of people: everything that is to be done with their data is done,
/// in its order; the schemas are compared before anybody has to leave, all else while every server
/// stands still; and somebody agrees right before what cannot be taken back.
final class PeopleMergeTheData extends Rule {
  private final List<MergeDeed> done = new ArrayList<>();
  private boolean changed;
  private boolean agreed;

  PeopleMergeTheData(Facts facts, Consumer<String> flaws) {
    super(facts, flaws);
  }

  @Override
  void step(Step step, Simulation now) {
    Optional<MergeDeed> deed =
        facts.release() instanceof Release.MergeZones ? deed(step) : Optional.empty();
    if (deed.filter(MergeDeed.IMPORT::equals).isPresent() && !agreed) {
      flaw(step, "comes before anybody has agreed to it");
    }
    agreed = step.kind() == Step.Kind.APPROVE;
  }

  private static Optional<MergeDeed> deed(Step step) {
    return EnumSet.allOf(MergeDeed.class).stream()
        .filter(deed -> deed.step().equals(step.id()))
        .findFirst();
  }

  @Override
  void before(Step step, Task task, Simulation now) {
    if (!(facts.release() instanceof Release.MergeZones merge)) {
      return;
    }
    Optional<MergeDeed> deed = deed(step);
    if (deed.isPresent()) {
      boolean asWritten =
          step.kind() == Step.Kind.MANUAL
              && task.action().equals(deed.get().action(merge.into()))
              && task.undo().equals(deed.get().undo(merge.into()));
      if (!asWritten) {
        flaw(step, "asks people for something else than a merge needs");
      }
      boolean early = deed.get() == MergeDeed.SCHEMA;
      if (early ? changed : anyRuns(now)) {
        flaw(step, early ? "comes when players have left" : "comes while servers write");
      }
      done.add(deed.get());
    } else if (!(task.action() instanceof Action.ByHand
        || task.action() instanceof Action.Announce)) {
      changed = true;
      boolean starts = task.action() instanceof Action.Scale scale && scale.to() > 0;
      if (starts && !done.contains(MergeDeed.IMPORT)) {
        flaw(step, "starts servers before the data is there");
      }
    }
  }

  private boolean anyRuns(Simulation now) {
    Set<String> groups = facts.plan().from().groups().keySet();
    return groups.stream().anyMatch(group -> Facts.runs(group, now));
  }

  @Override
  void end(Simulation now) {
    boolean all = done.equals(List.of(MergeDeed.values()));
    if (facts.release() instanceof Release.MergeZones && !all) {
      flaw("people do not do all that a merge needs, in its order: " + done);
    }
  }
}
