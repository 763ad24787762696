package io.gops.plan.proof;

import io.gops.deployment.Group;
import io.gops.fleet.Side;
import io.gops.plan.Action;
import io.gops.plan.Check;
import io.gops.plan.Simulation;
import io.gops.plan.Step;
import io.gops.plan.Task;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/// The login gate and the directory lead only to servers that run and were seen ready after
/// whatever changed them last.
final class LoginsGoToReadyServers extends Rule {
  /// Sets that a step of the plan has changed and no check has seen ready since.
  private final Set<GroupSide> unseen = new HashSet<>();

  LoginsGoToReadyServers(Facts facts, Consumer<String> flaws) {
    super(facts, flaws);
  }

  private record GroupSide(String group, Side side) {}

  @Override
  void before(Step step, Task task, Simulation now) {
    Action action = task.action();
    if (action instanceof Action.SetLogins logins) {
      ready(step, logins.group(), logins.to(), now);
    }
    Facts.changedSet(action).ifPresent(set -> unseen.add(new GroupSide(set.group(), set.side())));
    if (action instanceof Action.MoveHome move) {
      bothSides(move.group());
    }
    if (action instanceof Action.Fence(String node)) {
      for (Group group : facts.deployment().groups().values()) {
        if (facts.hosts(group, now).contains(node)) {
          bothSides(group.id());
        }
      }
    }
  }

  private void bothSides(String group) {
    unseen.add(new GroupSide(group, Side.A));
    unseen.add(new GroupSide(group, Side.B));
  }

  @Override
  void after(Step step, Task task, Simulation now) {
    for (Check check : task.after()) {
      if (check instanceof Check.Pods pods) {
        unseen.remove(new GroupSide(pods.set().group(), pods.set().side()));
      }
    }
    if (task.action() instanceof Action.PutEntry entry) {
      DirectoryTellsTheTruth.opened(facts, entry)
          .flatMap(now::group)
          .ifPresent(_ -> openedIsReady(step, entry, now));
    }
  }

  private void openedIsReady(Step step, Action.PutEntry entry, Simulation now) {
    String group = DirectoryTellsTheTruth.opened(facts, entry).orElseThrow();
    Side live = now.group(group).orElseThrow().live();
    ready(step, group, live, now);
  }

  private void ready(Step step, String group, Side side, Simulation now) {
    boolean runs = Facts.side(group, side, now).filter(s -> s.replicas() > 0).isPresent();
    if (!runs) {
      flaw(step, "sends logins of " + group + " to a stopped side");
    }
    if (unseen.contains(new GroupSide(group, side))) {
      flaw(step, "sends logins of " + group + " to pods that nobody has seen ready");
    }
  }
}
