package io.gops.plan.proof;

import io.gops.deployment.Group;
import io.gops.plan.Action;
import io.gops.plan.Simulation;
import io.gops.plan.Step;
import io.gops.plan.Task;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A group that loses its host goes to the one on which the capacity proof has kept room for it, by
/// the label that its own pods ask for.
final class MovesGoWhereThereIsRoom extends Rule {
  private static final String HOME = "node-restriction.kubernetes.io/gops-";

  MovesGoWhereThereIsRoom(Facts facts, Consumer<String> flaws) {
    super(facts, flaws);
  }

  @Override
  void before(Step step, Task task, Simulation now) {
    if (!(task.action() instanceof Action.MoveHome move)) {
      return;
    }
    Optional<Group> group = facts.group(move.group());
    if (group.isEmpty()) {
      return;
    }
    if (!move.label().equals(HOME + move.group())) {
      flaw(step, "sets a label that no pod of " + move.group() + " asks for");
    }
    boolean room =
        group.get().placements().stream()
            .filter(placement -> placement.primary().equals(move.from()))
            .anyMatch(placement -> placement.failover().equals(Optional.of(move.to())));
    if (!room) {
      flaw(step, "moves " + move.group() + " to " + move.to() + ", where nothing is kept for it");
    }
    List<String> before = facts.hosts(group.get(), now);
    List<String> after =
        before.stream().map(host -> host.equals(move.from()) ? move.to() : host).toList();
    if (!before.equals(move.before()) || !after.equals(move.after())) {
      flaw(step, "is wrong about the hosts of " + move.group());
    }
  }
}
