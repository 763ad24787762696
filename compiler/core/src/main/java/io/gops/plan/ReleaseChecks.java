package io.gops.plan;

import io.gops.capacity.RoundedAmount;
import io.gops.deployment.Group;
import io.gops.deployment.Workload;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.fleet.Amounts;
import io.gops.fleet.Directory;
import io.gops.fleet.Game;
import io.gops.fleet.Pair;
import io.gops.fleet.Percent;
import io.gops.fleet.Release;
import io.gops.fleet.Resource;
import io.gops.fleet.Side;
import io.gops.fleet.Units;
import io.gops.source.Place;
import io.gops.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What has to be so before a release can be planned. Each looks, reports what is wrong, and says
/// whether nothing is.
final class ReleaseChecks {
  /// Names in one message.
  private static final int NAMES = 6;

  private final Scope scope;

  ReleaseChecks(Scope scope) {
    this.scope = scope;
  }

  boolean nothingToDo(Release release, int zones, SortedMap<Integer, List<Group>> unfinished) {
    if (unfinished.isEmpty()) {
      scope
          .diagnostics()
          .report(
              Diagnostic.of(Code.GOPS5502, release.name(), zones)
                  .at(release.origins().place())
                  .hint("hint"));
    }
    return unfinished.isEmpty();
  }

  /// Whether the source still has each version that the state speaks of.
  boolean recordedVersionsExist(SortedMap<Integer, List<Group>> zones) {
    SortedMap<String, SortedMap<String, List<Workload>>> missing = new TreeMap<>();
    for (List<Group> groups : zones.values()) {
      for (Group group : groups) {
        State.GroupState now = scope.now(group);
        for (Workload workload : group.workloads()) {
          State.SideState side = now.sides().get(workload.side());
          String version = side == null ? "" : side.version();
          if (!workload.game().versions().containsKey(version)) {
            missing
                .computeIfAbsent(workload.game().name(), _ -> new TreeMap<>())
                .computeIfAbsent(version, _ -> new ArrayList<>())
                .add(workload);
          }
        }
      }
    }
    missing.values().forEach(versions -> versions.forEach(this::unknownVersion));
    return missing.isEmpty();
  }

  private void unknownVersion(String version, List<Workload> workloads) {
    Game game = workloads.getFirst().game();
    String sets =
        workloads.stream().limit(NAMES).map(Workload::name).collect(Collectors.joining(", "));
    scope
        .diagnostics()
        .report(
            Diagnostic.of(
                    Code.GOPS5512,
                    workloads.size() > NAMES ? sets + ", …" : sets,
                    version,
                    game.name(),
                    workloads.size())
                .at(game.origins().place())
                .hint("hint"));
  }

  /// Whether the plan can know how many servers there are when it runs.
  boolean numbersStay(Release release, SortedMap<Integer, List<Group>> zones) {
    SortedMap<String, Diagnostic.Builder> problems = new TreeMap<>();
    for (Group group : groups(zones)) {
      String set = group.zone().set();
      group
          .zone()
          .body()
          .settings(group.role().name())
          .autoscale()
          .filter(autoscale -> !autoscale.isFixed())
          .map(autoscale -> autoscale.origins().place())
          .ifPresent(
              place ->
                  problems.putIfAbsent(
                      set,
                      Diagnostic.of(Code.GOPS5535, set, release.name()).related(place, "related")));
    }
    return holds(release, problems);
  }

  /// Whether no zone has a pair, whose releases do without what this one is for.
  boolean singlesExist(Release release, Code code, SortedMap<Integer, List<Group>> zones) {
    SortedMap<String, Diagnostic.Builder> problems = new TreeMap<>();
    for (Group group : groups(zones)) {
      if (group.b().isPresent()) {
        String set = group.zone().set();
        problems.putIfAbsent(set, Diagnostic.of(code, set).related(pair(group), "related"));
      }
    }
    return holds(release, problems);
  }

  /// Whether each zone has a second side.
  boolean pairsExist(Release.AbSwitch release, SortedMap<Integer, List<Group>> zones) {
    SortedMap<String, Diagnostic.Builder> problems = new TreeMap<>();
    for (Group group : groups(zones)) {
      if (group.b().isEmpty()) {
        String set = group.zone().set();
        Optional<Place> place = group.zone().body().origins().place();
        problems.putIfAbsent(set, Diagnostic.of(Code.GOPS5505, set).related(place, "related"));
      }
    }
    return holds(release, problems);
  }

  /// Whether logins of each zone can be sent to another side.
  boolean loginsCanMove(Release.AbSwitch release, SortedMap<Integer, List<Group>> zones) {
    SortedMap<String, Diagnostic.Builder> problems = new TreeMap<>();
    for (List<Group> groups : zones.values()) {
      Group group = groups.getFirst();
      boolean byAddress = groups.stream().anyMatch(g -> g.loginAddress().isPresent());
      boolean byDirectory =
          switching(group) == Pair.Switch.DIRECTORY
              && scope.deployment().directories().values().stream()
                  .map(Directory::game)
                  .anyMatch(group.zone().body().game()::equals);
      if (!byAddress && !byDirectory) {
        String set = group.zone().set();
        problems.putIfAbsent(
            set, Diagnostic.of(Code.GOPS5507, set, reason(group)).related(pair(group), "related"));
      }
    }
    return holds(release, problems);
  }

  private static List<Group> groups(SortedMap<Integer, List<Group>> zones) {
    return zones.values().stream().flatMap(List::stream).toList();
  }

  private static Optional<Place> pair(Group group) {
    return group.zone().body().pair().flatMap(pair -> pair.origins().place());
  }

  /// Reports what is wrong with `zones` declarations, each once.
  ///
  /// @return whether nothing is
  private boolean holds(Release release, SortedMap<String, Diagnostic.Builder> problems) {
    for (Diagnostic.Builder problem : problems.values()) {
      scope.diagnostics().report(problem.at(release.origins().of("zones")).hint("hint"));
    }
    return problems.isEmpty();
  }

  private static Pair.Switch switching(Group group) {
    return group.zone().body().pair().map(Pair::switching).orElse(Pair.Switch.DIRECTORY);
  }

  private static String reason(Group group) {
    return switch (switching(group)) {
      case VIP -> "the zones are in no vpc, so they have no virtual address";
      case DIRECTORY -> "game " + group.zone().body().game() + " has no directory";
    };
  }

  boolean drainIsSound(Release release, Release.Drain drain) {
    DrainCurve curve = new DrainCurve(drain);
    Optional<DrainCurve.Rise> rise = curve.rise();
    if (rise.isPresent()) {
      Release.Drain.Remaining before = rise.get().before();
      Release.Drain.Remaining after = rise.get().after();
      scope
          .diagnostics()
          .report(
              Diagnostic.of(
                      Code.GOPS5508,
                      before.share(),
                      Units.duration(before.after()),
                      after.share(),
                      Units.duration(after.after()))
                  .at(release.origins().of("drain.remaining"))
                  .hint("hint"));
      return false;
    }
    Percent left = curve.atMost(drain.kickAfter());
    if (left.compareTo(drain.kickBudget()) > 0) {
      Diagnostic.Builder problem =
          Diagnostic.of(Code.GOPS5506, left, Units.duration(drain.kickAfter()), drain.kickBudget())
              .at(release.origins().of("drain.kick_budget"))
              .hint(release.origins().written("drain.remaining").isEmpty() ? "drain" : "hint")
              .fix(
                  release.origins().written("drain.kick_budget"),
                  "kick_budget = " + left,
                  "budget",
                  left);
      curve
          .firstAtMost(drain.kickBudget())
          .map(Units::duration)
          .ifPresent(
              later ->
                  problem.fix(
                      release.origins().written("drain.kick_after"),
                      "kick_after = " + later,
                      "later",
                      later));
      scope.diagnostics().report(problem);
      return false;
    }
    return true;
  }

  boolean isInPlace(
      Release.HotReload release,
      HotReloadPlan planning,
      SortedMap<Integer, List<Group>> unfinished) {
    SortedSet<String> engines = new TreeSet<>();
    SortedSet<String> others = new TreeSet<>();
    SortedSet<String> sidecars = new TreeSet<>();
    int concerned = 0;
    for (List<Group> groups : unfinished.values()) {
      HotReloadPlan.Obstacles obstacles = planning.obstacles(groups);
      engines.addAll(obstacles.engines());
      others.addAll(obstacles.others());
      concerned += obstacles.engines().isEmpty() && obstacles.others().isEmpty() ? 0 : 1;
      groups.forEach(g -> g.role().hotUpdates().forEach(update -> sidecars.add(update.name())));
    }
    if (!engines.isEmpty()) {
      scope
          .diagnostics()
          .report(
              Diagnostic.of(Code.GOPS5503, release.to(), String.join(", ", engines), concerned)
                  .at(release.origins().of("to"))
                  .hint("hint", sidecars.isEmpty() ? "nothing" : String.join(", ", sidecars)));
    } else if (!others.isEmpty()) {
      scope
          .diagnostics()
          .report(
              Diagnostic.of(Code.GOPS5504, release.to(), String.join(", ", others), concerned)
                  .at(release.origins().of("to"))
                  .hint("hint"));
    }
    return engines.isEmpty() && others.isEmpty();
  }

  /// The volumes that exist keep their size and class, whatever a new template says.
  boolean storageStays(Release release, String to, SortedMap<Integer, List<Group>> zones) {
    long sets =
        zones.values().stream()
            .flatMap(List::stream)
            .flatMap(group -> group.workloads().stream())
            .filter(workload -> scope.storageDiffers(workload, to))
            .count();
    if (sets > 0) {
      scope
          .diagnostics()
          .report(
              Diagnostic.of(Code.GOPS5514, release.name(), sets)
                  .at(release.origins().of("to"))
                  .hint("hint", to));
    }
    return sets == 0;
  }

  boolean networksStay(String to, SortedMap<Integer, List<Group>> zones) {
    NetworkChanges changes = new NetworkChanges(scope);
    for (List<Group> groups : zones.values()) {
      for (Group group : groups) {
        State.GroupState now = scope.now(group);
        for (Workload workload : group.workloads()) {
          changes.add(workload, Scope.side(now, workload.side()), to);
        }
      }
    }
    return changes.report();
  }

  /// An update in place and a change of the number are not one thing: OpenKruise would first start
  /// the additional servers with the old template.
  boolean serversStay(Release release, String to, SortedMap<Integer, List<Group>> zones) {
    for (List<Group> groups : zones.values()) {
      for (Group group : groups) {
        Workload there = group.a().inVersion(to);
        Workload here = group.a().inVersion(Scope.side(scope.now(group), Side.A).version());
        if (there.wanted() != here.wanted()) {
          scope
              .diagnostics()
              .report(
                  Diagnostic.of(
                          Code.GOPS5522, to, there.role().name(), here.wanted(), there.wanted())
                      .at(release.origins().of("to"))
                      .related(Planner.place(there, to), "related", to)
                      .hint("hint"));
          return false;
        }
      }
    }
    return true;
  }

  /// Whether the servers that stay may use what they need with more players each: they keep the
  /// limits that they were started with.
  boolean areLargeEnough(Release.Scale release, List<Workload> fewer) {
    for (Workload workload : fewer) {
      Amounts lacking = scope.wanted(workload).limit().minus(workload.limit());
      Optional<Resource> first =
          lacking.resources().stream().filter(resource -> lacking.get(resource) > 0).findFirst();
      if (first.isPresent()) {
        Resource resource = first.get();
        scope
            .diagnostics()
            .report(
                Diagnostic.of(
                        Code.GOPS5544,
                        workload.wanted(),
                        workload.role().name(),
                        resource.word(),
                        RoundedAmount.print(resource, workload.limit().get(resource)),
                        RoundedAmount.print(resource, scope.wanted(workload).limit().get(resource)))
                    .at(release.origins().of("zones"))
                    .related(workload.role().origins().place("replicas"), "related")
                    .hint("hint"));
        return false;
      }
    }
    return true;
  }
}
