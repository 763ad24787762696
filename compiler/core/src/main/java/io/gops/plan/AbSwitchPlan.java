package io.gops.plan;

import io.gops.deployment.Group;
import io.gops.deployment.Workload;
import io.gops.directory.ZoneEntry;
import io.gops.fleet.Directory;
import io.gops.fleet.Release;
import io.gops.fleet.Side;
import io.gops.fleet.Units;
import io.gops.state.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Steps of an `ab_switch`: the new version starts on the idle side, logins move, players follow
/// when they log out, and the emptied side stops.
///
/// A zone is taken from wherever it is, so a release that was aborted half-way is planned to its
/// end from the state that the abort left.
final class AbSwitchPlan {
  private static final Duration PATCH_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration START_TIMEOUT = Duration.ofMinutes(10);

  private final Scope scope;
  private final Release.AbSwitch release;
  private final DrainCurve curve;
  private final SortedMap<Integer, List<Group>> zones;

  AbSwitchPlan(Scope scope, Release.AbSwitch release, SortedMap<Integer, List<Group>> zones) {
    this.scope = scope;
    this.release = release;
    this.curve = new DrainCurve(release.drain());
    this.zones = zones;
  }

  /// One group on its way to the goal.
  ///
  /// @param target the side that is live in the end
  private record Course(Group group, State.GroupState now, Side target, boolean moves) {
    Workload old() {
      return Scope.workload(group, target.other());
    }

    Workload fresh() {
      return Scope.workload(group, target);
    }

    State.SideState oldState() {
      return Scope.side(now, target.other());
    }

    State.SideState freshState() {
      return Scope.side(now, target);
    }

    boolean warm() {
      return group.isWarm();
    }
  }

  /// Zones that are not where the release leads.
  SortedMap<Integer, List<Group>> unfinished() {
    SortedMap<Integer, List<Group>> rest = new TreeMap<>();
    zones.forEach(
        (id, groups) -> {
          if (!groups.stream().allMatch(this::isFinished)) {
            rest.put(id, groups);
          }
        });
    return rest;
  }

  /// Ids of the unfinished zones of which both sides of a group run.
  NavigableSet<Integer> underWay() {
    NavigableSet<Integer> begun = new TreeSet<>();
    unfinished()
        .forEach(
            (id, groups) -> {
              if (groups.stream().anyMatch(this::isUnderWay)) {
                begun.add(id);
              }
            });
    return begun;
  }

  private boolean isUnderWay(Group group) {
    return group
        .zone()
        .body()
        .pair()
        .filter(pair -> scope.now(group).isUnderWay(pair.standby()))
        .isPresent();
  }

  private boolean isFinished(Group group) {
    Course course = course(group);
    State.SideState old = course.oldState();
    int rest = course.warm() ? course.old().wanted() : 0;
    return !course.moves() && old.version().equals(release.to()) && old.replicas() == rest;
  }

  private Course course(Group group) {
    State.GroupState now = scope.now(group);
    boolean moves = !Scope.side(now, now.live()).version().equals(release.to());
    return new Course(group, now, moves ? now.live().other() : now.live(), moves);
  }

  /// The steps of all waves.
  void addSteps(Steps steps, List<Wave> waves) {
    for (Wave wave : waves) {
      List<Course> courses =
          wave.zones().stream()
              .flatMap(id -> zones.getOrDefault(id, List.of()).stream())
              .filter(group -> !isFinished(group))
              .map(this::course)
              .toList();
      start(steps, wave, courses);
      if (courses.stream().anyMatch(Course::moves)) {
        PeopleSteps.smoke(steps, wave.number(), release.practice());
      }
      move(steps, wave, courses);
      stop(steps, wave, courses);
      steps.soak(wave.number(), "Watch wave " + wave.number() + " before the next", release.soak());
      if (wave.canary() && wave.number() < waves.size()) {
        steps.approve(wave.number(), "Agree that the canary zones are well");
      }
    }
  }

  private void start(Steps steps, Wave wave, List<Course> courses) {
    List<Task> prepare = new ArrayList<>();
    List<Task> start = new ArrayList<>();
    for (Course course : courses) {
      Workload fresh = course.fresh();
      State.SideState side = course.freshState();
      if (!side.version().equals(release.to())) {
        prepare.add(patch(fresh, side, side.replicas()));
      }
      if (course.moves() && side.replicas() != fresh.wanted()) {
        start.add(start(course, side.replicas()));
      }
    }
    steps.add(
        wave.number(),
        Step.Kind.PREPARE,
        "prepare",
        "Put version " + release.to() + " on " + sets(prepare) + " that take no logins",
        prepare,
        PATCH_TIMEOUT,
        Players.NONE,
        Estimate.seconds(prepare.size(), 5L * prepare.size()));
    steps.add(
        wave.number(),
        Step.Kind.START,
        "start",
        "Start " + sets(start) + " with version " + release.to(),
        start,
        START_TIMEOUT,
        Players.NONE,
        new Estimate(Duration.ofMinutes(1), START_TIMEOUT));
  }

  private Task patch(Workload workload, State.SideState side, int running) {
    Action.PatchTemplate patch = scope.patch(workload, side, scope.anew(workload, release.to()));
    return new Task(
        workload.name(),
        patch,
        List.of(new Check.Stored(patch.set(), patch.patch())),
        List.of(
            new Check.Stored(patch.set(), patch.patch().reverse()),
            new Check.Pods(patch.set(), running, scope.images(workload, release.to()), false)),
        new Undo.Back(
            List.of(reverse(patch)),
            List.of(
                new Check.Pods(
                    patch.set(), running, scope.images(workload, side.version()), false))));
  }

  private static Action.PatchTemplate reverse(Action.PatchTemplate patch) {
    return new Action.PatchTemplate(
        patch.set(),
        patch.toVersion(),
        patch.fromVersion(),
        patch.toTemplate(),
        patch.fromTemplate(),
        patch.patch().reverse());
  }

  private Task start(Course course, int running) {
    Workload fresh = course.fresh();
    Action.SetRef set = Scope.ref(fresh);
    int wanted = fresh.inVersion(release.to()).wanted();
    SortedMap<String, String> images = scope.images(fresh, release.to());
    return new Task(
        fresh.name(),
        new Action.Scale(set, running, wanted),
        List.of(new Check.Replicas(set, running)),
        List.of(new Check.Pods(set, wanted, images, false)),
        new Undo.Back(
            List.of(new Action.Scale(set, wanted, running)),
            List.of(new Check.Pods(set, running, images, false))));
  }

  private void move(Steps steps, Wave wave, List<Course> courses) {
    List<Task> logins = new ArrayList<>();
    List<Task> drain = new ArrayList<>();
    for (Course course : courses) {
      if (course.moves()) {
        logins.add(logins(course));
      }
      if (isLeft(course)) {
        drain.add(drain(course));
      }
    }
    Players moved = new Players(moved(courses, logins), 0, 0);
    steps.add(
        wave.number(),
        Step.Kind.LOGINS,
        "logins",
        "Send new logins of " + zones(wave) + " to the other side",
        logins,
        PATCH_TIMEOUT,
        moved,
        Estimate.seconds(10, 60));
    steps.add(
        wave.number(),
        Step.Kind.DRAIN,
        "drain",
        "Wait until players have left, at most " + hours(release.drain().kickAfter()),
        drain,
        release.drain().kickAfter(),
        Players.NONE,
        drainTime());
  }

  /// Whether players may still be on the side that is not the target.
  private static boolean isLeft(Course course) {
    return course.oldState().replicas() > 0 && !(course.warm() && !course.moves());
  }

  private static long moved(List<Course> courses, List<Task> logins) {
    return logins.isEmpty()
        ? 0
        : courses.stream()
            .filter(Course::moves)
            .map(course -> course.group().zone())
            .distinct()
            .mapToLong(Scope::players)
            .sum();
  }

  private Task logins(Course course) {
    Group group = course.group();
    Side from = course.now().live();
    Side to = course.target();
    Optional<Action.OpenflowGroup> there = openflow(group, from, to);
    Action.SetLogins action = new Action.SetLogins(group.id(), from, to, there, entries(course));
    Action.SetLogins back =
        new Action.SetLogins(
            group.id(),
            to,
            from,
            there.map(its -> new Action.OpenflowGroup(its.to(), its.from(), its.carriers())),
            action.entries().stream()
                .map(e -> new Action.PutEntry(e.directory(), e.key(), e.to(), e.from()))
                .toList());
    SortedMap<String, String> images = scope.images(course.fresh(), release.to());
    int wanted = course.fresh().inVersion(release.to()).wanted();
    Action.SetRef set = Scope.ref(course.fresh());
    return new Task(
        group.id(),
        action,
        List.of(new Check.Pods(set, wanted, images, false)),
        List.of(new Check.LoginsAt(group.id(), to)),
        new Undo.Back(
            List.of(back, drain(set, course.fresh())),
            List.of(new Check.LoginsAt(group.id(), from))));
  }

  private Optional<Action.OpenflowGroup> openflow(Group group, Side from, Side to) {
    return group
        .loginAddress()
        .map(
            _ ->
                new Action.OpenflowGroup(
                    scope.steering().group(group, from),
                    scope.steering().group(group, to),
                    scope.carriers(group)));
  }

  private List<Action.PutEntry> entries(Course course) {
    Group group = course.group();
    List<Group> zone = zones.getOrDefault(group.zone().id(), List.of());
    if (ZoneEntry.entrance(zone).filter(group::equals).isEmpty()) {
      return List.of();
    }
    Side live = course.now().live();
    ZoneEntry entry = ZoneEntry.of(scope.deployment(), group, scope.steering());
    ZoneEntry before =
        entry.live(
            live,
            Scope.side(course.now(), live).version(),
            ZoneEntry.address(scope.deployment(), group, live, scope.steering()));
    ZoneEntry after =
        entry.live(
            course.target(),
            release.to(),
            ZoneEntry.address(scope.deployment(), group, course.target(), scope.steering()));
    List<Action.PutEntry> entries = new ArrayList<>();
    for (Directory directory : scope.deployment().directories().values()) {
      if (directory.game().equals(group.zone().body().game())) {
        entries.add(
            new Action.PutEntry(
                directory.name(),
                entry.key(directory),
                before.json().print(),
                after.json().print()));
      }
    }
    return entries;
  }

  private Action.Drain drain(Action.SetRef set, Workload workload) {
    return new Action.Drain(
        set, Action.CountPlayers.of(workload), release.drain().kickAfter().toSeconds());
  }

  private Task drain(Course course) {
    return new Task(
        course.old().name(),
        drain(Scope.ref(course.old()), course.old()),
        List.of(),
        List.of(),
        new Undo.Nothing());
  }

  private Estimate drainTime() {
    Duration empty =
        release.drain().remaining().stream()
            .filter(point -> point.share().basisPoints() == 0)
            .map(Release.Drain.Remaining::after)
            .findFirst()
            .orElse(release.drain().kickAfter());
    Duration p50 =
        empty.compareTo(release.drain().kickAfter()) < 0 ? empty : release.drain().kickAfter();
    return new Estimate(p50, release.drain().kickAfter());
  }

  private void stop(Steps steps, Wave wave, List<Course> courses) {
    List<Task> kick = new ArrayList<>();
    List<Task> stop = new ArrayList<>();
    List<Task> retire = new ArrayList<>();
    List<Task> warm = new ArrayList<>();
    long kickable = 0;
    for (Course course : courses) {
      State.SideState old = course.oldState();
      boolean wasWarm = course.warm() && !course.moves();
      if (isLeft(course)) {
        kick.add(kick(course));
        stop.add(stop(course, old));
        kickable += Scope.players(course.group().zone());
      }
      if (!old.version().equals(release.to())) {
        retire.add(patch(course.old(), old, wasWarm ? old.replicas() : 0));
      }
      if (course.warm() && !wasWarm) {
        warm.add(warm(course));
      }
    }
    Duration deadline = release.drain().kickAfter();
    Players kicked =
        new Players(
            0, curve.expected(deadline).ofCeil(kickable), curve.atMost(deadline).ofCeil(kickable));
    steps.add(
        wave.number(),
        Step.Kind.KICK,
        "kick",
        "Check that few enough players are left to be disconnected",
        kick,
        PATCH_TIMEOUT,
        kicked,
        Estimate.seconds(5, 30));
    steps.add(
        wave.number(),
        Step.Kind.STOP,
        "stop",
        "Stop " + sets(stop) + " that players have left",
        stop,
        stopTimeout(courses),
        Players.NONE,
        new Estimate(Duration.ofSeconds(30), stopTimeout(courses)));
    steps.add(
        wave.number(),
        Step.Kind.RETIRE,
        "retire",
        "Put version " + release.to() + " on " + sets(retire) + " that stopped",
        retire,
        PATCH_TIMEOUT,
        Players.NONE,
        Estimate.seconds(retire.size(), 5L * retire.size()));
    steps.add(
        wave.number(),
        Step.Kind.START,
        "standby",
        "Start " + sets(warm) + " again as warm standby",
        warm,
        START_TIMEOUT,
        Players.NONE,
        new Estimate(Duration.ofMinutes(1), START_TIMEOUT));
  }

  private Task kick(Course course) {
    Action.SetRef set = Scope.ref(course.old());
    Optional<Action.CountPlayers> probe = Action.CountPlayers.of(course.old());
    long allowed = release.drain().kickBudget().ofFloor(Scope.players(course.group().zone()));
    return new Task(
        course.old().name(),
        new Action.Kick(set, probe, allowed),
        List.of(),
        List.of(),
        new Undo.Nothing());
  }

  private Task stop(Course course, State.SideState old) {
    Workload workload = course.old();
    Action.SetRef set = Scope.ref(workload);
    SortedMap<String, String> images = scope.images(workload, old.version());
    return new Task(
        workload.name(),
        new Action.Scale(set, old.replicas(), 0),
        List.of(
            new Check.Replicas(set, old.replicas()),
            new Check.LoginsAt(workload.group(), course.target())),
        List.of(new Check.Pods(set, 0, images, false)),
        new Undo.Back(
            List.of(new Action.Scale(set, 0, old.replicas())),
            List.of(new Check.Pods(set, old.replicas(), images, false))));
  }

  private Task warm(Course course) {
    Workload workload = course.old();
    Action.SetRef set = Scope.ref(workload);
    int wanted = workload.inVersion(release.to()).wanted();
    SortedMap<String, String> images = scope.images(workload, release.to());
    return new Task(
        workload.name(),
        new Action.Scale(set, 0, wanted),
        List.of(new Check.Replicas(set, 0)),
        List.of(new Check.Pods(set, wanted, images, false)),
        new Undo.Back(
            List.of(new Action.Scale(set, wanted, 0)),
            List.of(new Check.Pods(set, 0, images, false))));
  }

  /// Time to save, and some more for the kubelet.
  private static Duration stopTimeout(List<Course> courses) {
    return courses.stream()
        .flatMap(course -> course.old().role().saveWithin().stream())
        .max(Duration::compareTo)
        .orElse(Duration.ofSeconds(30))
        .plusMinutes(2);
  }

  private static String sets(List<Task> tasks) {
    return tasks.size() == 1 ? "1 set" : tasks.size() + " sets";
  }

  private static String zones(Wave wave) {
    return wave.zones().size() == 1 ? "1 zone" : wave.zones().size() + " zones";
  }

  private static String hours(Duration duration) {
    return Units.duration(duration);
  }
}
