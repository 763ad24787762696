package io.gops.plan.proof;

import io.gops.json.JsonPatch;
import io.gops.plan.Action;
import io.gops.plan.Plan;
import io.gops.plan.Simulation;
import io.gops.plan.Step;
import io.gops.plan.Task;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// A side that takes logins does not stop, and its pods are not recreated, while players are there.
/// OpenKruise updates a pod in place only when every difference is an image.
final class LiveServersStay extends Rule {
  private static final Pattern IMAGE = Pattern.compile(".*/spec/containers/[0-9]+/image");

  /// Sets whose players have left, or may be disconnected.
  private final Set<Action.SetRef> emptied = new HashSet<>();

  LiveServersStay(Facts facts, Consumer<String> flaws) {
    super(facts, flaws);
  }

  @Override
  void before(Step step, Task task, Simulation now) {
    if (task.action() instanceof Action.Kick kick) {
      emptied.add(kick.set());
    }
    if (task.action() instanceof Action.Scale scale
        && scale.to() < scale.from()
        && isUsed(scale.set(), now)) {
      flaw(step, "stops " + scale.set().name() + " while it takes logins");
    }
    if (task.action() instanceof Action.PatchTemplate patch && isUsed(patch.set(), now)) {
      if (!isInPlace(patch.patch()) || step.kind() == Step.Kind.REPLACE) {
        flaw(step, "recreates pods of " + patch.set().name() + " with players");
      }
      if (facts.plan().template() == Plan.Template.AB_SWITCH) {
        flaw(step, "changes " + patch.set().name() + " while it takes logins");
      }
    }
  }

  private boolean isUsed(Action.SetRef set, Simulation now) {
    return Facts.takesLogins(set, now) && Facts.replicas(set, now) > 0 && !emptied.contains(set);
  }

  private static boolean isInPlace(JsonPatch patch) {
    return patch.changes().stream().allMatch(change -> IMAGE.matcher(change.path()).matches());
  }
}
