package io.gops.plan.proof;

import io.gops.directory.ZoneEntry;
import io.gops.fleet.Practice;
import io.gops.plan.Action;
import io.gops.plan.Simulation;
import io.gops.plan.Step;
import io.gops.plan.Task;
import io.gops.plan.Undo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What people do around a release is done: before the first change, after the last one, and where
/// somebody tries servers, before players of their wave are let in.
final class PeopleAreAsked extends Rule {
  private final List<Asked> before = new ArrayList<>();
  private final List<Asked> after = new ArrayList<>();
  private boolean changed;
  private boolean trying;
  private boolean tried;

  PeopleAreAsked(Facts facts, Consumer<String> flaws) {
    super(facts, flaws);
  }

  /// @param by who has to answer; absent where whoever runs the release may
  private record Asked(Step.Kind kind, String what, Optional<String> by, Undo undo) {}

  @Override
  void step(Step step, Simulation now) {
    boolean hasGate = !facts.plan().directories().isEmpty();
    boolean letsIn = step.kind() == Step.Kind.LOGINS || step.kind() == Step.Kind.GATE || !hasGate;
    if (trying && !letsIn) {
      flaw(step, "comes between the trial of servers and their players");
    }
    tried = trying;
    trying = step.kind() == Step.Kind.SMOKE;
  }

  @Override
  void before(Step step, Task task, Simulation now) {
    Optional<String> what = words(task.action());
    if (step.kind() == Step.Kind.SMOKE) {
      boolean asWritten = what.equals(facts.release().practice().smoke());
      if (!asWritten || !task.undo().equals(new Undo.Nothing())) {
        flaw(step, "tries something else than the release says");
      }
    } else if (step.id().startsWith("before.") && !changed) {
      before.add(new Asked(step.kind(), what.orElse(""), step.approver(), task.undo()));
    } else if (step.id().startsWith("after.")) {
      after.add(new Asked(step.kind(), what.orElse(""), step.approver(), task.undo()));
    } else {
      changed = true;
      if (!after.isEmpty()) {
        flaw(step, "changes something after the last word of the release");
      }
    }
    boolean opens =
        step.kind() == Step.Kind.LOGINS
            || (step.kind() == Step.Kind.GATE
                && task.action() instanceof Action.PutEntry entry
                && DirectoryTellsTheTruth.status(entry.to())
                    .equals(Optional.of(ZoneEntry.Status.OPEN)));
    if (opens && !tried && facts.release().practice().smoke().isPresent()) {
      flaw(step, "lets players in before anybody has tried the servers");
    }
  }

  private static Optional<String> words(Action action) {
    return action instanceof Action.Announce(String text)
        ? Optional.of(text)
        : action instanceof Action.ByHand byHand ? Optional.of(byHand.what()) : Optional.empty();
  }

  @Override
  void end(Simulation now) {
    asked("before", before, facts.release().practice().before());
    asked("after", after, facts.release().practice().after());
  }

  private void asked(String when, List<Asked> asked, List<Practice.Deed> deeds) {
    boolean all = asked.size() == deeds.size();
    for (int i = 0; all && i < deeds.size(); i++) {
      Asked its = asked.get(i);
      all =
          switch (deeds.get(i)) {
            case Practice.Announce announce ->
                its.equals(
                    new Asked(Step.Kind.ANNOUNCE, announce.text(), its.by(), new Undo.Nothing()));
            case Practice.Confirm confirm ->
                its.equals(
                    new Asked(
                        Step.Kind.CONFIRM,
                        confirm.what(),
                        Optional.of(confirm.by()),
                        new Undo.Nothing()));
            case Practice.Manual manual ->
                its.equals(
                    new Asked(
                        Step.Kind.MANUAL, manual.what(), manual.by().or(its::by), undo(manual)));
          };
    }
    if (!all) {
      flaw("what people do " + when + " the release is not what it says");
    }
  }

  private static Undo undo(Practice.Manual manual) {
    if (manual.lastChance().isPresent()) {
      return new Undo.PointOfNoReturn(manual.lastChance().get());
    }
    return manual.undo().isPresent() ? new Undo.ByHand(manual.undo().get()) : new Undo.Nothing();
  }
}
