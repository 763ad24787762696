package io.gops.plan;

import io.gops.deployment.Deployment;
import io.gops.deployment.Group;
import io.gops.deployment.Sizing;
import io.gops.deployment.Workload;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Host;
import io.gops.fleet.Release;
import io.gops.plan.proof.Facts;
import io.gops.plan.proof.PlanProof;
import io.gops.source.Place;
import io.gops.state.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Turns releases into plans. One planner serves all releases of a compilation.
public final class Planner {
  private final Scope scope;
  private final ReleaseChecks checks;
  private final PlanAssembly assembly;

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
    this.checks = new ReleaseChecks(scope);
    this.assembly = new PlanAssembly(scope);
  }

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

  /// The gates that a plan shuts, and how an abort opens each.
  public List<Reopening> reopenings(Plan plan) {
    return Reopenings.of(plan, scope);
  }

  private Optional<Plan> abSwitch(Release.AbSwitch release) {
    SortedMap<Integer, List<Group>> zones = scope.zones(release.zoneSets());
    if (!checks.recordedVersionsExist(zones)
        || !checks.pairsExist(release, zones)
        || !checks.loginsCanMove(release, zones)
        || !checks.drainIsSound(release, release.drain())
        || !checks.storageStays(release, release.to(), zones)
        || !checks.networksStay(release.to(), zones)) {
      return Optional.empty();
    }
    AbSwitchPlan planning = new AbSwitchPlan(scope, release, zones);
    SortedMap<Integer, List<Group>> rest = planning.unfinished();
    if (checks.nothingToDo(release, zones.size(), rest)) {
      return Optional.empty();
    }
    NavigableSet<Integer> begun = planning.underWay();
    List<Wave> waves = Waves.of(rest, begun, zones.size(), release.waves(), scope::hosts);
    Steps steps = assembly.begin(release, rest);
    planning.addSteps(steps, waves);
    String goal = String.join(", ", release.zoneSets()) + " to " + release.to();
    List<String> notes = new ArrayList<>(byHand(release));
    if (!begun.isEmpty()) {
      notes.add("wave 1 finishes the zones that run both sides already: " + begun.size());
    }
    return Optional.of(
        assembly.result(Plan.Template.AB_SWITCH, release, goal, rest, waves, steps, notes));
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
    if (!checks.recordedVersionsExist(zones)
        || !checks.numbersStay(release, zones)
        || !checks.networksStay(release.to(), zones)
        || !checks.serversStay(release, release.to(), zones)) {
      return Optional.empty();
    }
    HotReloadPlan planning = new HotReloadPlan(scope, release, zones);
    SortedMap<Integer, List<Group>> rest = planning.unfinished();
    if (checks.nothingToDo(release, zones.size(), rest)
        || !checks.isInPlace(release, planning, rest)) {
      return Optional.empty();
    }
    List<Wave> waves = Waves.of(rest, new TreeSet<>(), zones.size(), release.waves(), scope::hosts);
    Steps steps = assembly.begin(release, rest);
    planning.addSteps(steps, waves);
    String goal = String.join(", ", release.zoneSets()) + " to " + release.to();
    return Optional.of(
        assembly.result(
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
    if (!checks.recordedVersionsExist(zones)
        || !checks.singlesExist(release, Code.GOPS5540, zones)
        || !checks.numbersStay(release, zones)
        || !checks.drainIsSound(release, release.drain())
        || !checks.storageStays(release, release.to(), zones)
        || !checks.networksStay(release.to(), zones)
        || !checks.serversStay(release, release.to(), zones)) {
      return Optional.empty();
    }
    CanaryWavesPlan planning = new CanaryWavesPlan(scope, release, zones);
    SortedMap<Integer, List<Group>> rest = planning.unfinished();
    if (checks.nothingToDo(release, zones.size(), rest)) {
      return Optional.empty();
    }
    List<Wave> waves = Waves.of(rest, new TreeSet<>(), zones.size(), release.waves(), scope::hosts);
    Steps steps = assembly.begin(release, rest);
    planning.addSteps(steps, waves);
    String goal = String.join(", ", release.zoneSets()) + " to " + release.to();
    return Optional.of(
        assembly.result(
            Plan.Template.CANARY_WAVES,
            release,
            goal,
            rest,
            waves,
            steps,
            Stream.concat(byHand(release).stream(), planning.notes().stream()).toList()));
  }

  private Optional<Plan> scale(Release.Scale release) {
    SortedMap<Integer, List<Group>> zones = scope.zones(release.zoneSets());
    if (!checks.recordedVersionsExist(zones)
        || !checks.singlesExist(release, Code.GOPS5543, zones)
        || !checks.numbersStay(release, zones)) {
      return Optional.empty();
    }
    ScalePlan planning = new ScalePlan(scope, release);
    SortedMap<Integer, List<Group>> changing = planning.changing();
    if (checks.nothingToDo(release, zones.size(), changing)) {
      return Optional.empty();
    }
    List<Workload> fewer = planning.shrinking(changing);
    if (!fewer.isEmpty()
        && (!checks.drainIsSound(release, release.drain())
            || !checks.areLargeEnough(release, fewer))) {
      return Optional.empty();
    }
    Steps steps = assembly.begin(release, changing);
    planning.addSteps(steps, changing);
    return Optional.of(
        assembly.result(
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

  private Optional<Plan> openZones(Release.OpenZones release) {
    OpenZonesPlan planning = new OpenZonesPlan(scope, release);
    SortedMap<Integer, List<Group>> unopened = planning.unopened();
    int all = scope.allZones(release.zoneSets()).size();
    if (checks.nothingToDo(release, all, unopened)) {
      return Optional.empty();
    }
    Steps steps = assembly.begin(release, unopened);
    planning.addSteps(steps, unopened);
    return Optional.of(
        assembly.result(
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
    if (!checks.recordedVersionsExist(zones) || !checks.drainIsSound(release, release.drain())) {
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
    if (checks.nothingToDo(release, 0, zones)) {
      return Optional.empty();
    }
    Steps steps = assembly.begin(release, zones);
    planning.addSteps(steps, zones);
    boolean returns = release.upgrade().isPresent();
    return Optional.of(
        assembly.result(
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
    if (!checks.recordedVersionsExist(zones)
        || !checks.drainIsSound(release, release.drain())
        || checks.nothingToDo(
            release, zones.size(), planning.isDone(zones) ? new TreeMap<>() : zones)) {
      return Optional.empty();
    }
    Steps steps = assembly.begin(release, zones);
    planning.addSteps(steps, zones);
    return Optional.of(
        assembly.result(
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
    if (checks.nothingToDo(release, stranded.size(), stranded)) {
      return Optional.empty();
    }
    List<String> notes = new ArrayList<>();
    for (List<Group> groups : stranded.values()) {
      for (Group group : groups) {
        notes.add(group.id() + " moves from " + release.host() + " to " + planning.refuge(group));
      }
    }
    Steps steps = assembly.begin(release, stranded);
    planning.addSteps(steps, stranded);
    return Optional.of(
        assembly.result(
            Plan.Template.REPLACE_HOST,
            release,
            "everything on " + release.host() + " to other hosts",
            stranded,
            List.of(),
            steps,
            notes));
  }
}
