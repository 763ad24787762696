package io.gops.capacity;

import io.gops.allocate.Lock;
import io.gops.deployment.Group;
import io.gops.deployment.Sizing;
import io.gops.deployment.StartedPods;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Amounts;
import io.gops.fleet.Fleet;
import io.gops.fleet.Game;
import io.gops.fleet.Pair;
import io.gops.fleet.Percent;
import io.gops.fleet.Pool;
import io.gops.fleet.Profile;
import io.gops.fleet.Release;
import io.gops.fleet.Resource;
import io.gops.fleet.Role;
import io.gops.fleet.Side;
import io.gops.fleet.Version;
import io.gops.fleet.Zone;
import io.gops.fleet.ZoneBody;
import io.gops.state.State;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Asks the prover's question for a fleet: what each group needs in every state that its releases
/// lead through, and what each host offers.
final class FleetDemand {
  private final Fleet fleet;
  private final State state;
  private final StartedPods started;
  private final Lock old;
  private final Diagnostics diagnostics;
  private final Movements movements;
  private final CountedParts parts;
  private final OfferedHosts hosts;
  private final SortedMap<String, List<Occupant>> occupants = new TreeMap<>();
  private final SortedMap<String, SortedMap<String, Sizing.PodSize>> pods = new TreeMap<>();
  private final SortedMap<String, SortedMap<Side, Sizing.PodSize>> sides = new TreeMap<>();
  private final IdentityHashMap<ZoneBody, Map<Share, Optional<Demand>>> demands =
      new IdentityHashMap<>();
  private final IdentityHashMap<ZoneBody, Map<Course, Demand>> backbones = new IdentityHashMap<>();
  private final IdentityHashMap<ZoneBody, Map<String, SortedMap<String, Sizing.PodSize>>> sizes =
      new IdentityHashMap<>();
  private final IdentityHashMap<Demand, Map<Amounts, Demand>> asking = new IdentityHashMap<>();
  private final Map<String, Subject> subjects = new HashMap<>();
  private final NavigableSet<String> unmeasuredSets = new TreeSet<>();
  private final NavigableSet<String> unknown = new TreeSet<>();
  private final SortedMap<String, Zone> uncounted = new TreeMap<>();

  private FleetDemand(Fleet fleet, State state, Lock old, Diagnostics diagnostics) {
    this.fleet = fleet;
    this.state = state;
    this.started = StartedPods.of(state);
    this.old = old;
    this.diagnostics = diagnostics;
    this.movements = new Movements(fleet, state);
    this.parts = new CountedParts(fleet);
    this.hosts = new OfferedHosts(fleet, parts);
  }

  /// Reduces every group; reports what is not known and numbers that are too large.
  static FleetDemand of(Fleet fleet, State state, Lock old, Diagnostics diagnostics) {
    FleetDemand demand = new FleetDemand(fleet, state, old, diagnostics);
    for (Zone zone : fleet.zones().values()) {
      Game game = fleet.game(zone.body().game());
      for (Role role : game.roles().values()) {
        demand.add(zone, game, role);
      }
    }
    demand.reportUnknown();
    demand.hosts.reportImages(diagnostics);
    return demand;
  }

  /// One question for each pool that has hosts or groups.
  List<PoolProblem> pools() {
    List<PoolProblem> problems = new ArrayList<>();
    for (Pool pool : fleet.pools().values()) {
      problems.add(
          new PoolProblem(
              pool.key(),
              pool.sharing(),
              pool.spare(),
              pool.survive(),
              perHost(pool, FleetDemand::cutOversPerHost),
              perHost(pool, FleetDemand::reloadsPerHost),
              hosts.machines(pool),
              occupants.getOrDefault(pool.key(), List.of()),
              movements.orders(occupants.getOrDefault(pool.key(), List.of()))));
    }
    return problems;
  }

  SortedMap<String, SortedMap<String, Sizing.PodSize>> pods() {
    return pods;
  }

  SortedMap<String, SortedMap<Side, Sizing.PodSize>> sides() {
    return sides;
  }

  /// The versions that a group goes through: those that may be live, and those that may come next;
  /// and how it moves.
  ///
  /// @param idle what the other side has now; what the live one has when there is none
  /// @param running servers of a side that run; 0 when none does, or their number follows something
  private record Course(
      String role,
      List<String> live,
      List<String> next,
      String idle,
      int running,
      Movements.Way way) {}

  /// A server of a group, and what its demand follows from.
  ///
  /// @param sharing servers among which the players of the zone are at least when it runs
  private record Subject(Zone zone, Game game, Role role, Course course, int sharing) {
    long playersOfServer(long players) {
      return zone.body().playersOfServer(role.name(), players, sharing);
    }
  }

  /// What the demand of a server follows from, beyond what its zone says.
  private record Share(Course course, int sharing) {}

  /// How many servers of a side of a group there are in the course of its releases.
  private record Numbers(int fewest, int most) {
    /// Servers that share the players while one runs: those that are not there all the time run
    /// only beside all others.
    int sharing(int ordinal) {
      return ordinal < fewest ? fewest : most;
    }
  }

  private Optional<Demand> noted(Subject subject) {
    for (String live : subject.course().live()) {
      note(subject.zone(), subject.game(), profile(subject.game(), subject.role(), live));
    }
    Stream.concat(subject.course().live().stream(), subject.course().next().stream())
        .forEach(
            version -> {
              measured(subject, version);
              images(subject, version);
            });
    return demand(subject);
  }

  private void add(Zone zone, Game game, Role role) {
    String id = Group.idOf(zone, role);
    State.GroupState now = state.groups().get(id);
    Side live = now != null ? now.live() : zone.body().pair().map(Pair::initial).orElse(Side.A);
    Course course = course(zone, role, now, live);
    Numbers numbers = numbers(zone, role, course);
    subjects.put(id, new Subject(zone, game, role, course, numbers.fewest()));
    Amounts more = null;
    boolean running =
        now != null && now.sides().values().stream().anyMatch(side -> side.replicas() > 0);
    List<Occupant> list = occupants.computeIfAbsent(zone.body().pool(), _ -> new ArrayList<>());
    for (int ordinal = 0; ordinal < numbers.most(); ordinal++) {
      Subject subject = new Subject(zone, game, role, course, numbers.sharing(ordinal));
      Optional<Demand> demand =
          demands
              .computeIfAbsent(zone.body(), _ -> new HashMap<>())
              .computeIfAbsent(new Share(course, subject.sharing()), _ -> noted(subject));
      if (demand.isEmpty()) {
        return;
      }
      // Only now: what overflows has no size either.
      more = more == null ? size(zone, game, role, course, now) : more;
      Demand needed = more.equals(Amounts.NONE) ? demand.get() : asking(demand.get(), more);
      list.add(
          new Occupant(
              id,
              ordinal,
              needed,
              PlacementRecord.read(old, id, ordinal, numbers.most()),
              running,
              movements.itinerary(zone.id(), course.way())));
    }
  }

  /// Equal demands stay one object, see [PoolModel].
  private Demand asking(Demand demand, Amounts more) {
    return asking
        .computeIfAbsent(demand, _ -> new HashMap<>())
        .computeIfAbsent(more, demand::asking);
  }

  private Course course(Zone zone, Role role, State.@Nullable GroupState now, Side live) {
    NavigableSet<String> lives = new TreeSet<>();
    NavigableSet<String> next = new TreeSet<>();
    lives.add(version(zone, now, live));
    if (zone.body().pair().isPresent()) {
      next.add(version(zone, now, live.other()));
    }
    for (Release release : fleet.releases().values()) {
      switch (release) {
        case Release.AbSwitch ab when ab.zoneSets().contains(zone.set()) -> next.add(ab.to());
        case Release.HotReload hot when hot.zoneSets().contains(zone.set()) -> lives.add(hot.to());
        case Release.CanaryWaves canary when canary.zoneSets().contains(zone.set()) ->
            lives.add(canary.to());
        case Release.AbSwitch _,
            Release.HotReload _,
            Release.CanaryWaves _,
            Release.Housekeeping _ -> {}
      }
    }
    return new Course(
        role.name(),
        List.copyOf(lives),
        List.copyOf(next),
        version(zone, now, zone.body().pair().isPresent() ? live.other() : live),
        running(zone, role, now),
        movements.of(zone, role));
  }

  /// A release that changes the number starts from the one that runs.
  private static int running(Zone zone, Role role, State.@Nullable GroupState now) {
    return now == null || zone.body().settings(role.name()).autoscale().isPresent()
        ? 0
        : now.sides().values().stream().mapToInt(State.SideState::replicas).max().orElse(0);
  }

  private static String version(Zone zone, State.@Nullable GroupState now, Side side) {
    State.SideState recorded = now == null ? null : now.sides().get(side);
    return recorded == null ? zone.body().run() : recorded.version();
  }

  private Optional<Demand> demand(Subject subject) {
    Zone zone = subject.zone();
    try {
      return Optional.of(reduce(subject, zone.body().players(), profile -> profile));
    } catch (ArithmeticException _) {
      diagnostics.report(
          Diagnostic.of(Code.GOPS3010, zone.set(), zone.body().players(), subject.game().name())
              .at(zone.body().origins().of("players"))
              .related(subject.role().profile().origins().place(), "related", subject.game().name())
              .hint("hint"));
      return Optional.empty();
    }
  }

  /// The largest demand over all versions that the group goes through.
  private Demand reduce(Subject subject, long players, UnaryOperator<Profile> change) {
    return reduce(subject, subject.zone().body().pair().map(Pair::standby), players, change);
  }

  private Demand reduce(
      Subject subject, Optional<Pair.Standby> pair, long players, UnaryOperator<Profile> change) {
    long share = subject.playersOfServer(players);
    @Nullable Demand result = null;
    for (String live : subject.course().live()) {
      Profile from = change.apply(profile(subject.game(), subject.role(), live));
      for (String next : pair.isPresent() ? subject.course().next() : List.of(live)) {
        Profile to = change.apply(profile(subject.game(), subject.role(), next));
        Demand demand =
            pair.map(standby -> CutOver.pair(from, to, standby, share))
                .orElseGet(() -> CutOver.single(from, share));
        result = result == null ? demand : result.max(demand);
      }
    }
    Demand known =
        Objects.requireNonNull(result, "a group has a version")
            .plus(subject.zone().body().besideServer(subject.role().name()));
    return inReleases(known, subject, pair, share, change);
  }

  /// With what releases do to it whose waves have a fixed order, and what it has begun.
  private Demand inReleases(
      Demand demand,
      Subject subject,
      Optional<Pair.Standby> pair,
      long share,
      UnaryOperator<Profile> change) {
    Course course = subject.course();
    Movements.Standing standing = course.way().standing();
    Demand result =
        standing != Movements.Standing.WAITING && course.way().isReloaded()
            ? demand.reloadedMidway()
            : demand;
    for (Movements.Turn turn : course.way().turns()) {
      @Nullable Passage passage = null;
      for (String live : course.live()) {
        Profile from = change.apply(profile(subject.game(), subject.role(), live));
        Profile idle = change.apply(profile(subject.game(), subject.role(), course.idle()));
        for (String next : turn.targets(course.idle())) {
          Profile to = change.apply(profile(subject.game(), subject.role(), next));
          Passage one =
              turn.kind() == Moment.RELOAD
                  ? Passage.reload(result.reload(), result.requests())
                  : CutOver.passage(from, idle, to, pair.orElse(Pair.Standby.STOPPED), share);
          passage = passage == null ? one : passage.max(one);
        }
      }
      Passage known = Objects.requireNonNull(passage, "a group has a version");
      if (turn.kind() == Moment.CUT_OVER) {
        known = known.plus(subject.zone().body().besideServer(subject.role().name()));
      }
      result = result.with(turn.release(), turn.isBegun() ? known.begun() : known);
    }
    Demand whole = standing == Movements.Standing.BEGUN ? result.begun() : result;
    return whole.mapUse(use -> withParts(use, subject));
  }

  /// The most that any version takes.
  private Amounts withParts(Amounts use, Subject subject) {
    Amounts most = use;
    for (List<String> versions : List.of(subject.course().live(), subject.course().next())) {
      for (String version : versions) {
        Role role = role(subject.game(), subject.role(), version);
        most = most.max(parts.with(use, role, subject.zone().body().pool()));
      }
    }
    return most;
  }

  /// Whether both sides of a group run all the time.
  boolean warm(String group) {
    return subject(group)
        .zone()
        .body()
        .pair()
        .filter(pair -> pair.standby() == Pair.Standby.WARM)
        .isPresent();
  }

  /// What a group would need if its idle side were stopped outside a move.
  Demand withStandbyStopped(String group) {
    Subject subject = subject(group);
    return reduce(
        subject,
        Optional.of(Pair.Standby.STOPPED),
        subject.zone().body().players(),
        profile -> profile);
  }

  /// What a group sends and receives through a backbone gateway.
  Demand onBackbone(String group) {
    Subject subject = subject(group);
    return backbones
        .computeIfAbsent(subject.zone().body(), _ -> new HashMap<>())
        .computeIfAbsent(
            subject.course(),
            _ -> reduce(subject, subject.zone().body().players(), Profile::onBackbone));
  }

  /// What a group would need with another number of players in its zone.
  Demand withPlayers(String group, long players) {
    return reduce(subject(group), players, profile -> profile);
  }

  /// What a group would need if its servers kept another share of their memory after logout.
  Demand withMemoryKept(String group, Percent share) {
    return reduce(
        subject(group),
        zone(group).body().players(),
        profile -> {
          Map<Resource, Percent> keeps = new EnumMap<>(Resource.class);
          keeps.putAll(profile.keepsAfterLogout());
          keeps.put(Resource.MEMORY, share);
          return profile.keepingAfterLogout(keeps);
        });
  }

  /// Whether a use of a group bends on the way: one of its profiles has points for it.
  boolean bends(String group, Resource resource) {
    Subject subject = subject(group);
    Course course = subject.course();
    return Stream.concat(course.live().stream(), course.next().stream())
        .map(version -> profile(subject.game(), subject.role(), version))
        .anyMatch(profile -> profile.byPlayers().containsKey(resource));
  }

  /// Most that a group uses when a share of its players has moved, in whatever direction.
  ///
  /// @param to the only version that they move to; any when absent
  long useAt(String group, Resource resource, int percentMoved, Optional<String> to) {
    Subject subject = subject(group);
    long players = subject.playersOfServer(subject.zone().body().players());
    long most = 0;
    for (String live : subject.course().live()) {
      for (String next : to.map(List::of).orElse(subject.course().next())) {
        Amounts use =
            CutOver.during(
                profile(subject.game(), subject.role(), live),
                profile(subject.game(), subject.role(), next),
                players,
                players * percentMoved / 100);
        most = Math.max(most, use.get(resource));
      }
    }
    return most;
  }

  /// The zone of a group.
  Zone zone(String group) {
    return subject(group).zone();
  }

  private Subject subject(String group) {
    return Objects.requireNonNull(subjects.get(group), group);
  }

  private Numbers numbers(Zone zone, Role role, Course course) {
    Game game = fleet.game(zone.body().game());
    IntSummaryStatistics all =
        Stream.concat(course.live().stream(), course.next().stream())
            .mapToInt(name -> zone.body().servers(role(game, role, name)))
            .summaryStatistics();
    if (course.running() > 0) {
      all.accept(course.running());
    }
    return new Numbers(Math.max(1, all.getMin()), Math.max(1, all.getMax()));
  }

  private static Role role(Game game, Role role, String versionName) {
    Version version = game.versions().get(versionName);
    return version == null ? role : version.roles().getOrDefault(role.name(), role);
  }

  private static Profile profile(Game game, Role role, String versionName) {
    return role(game, role, versionName).profile();
  }

  /// What pods run with they keep, also when they are updated in place.
  ///
  /// @return what the pods that run ask for beyond what the profile says now
  private Amounts size(
      Zone zone, Game game, Role role, Course course, State.@Nullable GroupState now) {
    String id = Group.idOf(zone, role);
    SortedMap<String, Sizing.PodSize> byVersion =
        sizes
            .computeIfAbsent(zone.body(), _ -> new HashMap<>())
            .computeIfAbsent(role.name(), _ -> sizesByVersion(zone, game, role));
    SortedMap<String, Sizing.PodSize> withStarted = byVersion;
    SortedMap<Side, Sizing.PodSize> bySide = new TreeMap<>();
    Amounts more = Amounts.NONE;
    for (Side side : sidesOf(zone)) {
      String version = version(zone, now, side);
      Sizing.PodSize said = byVersion.getOrDefault(version, Sizing.PodSize.UNKNOWN);
      Sizing.PodSize size = started.size(id, side, version, said);
      bySide.put(side, size);
      if (!size.equals(said)) {
        withStarted = new TreeMap<>(withStarted);
        for (String kept : course.live()) {
          withStarted.merge(kept, size, Sizing.PodSize::max);
        }
        withStarted.merge(version, size, Sizing.PodSize::max);
        more = more.plus(size.request().minus(said.request()));
      }
    }
    pods.put(id, withStarted);
    sides.put(id, bySide);
    return more;
  }

  private static List<Side> sidesOf(Zone zone) {
    return zone.body().pair().isPresent() ? List.of(Side.A, Side.B) : List.of(Side.A);
  }

  private static SortedMap<String, Sizing.PodSize> sizesByVersion(Zone zone, Game game, Role role) {
    SortedMap<String, Sizing.PodSize> result = new TreeMap<>();
    for (Version version : game.versions().values()) {
      Role effective = role(game, role, version.name());
      long players =
          zone.body()
              .playersOfServer(
                  role.name(), zone.body().players(), Math.max(1, effective.replicas()));
      result.put(
          version.name(),
          new Sizing.PodSize(
              CutOver.live(effective.profile(), players),
              CutOver.sideMaximum(effective.profile(), players)));
    }
    return result;
  }

  private void note(Zone zone, Game game, Profile profile) {
    boolean perPlayer = !profile.perPlayer().equals(Amounts.NONE) || !profile.byPlayers().isEmpty();
    if (profile.isUnknown()) {
      unknown.add(game.name());
    } else if (zone.body().players() == 0 && perPlayer) {
      uncounted.putIfAbsent(zone.set(), zone);
    }
  }

  /// Nobody knows what a server needs with more players than it was measured with.
  private void measured(Subject subject, String version) {
    Profile profile = profile(subject.game(), subject.role(), version);
    long players = subject.playersOfServer(subject.zone().body().players());
    profile.byPlayers().entrySet().stream()
        .filter(measured -> measured.getValue().mostPlayers() < players)
        .min(Map.Entry.comparingByKey())
        .filter(measured -> unmeasuredSets.add(subject.zone().set() + " " + measured.getKey()))
        .ifPresent(
            measured ->
                diagnostics.report(
                    Diagnostic.of(
                            Code.GOPS3029,
                            measured.getKey().word(),
                            subject.game().name(),
                            measured.getValue().mostPlayers(),
                            players)
                        .at(subject.zone().body().origins().of("players"))
                        .related(profile.origins().place(), "related", subject.game().name())
                        .hint("hint", players)));
  }

  private void images(Subject subject, String name) {
    Version version = subject.game().versions().get(name);
    if (version != null) {
      hosts
          .imagesOf(subject.zone().body().pool())
          .add(role(subject.game(), subject.role(), name), version);
    }
  }

  private void reportUnknown() {
    for (String name : unknown) {
      Game game = fleet.game(name);
      diagnostics.report(
          Diagnostic.of(Code.GOPS3001, name).at(game.origins().place()).hint("hint"));
    }
    uncounted.forEach(
        (set, zone) ->
            diagnostics.report(
                Diagnostic.of(Code.GOPS3001, zone.body().game())
                    .saying("players", set, zone.body().game())
                    .at(zone.body().origins().place())
                    .hint("count")));
  }

  /// Groups of one host that a release may have away from their steady use: those of one zone move
  /// together, however few a wave may take.
  private int perHost(Pool pool, ToIntFunction<Release> budget) {
    SortedMap<String, Integer> sets = new TreeMap<>();
    for (Zone zone : fleet.zones().values()) {
      if (zone.body().pool().equals(pool.key())) {
        sets.merge(zone.set(), fleet.game(zone.body().game()).roles().size(), Math::max);
      }
    }
    int most = 1;
    for (Release release : fleet.releases().values()) {
      for (String set : Movements.isFixed(release) ? List.<String>of() : zoneSets(release)) {
        if (sets.containsKey(set)) {
          most = Math.max(most, Math.max(budget.applyAsInt(release), sets.getOrDefault(set, 1)));
        }
      }
    }
    return most;
  }

  private static List<String> zoneSets(Release release) {
    return switch (release) {
      case Release.AbSwitch ab -> ab.zoneSets();
      case Release.HotReload hot -> hot.zoneSets();
      case Release.CanaryWaves _, Release.Housekeeping _ -> List.of();
    };
  }

  private static int cutOversPerHost(Release release) {
    return switch (release) {
      case Release.AbSwitch ab -> ab.waves().perHost();
      case Release.HotReload _, Release.CanaryWaves _, Release.Housekeeping _ -> 1;
    };
  }

  private static int reloadsPerHost(Release release) {
    return switch (release) {
      case Release.HotReload hot -> hot.waves().perHost();
      case Release.AbSwitch _, Release.CanaryWaves _, Release.Housekeeping _ -> 1;
    };
  }
}
