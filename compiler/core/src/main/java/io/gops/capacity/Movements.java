package io.gops.capacity;

import io.gops.deployment.Group;
import io.gops.fleet.Fleet;
import io.gops.fleet.Pair;
import io.gops.fleet.Release;
import io.gops.fleet.Role;
import io.gops.fleet.Side;
import io.gops.fleet.Zone;
import io.gops.state.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds out when each group of a fleet moves: in a wave that is written, at any time that the
/// budget of its host allows, or already now, because a release was interrupted.
///
/// One release runs at a time. A release that moves players first finishes the zones that it finds
/// in the middle of their move; a pool in which not every such release would does not rest on it.
final class Movements {
  private final Fleet fleet;
  private final State state;
  private final List<Release.AbSwitch> switches = new ArrayList<>();
  private final List<Release.HotReload> reloads = new ArrayList<>();

  /// Releases that move players of a pool, by its key.
  private final Map<String, Set<String>> switchesOfPool = new HashMap<>();

  Movements(Fleet fleet, State state) {
    this.fleet = fleet;
    this.state = state;
    for (Release release : fleet.releases().values()) {
      switch (release) {
        case Release.AbSwitch ab -> switches.add(ab);
        case Release.HotReload hot -> reloads.add(hot);
        case Release.CanaryWaves _, Release.Housekeeping _ -> {}
      }
    }
    for (Zone zone : fleet.zones().values()) {
      for (Release.AbSwitch ab : switchesOf(zone)) {
        switchesOfPool.computeIfAbsent(zone.body().pool(), _ -> new HashSet<>()).add(ab.name());
      }
    }
  }

  /// Whether both sides of a group run because of an interrupted release.
  enum Standing {
    /// Not so.
    WAITING,
    /// So, and whichever release comes next finishes it before anything else.
    FINISHED_FIRST,
    /// So, until somebody does something.
    BEGUN
  }

  /// A group's part in a release of which the order is known.
  ///
  /// @param to the version it leads to
  /// @param isBegun whether both sides of the group run already
  /// @param inFront whether the zone is finished before the first wave
  record Turn(String release, Moment kind, String to, boolean isBegun, boolean inFront) {

    /// The versions that players may move to.
    ///
    /// @param idle what the other side has now
    Set<String> targets(String idle) {
      Set<String> targets = new TreeSet<>(Set.of(to));
      if (isBegun) {
        targets.add(idle);
      }
      return targets;
    }
  }

  /// How a group moves.
  ///
  /// @param isReloaded whether scripts may be reloaded while both sides run
  record Way(List<Turn> turns, Set<Moment> anyTime, Standing standing, boolean isReloaded) {}

  /// In which waves a zone goes its way.
  Itinerary itinerary(int zone, Way way) {
    if (way.turns().isEmpty() && way.anyTime().equals(Itinerary.FREE.anyTime())) {
      return Itinerary.FREE;
    }
    SortedMap<String, Integer> waves = new TreeMap<>();
    for (Turn turn : way.turns()) {
      waves.put(
          turn.release(),
          turn.inFront() ? FixedOrder.BEGUN : 1 + wave(fleet.releases().get(turn.release()), zone));
    }
    return new Itinerary(waves, way.anyTime());
  }

  private static int wave(@Nullable Release release, int zone) {
    return switch (release) {
      case Release.AbSwitch ab -> ab.waves().waveOf(zone).orElseThrow();
      case Release.HotReload hot -> hot.waves().waveOf(zone).orElseThrow();
      case Release.CanaryWaves _, Release.Housekeeping _ ->
          throw new IllegalArgumentException("it has no waves");
      case null -> throw new IllegalArgumentException("there is no such release");
    };
  }

  static boolean isFixed(Release release) {
    return switch (release) {
      case Release.AbSwitch ab -> ab.waves().areFixed();
      case Release.HotReload hot -> hot.waves().areFixed();
      case Release.CanaryWaves _, Release.Housekeeping _ -> false;
    };
  }

  /// The releases with a fixed order in which some of these groups have a place.
  List<FixedOrder> orders(Collection<Occupant> occupants) {
    Set<String> named = new HashSet<>();
    occupants.forEach(occupant -> named.addAll(occupant.itinerary().waves().keySet()));
    List<FixedOrder> orders = new ArrayList<>();
    for (Release release : fleet.releases().values()) {
      if (named.contains(release.name())) {
        switch (release) {
          case Release.AbSwitch ab -> orders.add(order(ab.name(), Moment.CUT_OVER, ab.waves()));
          case Release.HotReload hot -> orders.add(order(hot.name(), Moment.RELOAD, hot.waves()));
          case Release.CanaryWaves _, Release.Housekeeping _ -> {}
        }
      }
    }
    return orders;
  }

  private static FixedOrder order(String release, Moment kind, Release.Waves waves) {
    return new FixedOrder(
        release,
        kind,
        Stream.concat(Stream.of(""), waves.named().stream().map(Release.Named::name)).toList());
  }

  /// The wave as it is written; absent for the zones that were begun.
  static Optional<Release.Named> written(Fleet fleet, FixedOrder.Stage stage) {
    List<Release.Named> named =
        switch (fleet.releases().get(stage.release())) {
          case Release.AbSwitch ab -> ab.waves().named();
          case Release.HotReload hot -> hot.waves().named();
          case Release.CanaryWaves _, Release.Housekeeping _ -> List.of();
          case null -> List.of();
        };
    return stage.wave() == FixedOrder.BEGUN || stage.wave() > named.size()
        ? Optional.empty()
        : Optional.of(named.get(stage.wave() - 1));
  }

  /// How the groups of a role of a zone move.
  Way of(Zone zone, Role role) {
    State.GroupState now = state.groups().get(Group.idOf(zone, role));
    boolean isBegun = isUnderWay(zone, role);
    List<Turn> turns = new ArrayList<>();
    Set<Moment> anyTime = EnumSet.allOf(Moment.class);
    List<Release.AbSwitch> own = switchesOf(zone);
    boolean zoneBegun = zoneIsUnderWay(zone);
    boolean allFinish = finishesAll(zone, own);
    Standing standing =
        !isBegun ? Standing.WAITING : allFinish ? Standing.FINISHED_FIRST : Standing.BEGUN;
    for (Release.AbSwitch release : own) {
      boolean inFront = zoneBegun && allFinish;
      boolean fixed = release.waves().areFixed();
      if ((fixed || inFront)
          && standing != Standing.BEGUN
          && (isBegun || !isThrough(now, release))) {
        turns.add(new Turn(release.name(), Moment.CUT_OVER, release.to(), isBegun, inFront));
      }
    }
    boolean ordered =
        !own.isEmpty() && own.stream().allMatch(release -> release.waves().areFixed());
    if (ordered || isBegun || (zoneBegun && allFinish)) {
      anyTime.removeAll(EnumSet.of(Moment.CUT_OVER, Moment.REQUESTS));
    }
    reload(zone, now, turns, anyTime);
    return new Way(List.copyOf(turns), anyTime, standing, !reloads.isEmpty());
  }

  private void reload(
      Zone zone, State.@Nullable GroupState now, List<Turn> turns, Set<Moment> anyTime) {
    List<Release.HotReload> own =
        reloads.stream().filter(release -> release.zoneSets().contains(zone.set())).toList();
    for (Release.HotReload release : own) {
      boolean through =
          now != null
              && now.sides().values().stream().allMatch(s -> s.version().equals(release.to()));
      if (release.waves().areFixed() && !through) {
        turns.add(new Turn(release.name(), Moment.RELOAD, release.to(), false, false));
      }
    }
    if (!own.isEmpty() && own.stream().allMatch(release -> release.waves().areFixed())) {
      anyTime.remove(Moment.RELOAD);
    }
  }

  private List<Release.AbSwitch> switchesOf(Zone zone) {
    return zone.body().pair().isEmpty()
        ? List.of()
        : switches.stream().filter(release -> release.zoneSets().contains(zone.set())).toList();
  }

  /// Whether each release that moves players of the zone's pool moves those of the zone, too.
  private boolean finishesAll(Zone zone, List<Release.AbSwitch> own) {
    return !own.isEmpty()
        && own.size() == switchesOfPool.getOrDefault(zone.body().pool(), Set.of()).size();
  }

  private boolean zoneIsUnderWay(Zone zone) {
    return fleet.game(zone.body().game()).roles().values().stream()
        .anyMatch(role -> isUnderWay(zone, role));
  }

  private boolean isUnderWay(Zone zone, Role role) {
    State.GroupState now = state.groups().get(Group.idOf(zone, role));
    return now != null && zone.body().pair().map(Pair::standby).filter(now::isUnderWay).isPresent();
  }

  /// Whether a release has nothing to do any more for a group that is not in the middle of a move.
  private static boolean isThrough(State.@Nullable GroupState now, Release.AbSwitch release) {
    if (now == null) {
      return false;
    }
    State.SideState live = now.sides().get(now.live());
    State.SideState idle = now.sides().get(now.live() == Side.A ? Side.B : Side.A);
    return live != null
        && idle != null
        && live.version().equals(release.to())
        && idle.version().equals(release.to());
  }
}
