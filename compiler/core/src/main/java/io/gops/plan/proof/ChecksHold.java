package io.gops.plan.proof;

import io.gops.deployment.Workload;
import io.gops.json.JsonPatch;
import io.gops.plan.Action;
import io.gops.plan.Check;
import io.gops.plan.Simulation;
import io.gops.plan.Step;
import io.gops.plan.Task;
import io.gops.state.State;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// What is looked up before an action is so when everything went well until then, and what is
/// looked up after it is what it leads to: a check that can never hold stops a release for nothing,
/// one that holds too early lets it go on too soon.
final class ChecksHold extends Rule {
  private final Map<Version, SortedMap<String, String>> images = new HashMap<>();

  ChecksHold(Facts facts, Consumer<String> flaws) {
    super(facts, flaws);
  }

  private record Version(String game, String role, String version) {}

  @Override
  void before(Step step, Task task, Simulation now) {
    for (Check check : task.before()) {
      if (!holds(check, task.action(), now, false)) {
        flaw(step, "expects what is not so: " + named(check) + " of " + task.unit());
      }
    }
  }

  @Override
  void after(Step step, Task task, Simulation now) {
    for (Check check : task.after()) {
      if (!holds(check, task.action(), now, true)) {
        flaw(step, "does not lead to what it verifies: " + named(check) + " of " + task.unit());
      }
    }
  }

  static String named(Check check) {
    return check.getClass().getSimpleName();
  }

  /// Whether a check holds on the model.
  ///
  /// @param action of the task that has the check
  /// @param done whether the action has been carried out
  boolean holds(Check check, Action action, Simulation now, boolean done) {
    return switch (check) {
      case Check.Stored(Action.SetRef set, JsonPatch expected) ->
          !(action instanceof Action.PatchTemplate patch)
              || (patch.set().equals(set)
                  && expected.equals(done ? patch.patch().reverse() : patch.patch()));
      case Check.Replicas(Action.SetRef set, int count) -> Facts.replicas(set, now) == count;
      case Check.Pods pods -> {
        Optional<State.SideState> side = Facts.side(pods.set(), now);
        Optional<Workload> workload = facts.workload(pods.set());
        yield side.isPresent()
            && workload.isPresent()
            && side.get().replicas() == pods.count()
            && images(workload.get(), side.get().version()).equals(pods.images());
      }
      case Check.RunsOn(Action.SetRef set, String host) ->
          facts.group(set.group()).stream()
              .flatMap(group -> facts.hosts(group, now).stream().limit(Facts.replicas(set, now)))
              .anyMatch(host::equals);
      case Check.Dismissed dismissed ->
          dismissed.leaving()
              ? now.dismissed(dismissed.set())
                  .map(Check.Dismissed::by)
                  .equals(Optional.of(dismissed))
              : now.dismissed(dismissed.set()).isEmpty();
      case Check.LoginsAt logins ->
          now.group(logins.group()).filter(group -> group.live() == logins.side()).isPresent();
      case Check.Entry entry -> entry.value().equals(now.entries().get(entry.key()));
      case Check.Home home ->
          action instanceof Action.MoveHome move
              && home.node().equals(done ? move.to() : move.from())
              && home.label().equals(move.label())
              && home.value().equals("primary");
      case Check.Cordoned(String node, boolean shut) -> now.shut().contains(node) == shut;
      case Check.Fenced(String node) -> now.fenced().contains(node);
      case Check.PlayersAtMost players -> players.count() >= 0;
      case Check.Confirmed(Action.SetRef set, String container, List<String> command) ->
          action instanceof Action.Reload reload
              && reload.equals(new Action.Reload(set, container, command));
    };
  }

  private SortedMap<String, String> images(Workload workload, String version) {
    return images.computeIfAbsent(
        new Version(workload.game().name(), workload.role().name(), version),
        _ -> new TreeMap<>(Facts.images(workload, version)));
  }
}
