package io.gops.plan;

import io.gops.deployment.Deployment;
import io.gops.deployment.Group;
import io.gops.fleet.Directory;
import io.gops.fleet.Game;
import io.gops.fleet.Release;
import io.gops.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Begins the steps of a release, and makes a plan of them when they are all there.
final class PlanAssembly {
  private final Scope scope;

  PlanAssembly(Scope scope) {
    this.scope = scope;
  }

  /// The steps of a release as far as people do them before its first change.
  Steps begin(Release release, SortedMap<Integer, List<Group>> zones) {
    String owners =
        zones.values().stream()
            .flatMap(List::stream)
            .map(group -> scope.deployment().games().get(group.zone().body().game()))
            .filter(Objects::nonNull)
            .map(Game::owner)
            .filter(owner -> !owner.isEmpty())
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    Steps steps =
        new Steps(
            release.origins().place(), owners.isEmpty() ? Optional.empty() : Optional.of(owners));
    PeopleSteps.add(steps, "before", release.practice().before());
    return steps;
  }

  /// The finished plan: what it starts from, what it leads to, and what it needs.
  ///
  /// @param goal for a person
  /// @param notes what the operator should know beforehand
  Plan result(
      Plan.Template template,
      Release release,
      String goal,
      SortedMap<Integer, List<Group>> zones,
      List<Wave> waves,
      Steps steps,
      List<String> notes) {
    Deployment deployment = scope.deployment();
    List<Group> groups = zones.values().stream().flatMap(List::stream).toList();
    SortedMap<String, Directory> directories = new TreeMap<>();
    SortedSet<String> games = new TreeSet<>();
    groups.forEach(group -> games.add(group.zone().body().game()));
    deployment
        .directories()
        .forEach(
            (name, directory) -> {
              if (games.contains(directory.game())) {
                directories.put(name, directory);
              }
            });
    PeopleSteps.add(steps, "after", release.practice().after());
    State from = scope.recorded(groups);
    Simulation simulation = new Simulation(from);
    steps.list().stream()
        .flatMap(step -> step.tasks().stream())
        .forEach(
            task ->
                simulation
                    .apply(task.action())
                    .ifPresent(
                        refusal -> {
                          throw new IllegalStateException(release.name() + ": " + refusal);
                        }));
    State to = scope.withTemplates(simulation.groups());
    Plan plan =
        new Plan(
            deployment.fleet(),
            deployment.environment(),
            deployment.cluster().name(),
            release.name(),
            template,
            goal,
            release.window(),
            release.origins().place(),
            from,
            to,
            switches(steps),
            directories,
            waves,
            groups.stream().flatMap(group -> scope.pairedSets(group).stream()).toList(),
            steps.list(),
            steps.players(),
            steps.duration(),
            Stream.concat(
                    notes.stream(),
                    RunnerNotes.of(release, deployment.cluster().rollouts()).stream())
                .toList(),
            alerts(release, games),
            deployment.cluster().rollouts(),
            List.of());
    return plan.withReopenings(Reopenings.of(plan, scope));
  }

  /// Each alert of the release in each of its games that has one of that name.
  private List<Plan.StoppingAlert> alerts(Release release, SortedSet<String> games) {
    List<Plan.StoppingAlert> alerts = new ArrayList<>();
    for (String name : games) {
      Game game = scope.deployment().games().get(name);
      if (game != null) {
        release.stopRules().stream()
            .filter(rule -> game.alerts().containsKey(rule.alert()))
            .map(rule -> new Plan.StoppingAlert(name, rule.alert(), rule.reaction()))
            .forEach(alerts::add);
      }
    }
    return alerts;
  }

  /// Hosts and gateways whose switch a plan changes.
  private static SortedSet<String> switches(Steps steps) {
    SortedSet<String> switches = new TreeSet<>();
    for (Step step : steps.list()) {
      for (Task task : step.tasks()) {
        if (task.action() instanceof Action.SetLogins logins) {
          logins.openflowGroup().ifPresent(group -> switches.addAll(group.carriers()));
        } else if (task.action() instanceof Action.ProgramSwitch(String host)) {
          switches.add(host);
        }
      }
    }
    return switches;
  }
}
