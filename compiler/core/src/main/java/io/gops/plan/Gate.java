package io.gops.plan;

import io.gops.deployment.Group;
import io.gops.directory.ZoneEntry;
import io.gops.fleet.Directory;
import io.gops.fleet.Practice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Who may log in to zones, as the directory says it: the login gate watches the status of each
/// entry. Whoever plays goes on playing.
final class Gate {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final Scope scope;

  Gate(Scope scope) {
    this.scope = scope;
  }

  /// Whether the zones of a game have a gate.
  boolean stands(String game) {
    return scope.deployment().directories().values().stream()
        .map(Directory::game)
        .anyMatch(game::equals);
  }

  /// Adds the step after which nobody may log in to zones.
  ///
  /// @param some how many they are, in words
  void addClosing(Steps steps, int wave, String some, Collection<List<Group>> zones) {
    addStep(
        steps,
        wave,
        "close",
        "Close the gate of " + some + "; whoever plays goes on",
        zones,
        now -> now,
        Gate::closed);
  }

  /// Adds the steps after which everybody may log in; if the release wants a trial, first those of
  /// a list, and somebody tries.
  ///
  /// @param before the entry as it is then, made from the one that the directory has now
  /// @param after the entry as it is to be in the end
  void addOpening(
      Steps steps,
      int wave,
      String some,
      Collection<List<Group>> zones,
      Practice practice,
      UnaryOperator<ZoneEntry> before,
      UnaryOperator<ZoneEntry> after) {
    UnaryOperator<ZoneEntry> shut = before;
    if (practice.smoke().isPresent()) {
      UnaryOperator<ZoneEntry> listed = now -> after.apply(now).with(ZoneEntry.Status.LISTED);
      addStep(steps, wave, "admit", "Let listed accounts into " + some, zones, shut, listed);
      PeopleSteps.smoke(steps, wave, practice);
      shut = listed;
    }
    addStep(steps, wave, "open", "Open the gate of " + some, zones, shut, after);
  }

  static ZoneEntry closed(ZoneEntry entry) {
    return entry.with(ZoneEntry.Status.MAINTENANCE);
  }

  static ZoneEntry opened(ZoneEntry entry) {
    return entry.with(ZoneEntry.Status.OPEN);
  }

  /// Adds a step that changes the entries of zones; none where there is no directory.
  ///
  /// @param zones the groups of each zone
  /// @param before the entry as it is then, made from the one that the directory has now
  /// @param after the entry as it is to be
  private void addStep(
      Steps steps,
      int wave,
      String name,
      String title,
      Collection<List<Group>> zones,
      UnaryOperator<ZoneEntry> before,
      UnaryOperator<ZoneEntry> after) {
    List<Task> tasks = new ArrayList<>();
    for (List<Group> groups : zones) {
      Optional<Group> entrance = ZoneEntry.entrance(groups);
      if (entrance.isPresent()) {
        ZoneEntry now = ZoneEntry.of(scope.deployment(), entrance.get(), scope.steering());
        tasks.addAll(tasks(entrance.get(), before.apply(now), after.apply(now)));
      }
    }
    steps.add(
        wave, Step.Kind.GATE, name, title, tasks, TIMEOUT, Players.NONE, Estimate.seconds(2, 10));
  }

  /// What puts another entry of a zone into each directory of its game.
  List<Task> tasks(Group entrance, ZoneEntry before, ZoneEntry after) {
    List<Task> tasks = new ArrayList<>();
    for (Directory directory : scope.deployment().directories().values()) {
      if (directory.game().equals(entrance.zone().body().game())) {
        String key = before.key(directory);
        String old = before.json().print();
        String fresh = after.json().print();
        tasks.add(
            new Task(
                directory.name() + "/" + entrance.zone().id(),
                new Action.PutEntry(directory.name(), key, old, fresh),
                List.of(),
                List.of(new Check.Entry(directory.name(), key, fresh)),
                new Undo.Back(
                    List.of(new Action.PutEntry(directory.name(), key, fresh, old)),
                    List.of(new Check.Entry(directory.name(), key, old)))));
      }
    }
    return tasks;
  }
}
