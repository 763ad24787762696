package io.gops.plan.proof;

import io.gops.deployment.Group;
import io.gops.fleet.Release;
import io.gops.plan.Action;
import io.gops.plan.Simulation;
import io.gops.plan.Step;
import io.gops.plan.Task;
import io.gops.state.State;
import java.util.Optional;
import java.util.function.Consumer;

/// Nothing is done about a lost host before a person has agreed that it is lost; only that host is
/// fenced, nothing starts elsewhere before, and of a pair in the middle of its move one side comes
/// back.
final class LostHostIsFencedFirst extends Rule {
  private boolean agreed;

  LostHostIsFencedFirst(Facts facts, Consumer<String> flaws) {
    super(facts, flaws);
  }

  @Override
  void step(Step step, Simulation now) {
    agreed |= step.kind() == Step.Kind.APPROVE;
  }

  @Override
  void before(Step step, Task task, Simulation now) {
    boolean changes = step.wave() > 0 || step.timeout().isPositive();
    if (!agreed && changes && facts.release() instanceof Release.ReplaceHost) {
      flaw(step, "changes " + task.unit() + " before anybody has agreed");
    }
    if (task.action() instanceof Action.Fence(String node)) {
      fence(step, node, now);
    }
    if (task.action() instanceof Action.MoveHome move
        && !facts.standsStill()
        && !now.fenced().contains(move.from())) {
      flaw(step, "moves " + move.group() + " before its host is fenced");
    }
  }

  private void fence(Step step, String node, Simulation now) {
    boolean lost =
        facts.release() instanceof Release.ReplaceHost replace && replace.host().equals(node);
    if (!lost) {
      flaw(step, "fences " + node + ", which is not the lost host");
    }
    for (Group group : facts.deployment().groups().values()) {
      Optional<State.GroupState> state = now.group(group.id());
      boolean here = facts.hosts(group, now).contains(node);
      if (here && !group.isWarm() && state.filter(LostHostIsFencedFirst::bothRun).isPresent()) {
        flaw(step, "would bring back both sides of " + group.id());
      }
    }
  }

  private static boolean bothRun(State.GroupState group) {
    return group.sides().size() > 1
        && group.sides().values().stream().allMatch(side -> side.replicas() > 0);
  }
}
