package io.gops.plan.proof;

import io.gops.deployment.Group;
import io.gops.plan.Action;
import io.gops.plan.Simulation;
import io.gops.plan.Step;
import io.gops.plan.Task;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Where a virtual address takes logins, every switch that has it is told, and told the same.
final class LoginSwitchesAgree extends Rule {
  LoginSwitchesAgree(Facts facts, Consumer<String> flaws) {
    super(facts, flaws);
  }

  @Override
  void before(Step step, Task task, Simulation now) {
    if (!(task.action() instanceof Action.SetLogins logins)) {
      return;
    }
    Optional<Group> group = facts.group(logins.group());
    if (group.isEmpty()) {
      return;
    }
    Optional<Action.OpenflowGroup> wanted =
        group
            .flatMap(Group::loginAddress)
            .map(
                _ ->
                    new Action.OpenflowGroup(
                        facts.steering().group(group.get(), logins.from()),
                        facts.steering().group(group.get(), logins.to()),
                        List.copyOf(facts.steering().carriers(group.get()))));
    if (!wanted.equals(logins.openflowGroup())) {
      flaw(step, "tells switches something else than the new side of " + logins.group());
    }
  }
}
