package io.gops.plan;

import io.gops.capacity.RoundedAmount;
import io.gops.deployment.Deployment;
import io.gops.deployment.Group;
import io.gops.deployment.Sizing;
import io.gops.deployment.Workload;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Amounts;
import io.gops.fleet.Autoscale;
import io.gops.fleet.Directory;
import io.gops.fleet.Game;
import io.gops.fleet.Host;
import io.gops.fleet.Pair;
import io.gops.fleet.Percent;
import io.gops.fleet.Release;
import io.gops.fleet.Resource;
import io.gops.fleet.Side;
import io.gops.fleet.Units;
import io.gops.plan.proof.Facts;
import io.gops.plan.proof.PlanProof;
import io.gops.source.Place;
import io.gops.state.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Turns releases into plans. One planner serves all releases of a compilation.
public final class Planner {
  private final Scope scope;

  /// @param deployment as it is now
  /// @param state what was recorded of it
  public Planner(
      Deployment deployment,
      State state,
      PodTemplates templates,
      LoginSteering steering,
      Diagnostics diagnostics) {
    this(deployment, state, templates, steering, new TreeMap<>(), diagnostics);
  }

  /// The same, where pods may need something else in another version.
  ///
  /// @param sizes what a pod needs, by group and version
  public Planner(
      Deployment deployment,
      State state,
      PodTemplates templates,
      LoginSteering steering,
      SortedMap<String, SortedMap<String, Sizing.PodSize>> sizes,
      Diagnostics diagnostics) {
    this.scope = new Scope(deployment, state, templates, steering, sizes, diagnostics);
  }

  /// Names in one message.
  private static final int NAMES = 6;

  /// Reports versions whose pods would be recreated because the source says something else of them
  /// than when they were started. A group that nothing has started yet is as the source says.
  ///
  /// @param releases of the source: a number of servers that none of them changes is reported, too
  public void checkDeployedVersions(Collection<Release> releases) {
    SortedMap<String, SortedMap<String, List<Workload>>> changed = new TreeMap<>();
    NetworkChanges networks = new NetworkChanges(scope);
    KeptSizes kept = new KeptSizes(scope);
    OtherNumbers numbers = new OtherNumbers(scope, releases);
    for (Group group : scope.deployment().groups().values()) {
      if (!scope.isRecorded(group)) {
        continue;
      }
      numbers.add(group);
      for (Workload workload : group.workloads()) {
        State.SideState side = scope.now(group).sides().get(workload.side());
        kept.add(workload);
        if (side != null
            && scope.differs(workload, side)
            && !networks.add(workload, side, side.version())) {
          changed
              .computeIfAbsent(workload.game().name(), _ -> new TreeMap<>())
              .computeIfAbsent(side.version(), _ -> new ArrayList<>())
              .add(workload);
        }
      }
    }
    networks.report();
    kept.report();
    numbers.report();
    changed.forEach(
        (game, versions) ->
            versions.forEach((version, workloads) -> changed(game, version, workloads)));
  }

  private void changed(String game, String version, List<Workload> workloads) {
    Workload first = workloads.getFirst();
    State.SideState side = Scope.side(scope.now(first.group()), first.side());
    SortedSet<String> parts = scope.differences(first, side);
    Diagnostic.Builder problem =
        Diagnostic.of(Code.GOPS5513, version, workloads.size(), game, String.join(", ", parts))
            .at(place(first, version));
    scope
        .diagnostics()
        .report(parts.contains("affinity") ? problem.hint("affinity") : problem.hint("hint"));
  }

  static Optional<Place> place(Workload workload, String version) {
    return Optional.ofNullable(workload.game().versions().get(version))
        .flatMap(found -> found.origins().place());
  }

  /// The plan of one release; empty when there is nothing to do or an error was reported.
  public Optional<Plan> plan(Release release) {
    Optional<Plan> plan =
        switch (release) {
          case Release.AbSwitch abSwitch -> abSwitch(abSwitch);
          case Release.HotReload hotReload -> hotReload(hotReload);
          case Release.CanaryWaves canaryWaves -> canaryWaves(canaryWaves);
          case Release.OpenZones openZones -> openZones(openZones);
          case Release.Scale scale -> scale(scale);
          case Release.DrainHost drainHost -> drainHost(drainHost);
          case Release.MergeZones mergeZones -> mergeZones(mergeZones);
          case Release.ReplaceHost replaceHost -> replaceHost(replaceHost);
        };
    plan.ifPresent(
        found -> {
          List<String> flaws = flaws(release, found);
          if (!flaws.isEmpty()) {
            throw new IllegalStateException(release.name() + ": " + flaws);
          }
        });
    return plan;
  }

  /// What is wrong with a plan of a release; empty for a sound one.
  public List<String> flaws(Release release, Plan plan) {
    return PlanProof.flaws(
        new Facts(plan, release, scope.deployment(), scope.templates(), scope.steering()));
  }

  private Optional<Plan> abSwitch(Release.AbSwitch release) {
    SortedMap<Integer, List<Group>> zones = scope.zones(release.zoneSets());
    if (!recordedVersionsExist(zones)
        || !pairsExist(release, zones)
        || !loginsCanMove(release, zones)
        || !drainIsSound(release, release.drain())
        || !storageStays(release, release.to(), zones)
        || !networksStay(release.to(), zones)) {
      return Optional.empty();
    }
    AbSwitchPlan planning = new AbSwitchPlan(scope, release, zones);
    SortedMap<Integer, List<Group>> rest = planning.unfinished();
    if (nothingToDo(release, zones.size(), rest)) {
      return Optional.empty();
    }
    NavigableSet<Integer> begun = planning.underWay();
    List<Wave> waves = Waves.of(rest, begun, zones.size(), release.waves(), scope::hosts);
    Steps steps = begin(release, rest);
    planning.addSteps(steps, waves);
    String goal = String.join(", ", release.zoneSets()) + " to " + release.to();
    List<String> notes = new ArrayList<>(byHand(release));
    if (!begun.isEmpty()) {
      notes.add("wave 1 finishes the zones that run both sides already: " + begun.size());
    }
    return Optional.of(result(Plan.Template.AB_SWITCH, release, goal, rest, waves, steps, notes));
  }

  /// The volumes that exist keep their size and class, whatever a new template says.
  private boolean storageStays(Release release, String to, SortedMap<Integer, List<Group>> zones) {
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

  /// What people do beforehand.
  private static List<String> byHand(Release release) {
    List<String> notes = new ArrayList<>();
    if (release.pull().isPresent()) {
      notes.add(
          "images are pulled ahead: apply pull-"
              + release.name()
              + ".yaml of each game, and start when its jobs are done");
    }
    return notes;
  }

  private Optional<Plan> hotReload(Release.HotReload release) {
    SortedMap<Integer, List<Group>> zones = scope.zones(release.zoneSets());
    if (!recordedVersionsExist(zones)
        || !numbersStay(release, zones)
        || !networksStay(release.to(), zones)
        || !serversStay(release, release.to(), zones)) {
      return Optional.empty();
    }
    HotReloadPlan planning = new HotReloadPlan(scope, release, zones);
    SortedMap<Integer, List<Group>> rest = planning.unfinished();
    if (nothingToDo(release, zones.size(), rest) || !isInPlace(release, planning, rest)) {
      return Optional.empty();
    }
    List<Wave> waves = Waves.of(rest, new TreeSet<>(), zones.size(), release.waves(), scope::hosts);
    Steps steps = begin(release, rest);
    planning.addSteps(steps, waves);
    String goal = String.join(", ", release.zoneSets()) + " to " + release.to();
    return Optional.of(
        result(
            Plan.Template.HOT_RELOAD,
            release,
            goal,
            rest,
            waves,
            steps,
            Stream.concat(byHand(release).stream(), planning.notes().stream()).toList()));
  }

  private Optional<Plan> canaryWaves(Release.CanaryWaves release) {
    SortedMap<Integer, List<Group>> zones = scope.zones(release.zoneSets());
    if (!recordedVersionsExist(zones)
        || !singlesExist(release, Code.GOPS5540, zones)
        || !numbersStay(release, zones)
        || !drainIsSound(release, release.drain())
        || !storageStays(release, release.to(), zones)
        || !networksStay(release.to(), zones)
        || !serversStay(release, release.to(), zones)) {
      return Optional.empty();
    }
    CanaryWavesPlan planning = new CanaryWavesPlan(scope, release, zones);
    SortedMap<Integer, List<Group>> rest = planning.unfinished();
    if (nothingToDo(release, zones.size(), rest)) {
      return Optional.empty();
    }
    List<Wave> waves = Waves.of(rest, new TreeSet<>(), zones.size(), release.waves(), scope::hosts);
    Steps steps = begin(release, rest);
    planning.addSteps(steps, waves);
    String goal = String.join(", ", release.zoneSets()) + " to " + release.to();
    return Optional.of(
        result(
            Plan.Template.CANARY_WAVES,
            release,
            goal,
            rest,
            waves,
            steps,
            Stream.concat(byHand(release).stream(), planning.notes().stream()).toList()));
  }

  /// Whether no zone has a pair, whose releases do without what this one is for.
  private boolean singlesExist(Release release, Code code, SortedMap<Integer, List<Group>> zones) {
    SortedMap<String, Group> paired = new TreeMap<>();
    for (List<Group> groups : zones.values()) {
      for (Group group : groups) {
        if (group.b().isPresent()) {
          paired.putIfAbsent(group.zone().set(), group);
        }
      }
    }
    paired.forEach(
        (set, group) ->
            scope
                .diagnostics()
                .report(
                    Diagnostic.of(code, set)
                        .at(release.origins().of("zones"))
                        .related(
                            group.zone().body().pair().flatMap(p -> p.origins().place()), "related")
                        .hint("hint")));
    return paired.isEmpty();
  }

  private Optional<Plan> scale(Release.Scale release) {
    SortedMap<Integer, List<Group>> zones = scope.zones(release.zoneSets());
    if (!recordedVersionsExist(zones)
        || !singlesExist(release, Code.GOPS5543, zones)
        || !numbersStay(release, zones)) {
      return Optional.empty();
    }
    ScalePlan planning = new ScalePlan(scope, release);
    SortedMap<Integer, List<Group>> changing = planning.changing();
    if (nothingToDo(release, zones.size(), changing)) {
      return Optional.empty();
    }
    List<Workload> fewer = planning.shrinking(changing);
    if (!fewer.isEmpty()
        && (!drainIsSound(release, release.drain()) || !areLargeEnough(release, fewer))) {
      return Optional.empty();
    }
    Steps steps = begin(release, changing);
    planning.addSteps(steps, changing);
    return Optional.of(
        result(
            Plan.Template.SCALE,
            release,
            "servers of zones "
                + PlanWords.zones(List.copyOf(changing.keySet()))
                + " as their game says",
            changing,
            List.of(),
            steps,
            planning.notes(changing)));
  }

  /// Whether the servers that stay may use what they need with more players each: they keep the
  /// limits that they were started with.
  private boolean areLargeEnough(Release.Scale release, List<Workload> fewer) {
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

  private Optional<Plan> openZones(Release.OpenZones release) {
    OpenZonesPlan planning = new OpenZonesPlan(scope, release);
    SortedMap<Integer, List<Group>> unopened = planning.unopened();
    int all = scope.allZones(release.zoneSets()).size();
    if (nothingToDo(release, all, unopened)) {
      return Optional.empty();
    }
    Steps steps = begin(release, unopened);
    planning.addSteps(steps, unopened);
    return Optional.of(
        result(
            Plan.Template.OPEN_ZONES,
            release,
            "zones " + PlanWords.zones(List.copyOf(unopened.keySet())) + " open",
            unopened,
            List.of(),
            steps,
            planning.notes(unopened)));
  }

  private Optional<Plan> drainHost(Release.DrainHost release) {
    DrainHostPlan planning = new DrainHostPlan(scope, release);
    SortedMap<Integer, List<Group>> zones = planning.zones();
    if (!recordedVersionsExist(zones) || !drainIsSound(release, release.drain())) {
      return Optional.empty();
    }
    List<String> homeless = planning.homeless();
    if (!homeless.isEmpty()) {
      scope
          .diagnostics()
          .report(
              Diagnostic.of(
                      Code.GOPS5541, release.host(), homeless.size(), String.join(", ", homeless))
                  .at(release.origins().of("host"))
                  .hint("hint"));
      return Optional.empty();
    }
    if (nothingToDo(release, 0, zones)) {
      return Optional.empty();
    }
    Steps steps = begin(release, zones);
    planning.addSteps(steps, zones);
    boolean returns = release.upgrade().isPresent();
    return Optional.of(
        result(
            returns ? Plan.Template.HOST_UPGRADE : Plan.Template.DRAIN_HOST,
            release,
            returns
                ? release.host() + " empty, worked on, and back"
                : "everything on " + release.host() + " to other hosts",
            zones,
            List.of(),
            steps,
            planning.notes()));
  }

  private Optional<Plan> mergeZones(Release.MergeZones release) {
    MergeZonesPlan planning = new MergeZonesPlan(scope, release);
    SortedMap<Integer, List<Group>> zones = planning.zones();
    SortedSet<Integer> strangers = planning.strangers(zones);
    if (!strangers.isEmpty()) {
      scope
          .diagnostics()
          .report(
              Diagnostic.of(Code.GOPS5542, release.name(), strangers.first(), release.into())
                  .at(release.origins().of("zones"))
                  .hint("hint"));
      return Optional.empty();
    }
    if (!recordedVersionsExist(zones)
        || !drainIsSound(release, release.drain())
        || nothingToDo(release, zones.size(), planning.isDone(zones) ? new TreeMap<>() : zones)) {
      return Optional.empty();
    }
    Steps steps = begin(release, zones);
    planning.addSteps(steps, zones);
    return Optional.of(
        result(
            Plan.Template.MERGE_ZONES,
            release,
            "zones " + PlanWords.zones(List.copyOf(release.zones())) + " into " + release.into(),
            zones,
            List.of(),
            steps,
            planning.notes()));
  }

  private Optional<Plan> replaceHost(Release.ReplaceHost release) {
    Host host = scope.deployment().hosts().get(release.host());
    if (host != null && host.state() != Host.State.FAILED) {
      scope
          .diagnostics()
          .report(
              Diagnostic.of(Code.GOPS5511, release.host())
                  .at(release.origins().of("host"))
                  .related(host.origins().place(), "related")
                  .hint("hint", release.host()));
      return Optional.empty();
    }
    ReplaceHostPlan planning = new ReplaceHostPlan(scope, release);
    SortedMap<Integer, List<Group>> stranded = planning.stranded();
    if (nothingToDo(release, stranded.size(), stranded)) {
      return Optional.empty();
    }
    List<String> notes = new ArrayList<>();
    for (List<Group> groups : stranded.values()) {
      for (Group group : groups) {
        notes.add(group.id() + " moves from " + release.host() + " to " + planning.refuge(group));
      }
    }
    Steps steps = begin(release, stranded);
    planning.addSteps(steps, stranded);
    return Optional.of(
        result(
            Plan.Template.REPLACE_HOST,
            release,
            "everything on " + release.host() + " to other hosts",
            stranded,
            List.of(),
            steps,
            notes));
  }

  private boolean nothingToDo(
      Release release, int zones, SortedMap<Integer, List<Group>> unfinished) {
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
  private boolean recordedVersionsExist(SortedMap<Integer, List<Group>> zones) {
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
  private boolean numbersStay(Release release, SortedMap<Integer, List<Group>> zones) {
    SortedMap<String, Autoscale> changing = new TreeMap<>();
    for (List<Group> groups : zones.values()) {
      for (Group group : groups) {
        group
            .zone()
            .body()
            .settings(group.role().name())
            .autoscale()
            .filter(autoscale -> !autoscale.isFixed())
            .ifPresent(autoscale -> changing.putIfAbsent(group.zone().set(), autoscale));
      }
    }
    changing.forEach(
        (set, autoscale) ->
            scope
                .diagnostics()
                .report(
                    Diagnostic.of(Code.GOPS5535, set, release.name())
                        .at(release.origins().of("zones"))
                        .related(autoscale.origins().place(), "related")
                        .hint("hint")));
    return changing.isEmpty();
  }

  private boolean pairsExist(Release.AbSwitch release, SortedMap<Integer, List<Group>> zones) {
    SortedMap<String, Group> single = new TreeMap<>();
    for (List<Group> groups : zones.values()) {
      for (Group group : groups) {
        if (group.b().isEmpty()) {
          single.putIfAbsent(group.zone().set(), group);
        }
      }
    }
    single.forEach(
        (set, group) ->
            scope
                .diagnostics()
                .report(
                    Diagnostic.of(Code.GOPS5505, set)
                        .at(release.origins().of("zones"))
                        .related(group.zone().body().origins().place(), "related")
                        .hint("hint")));
    return single.isEmpty();
  }

  private boolean loginsCanMove(Release.AbSwitch release, SortedMap<Integer, List<Group>> zones) {
    SortedMap<String, Group> stuck = new TreeMap<>();
    for (List<Group> groups : zones.values()) {
      Group group = groups.getFirst();
      boolean byAddress = groups.stream().anyMatch(g -> g.loginAddress().isPresent());
      boolean byDirectory =
          switching(group) == Pair.Switch.DIRECTORY
              && scope.deployment().directories().values().stream()
                  .map(Directory::game)
                  .anyMatch(group.zone().body().game()::equals);
      if (!byAddress && !byDirectory) {
        stuck.putIfAbsent(group.zone().set(), group);
      }
    }
    stuck.forEach(
        (set, group) ->
            scope
                .diagnostics()
                .report(
                    Diagnostic.of(Code.GOPS5507, set, reason(group))
                        .at(release.origins().of("zones"))
                        .related(
                            group.zone().body().pair().flatMap(p -> p.origins().place()), "related")
                        .hint("hint")));
    return stuck.isEmpty();
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

  private boolean drainIsSound(Release release, Release.Drain drain) {
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

  private boolean isInPlace(
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

  private boolean networksStay(String to, SortedMap<Integer, List<Group>> zones) {
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
  private boolean serversStay(Release release, String to, SortedMap<Integer, List<Group>> zones) {
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
                      .related(place(there, to), "related", to)
                      .hint("hint"));
          return false;
        }
      }
    }
    return true;
  }

  /// The steps of a release as far as people do them before its first change.
  private Steps begin(Release release, SortedMap<Integer, List<Group>> zones) {
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

  private Plan result(
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
    return plan.withReopenings(reopenings(plan));
  }

  /// The gates that a plan shuts, and how an abort opens each.
  public List<Reopening> reopenings(Plan plan) {
    return Reopenings.of(plan, scope);
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
