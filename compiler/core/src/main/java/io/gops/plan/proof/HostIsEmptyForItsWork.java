package io.gops.plan.proof;

import io.gops.directory.ZoneEntry;
import io.gops.fleet.Release;
import io.gops.plan.Action;
import io.gops.plan.Simulation;
import io.gops.plan.Step;
import io.gops.plan.Task;
import io.gops.plan.Undo;
import java.util.Optional;
import java.util.function.Consumer;

/// A host that is emptied takes no new servers from the first change on. Switches send to the new
/// homes of its groups while these stand still. What is done with the empty host is what the
/// release says, and nobody waits for it: the zones are open again.
final class HostIsEmptyForItsWork extends Rule {
  private boolean worked;

  HostIsEmptyForItsWork(Facts facts, Consumer<String> flaws) {
    super(facts, flaws);
  }

  @Override
  void before(Step step, Task task, Simulation now) {
    if (!(facts.release() instanceof Release.DrainHost drain)) {
      return;
    }
    Action action = task.action();
    boolean isWork = step.id().equals("upgrade");
    boolean changes =
        !(action instanceof Action.ByHand
            || action instanceof Action.Announce
            || action instanceof Action.Cordon);
    if ((changes || isWork) && !now.shut().contains(drain.host())) {
      flaw(step, "comes while " + drain.host() + " takes new servers");
    }
    if (action instanceof Action.Cordon(String node, boolean _) && !node.equals(drain.host())) {
      flaw(step, "is about another host than " + drain.host());
    }
    if (action instanceof Action.ProgramSwitch && !standStill(drain.host(), now)) {
      flaw(step, "sends to new homes of groups that run or have moved");
    }
    if (isWork) {
      worked = true;
      work(step, task, drain, now);
    }
  }

  /// Whether the groups that leave a host are there and do not run.
  private boolean standStill(String host, Simulation now) {
    Simulation from = new Simulation(facts.plan().from());
    return facts.plan().from().groups().keySet().stream()
        .flatMap(id -> facts.group(id).stream())
        .filter(group -> facts.hosts(group, from).contains(host))
        .allMatch(group -> facts.hosts(group, now).contains(host) && !Facts.runs(group.id(), now));
  }

  private void work(Step step, Task task, Release.DrainHost drain, Simulation now) {
    Optional<Action> wanted =
        drain.upgrade().map(upgrade -> new Action.ByHand(upgrade.work(), upgrade.evidence()));
    boolean asWritten =
        step.kind() == Step.Kind.MANUAL
            && Optional.of(task.action()).equals(wanted)
            && task.undo().equals(new Undo.Nothing());
    if (!asWritten) {
      flaw(step, "asks people for other work than the release says");
    }
    boolean closed =
        now.entries().values().stream()
            .map(DirectoryTellsTheTruth::status)
            .anyMatch(status -> !status.equals(Optional.of(ZoneEntry.Status.OPEN)));
    if (closed || !now.groups().equals(facts.plan().to().groups())) {
      flaw(step, "lets players wait for work that nobody needs to wait for");
    }
  }

  @Override
  void end(Simulation now) {
    boolean wanted =
        facts.release() instanceof Release.DrainHost drain && drain.upgrade().isPresent();
    if (worked != wanted) {
      flaw("the work on the host is not what the release says");
    }
  }
}
