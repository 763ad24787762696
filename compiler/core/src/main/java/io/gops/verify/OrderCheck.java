package io.gops.verify;

import io.gops.capacity.FixedOrder;
import io.gops.capacity.Moment;
import io.gops.capacity.Occupant;
import io.gops.capacity.Passage;
import io.gops.capacity.PoolProblem;
import io.gops.deployment.Group;
import io.gops.fleet.Fleet;
import io.gops.fleet.Game;
import io.gops.fleet.Pair;
import io.gops.fleet.Profile;
import io.gops.fleet.Release;
import io.gops.fleet.Resource;
import io.gops.fleet.Role;
import io.gops.fleet.Side;
import io.gops.fleet.Version;
import io.gops.fleet.Zone;
import io.gops.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Re-checks when a question lets groups move: in the wave in which their release has them, at any
/// time when no order binds them, and now when the state says that both sides run; and that what
/// they need before, during and after is enough at every sampled instant.
final class OrderCheck {
  private final Fleet fleet;
  private final State state;
  private final Map<String, FixedOrder> orders = new TreeMap<>();
  private final Map<String, Integer> replicas = new TreeMap<>();

  /// Releases that move players of the pool.
  private final Set<String> moversOfPool = new TreeSet<>();

  private final Set<String> violations = new TreeSet<>();

  private OrderCheck(PoolProblem question, Fleet fleet, State state) {
    this.fleet = fleet;
    this.state = state;
    question.orders().forEach(order -> orders.put(order.release(), order));
    question.occupants().forEach(occupant -> replicas.merge(occupant.group(), 1, Integer::sum));
    Set<String> sets = new TreeSet<>();
    for (Zone zone : fleet.zones().values()) {
      if (zone.body().pool().equals(question.pool()) && zone.body().pair().isPresent()) {
        sets.add(zone.set());
      }
    }
    for (Release release : fleet.releases().values()) {
      if (release instanceof Release.AbSwitch ab
          && ab.zoneSets().stream().anyMatch(sets::contains)) {
        moversOfPool.add(ab.name());
      }
    }
  }

  static List<String> violations(PoolProblem question, Fleet fleet, State state) {
    OrderCheck check = new OrderCheck(question, fleet, state);
    check.orders.values().forEach(check::order);
    Map<String, Occupant> groups = new TreeMap<>();
    question.occupants().forEach(occupant -> groups.put(occupant.group(), occupant));
    for (Zone zone : fleet.zones().values()) {
      if (zone.body().pool().equals(question.pool())) {
        for (Role role : fleet.game(zone.body().game()).roles().values()) {
          Occupant occupant = groups.get(Group.idOf(zone, role));
          if (occupant != null) {
            check.group(zone, role, occupant);
          }
        }
      }
    }
    return List.copyOf(check.violations);
  }

  private void order(FixedOrder order) {
    Release release = fleet.releases().get(order.release());
    List<String> names = new ArrayList<>(List.of(""));
    boolean known =
        switch (release) {
          case Release.AbSwitch ab -> {
            ab.waves().named().forEach(wave -> names.add(wave.name()));
            yield order.kind() == Moment.CUT_OVER;
          }
          case Release.HotReload hot -> {
            hot.waves().named().forEach(wave -> names.add(wave.name()));
            yield order.kind() == Moment.RELOAD;
          }
          case Release.CanaryWaves _, Release.Housekeeping _ -> false;
          case null -> false;
        };
    if (!known || !names.equals(order.waves())) {
      violations.add("the waves of release " + order.release() + " are others");
    }
  }

  private void group(Zone zone, Role role, Occupant group) {
    List<Release.AbSwitch> moving = new ArrayList<>();
    int elsewhere = 0;
    for (Release release : fleet.releases().values()) {
      if (release instanceof Release.AbSwitch ab) {
        if (zone.body().pair().isPresent() && ab.zoneSets().contains(zone.set())) {
          moving.add(ab);
        } else if (moversOfPool.contains(ab.name())) {
          elsewhere++;
        }
      }
    }
    boolean zoneBegun =
        fleet.game(zone.body().game()).roles().values().stream()
            .anyMatch(other -> bothRun(zone, other));
    boolean first = zoneBegun && elsewhere == 0 && !moving.isEmpty();
    if (bothRun(zone, role)) {
      begun(zone, role, group, moving, first);
    } else {
      waiting(zone, role, group, moving, first);
    }
    reloads(zone, group);
  }

  private boolean bothRun(Zone zone, Role role) {
    State.GroupState now = state.groups().get(Group.idOf(zone, role));
    if (now == null || zone.body().pair().isEmpty() || now.sides().size() < 2) {
      return false;
    }
    boolean warm = zone.body().pair().get().standby() == Pair.Standby.WARM;
    State.SideState a = Objects.requireNonNull(now.sides().get(Side.A));
    State.SideState b = Objects.requireNonNull(now.sides().get(Side.B));
    return a.replicas() > 0 && b.replicas() > 0 && !(warm && a.version().equals(b.version()));
  }

  /// A group in the middle of its move: it counts as moving until its release finishes it, or for
  /// ever when not every release would.
  private void begun(
      Zone zone, Role role, Occupant group, List<Release.AbSwitch> moving, boolean first) {
    for (Resource resource : Resource.values()) {
      long most =
          most(zone, role, group, resource, moving.stream().map(Release.AbSwitch::to).toList());
      boolean enough = first || group.demand().cutOver().steady().get(resource) >= most;
      for (Release.AbSwitch release : first ? moving : List.<Release.AbSwitch>of()) {
        Passage passage = group.demand().passages().get(release.name());
        enough &=
            passage != null
                && group.itinerary().waves().getOrDefault(release.name(), -1) == FixedOrder.BEGUN
                && passage.use().before().get(resource) >= most
                && passage.use().during().get(resource) >= most
                && orders.containsKey(release.name());
      }
      if (!enough) {
        violations.add(
            "group " + group.group() + " moves already and needs more " + resource.word());
      }
    }
  }

  private void waiting(
      Zone zone, Role role, Occupant group, List<Release.AbSwitch> moving, boolean first) {
    boolean bound = !moving.isEmpty();
    for (Release.AbSwitch release : moving) {
      bound &= release.waves().areFixed() || first;
      if ((release.waves().areFixed() || first) && !isThrough(zone, role, release)) {
        int wave = first ? FixedOrder.BEGUN : 1 + release.waves().waveOf(zone.id()).orElse(-1);
        Passage passage = group.demand().passages().get(release.name());
        if (passage == null
            || group.itinerary().waves().getOrDefault(release.name(), -1) != wave
            || !orders.containsKey(release.name())) {
          violations.add("group " + group.group() + " is in another wave of " + release.name());
        } else {
          passage(zone, role, group, passage, release);
        }
      }
    }
    boolean free = group.itinerary().anyTime().contains(Moment.CUT_OVER);
    boolean asks = group.itinerary().anyTime().contains(Moment.REQUESTS);
    if (zone.body().pair().isPresent() && !bound && !(free && asks)) {
      violations.add("group " + group.group() + " may move at any time");
    }
  }

  private boolean isThrough(Zone zone, Role role, Release.AbSwitch release) {
    State.GroupState now = state.groups().get(Group.idOf(zone, role));
    return now != null
        && now.sides().size() > 1
        && now.sides().values().stream().allMatch(side -> side.version().equals(release.to()));
  }

  private void passage(
      Zone zone, Role role, Occupant group, Passage passage, Release.AbSwitch release) {
    boolean warm =
        zone.body().pair().map(Pair::standby).filter(s -> s == Pair.Standby.WARM).isPresent();
    Profile from = profile(zone, role, running(zone, role, true));
    Profile idle = profile(zone, role, running(zone, role, false));
    Profile to = profile(zone, role, release.to());
    for (Resource resource : Resource.values()) {
      Move move = new Move(from, to, resource, players(zone, role, group));
      Passage.Phases use = passage.use();
      Passage.Phases asked = passage.requests();
      boolean enough =
          use.before().get(resource) >= move.quiet(from, idle, warm)
              && use.during().get(resource) >= move.most()
              && use.after().get(resource) >= move.quiet(to, to, warm)
              && asked.before().get(resource) >= move.quietRequests(from, idle, warm)
              && asked.during().get(resource) >= move.bothRequests()
              && asked.after().get(resource) >= move.quietRequests(to, to, warm);
      if (!enough) {
        violations.add(
            "group "
                + group.group()
                + " needs more "
                + resource.word()
                + " in release "
                + release.name());
      }
    }
  }

  /// Most at any sampled instant of a move to one of the versions, or to what is there already.
  private long most(Zone zone, Role role, Occupant group, Resource resource, List<String> targets) {
    Profile from = profile(zone, role, running(zone, role, true));
    Set<String> versions = new TreeSet<>(targets);
    versions.add(running(zone, role, false));
    long most = 0;
    for (String version : versions) {
      Profile to = profile(zone, role, version);
      most = Math.max(most, new Move(from, to, resource, players(zone, role, group)).most());
    }
    return most;
  }

  private void reloads(Zone zone, Occupant group) {
    boolean bound = false;
    boolean free = false;
    for (Release release : fleet.releases().values()) {
      if (release instanceof Release.HotReload hot && hot.zoneSets().contains(zone.set())) {
        bound = true;
        free |= !hot.waves().areFixed();
        boolean through =
            state.groups().containsKey(group.group())
                && Objects.requireNonNull(state.groups().get(group.group()))
                    .sides()
                    .values()
                    .stream()
                    .allMatch(side -> side.version().equals(hot.to()));
        int wave = 1 + hot.waves().waveOf(zone.id()).orElse(-1);
        if (hot.waves().areFixed()
            && !through
            && (group.itinerary().waves().getOrDefault(hot.name(), -1) != wave
                || reloadIsMissing(group, hot))) {
          violations.add("group " + group.group() + " is in another wave of " + hot.name());
        }
      }
    }
    if ((free || !bound) && !group.itinerary().anyTime().contains(Moment.RELOAD)) {
      violations.add("group " + group.group() + " may reload at any time");
    }
  }

  /// A reload takes in its wave what it takes at any other time.
  private boolean reloadIsMissing(Occupant group, Release.HotReload release) {
    Passage passage = group.demand().passages().get(release.name());
    if (passage == null || !orders.containsKey(release.name())) {
      return true;
    }
    for (Resource resource : Resource.values()) {
      long steady = group.demand().reload().steady().get(resource);
      if (passage.use().before().get(resource) < steady
          || passage.use().after().get(resource) < steady
          || passage.use().during().get(resource) < group.demand().reload().worst().get(resource)) {
        return true;
      }
    }
    return false;
  }

  private long players(Zone zone, Role role, Occupant group) {
    return QuestionCheck.playersOfServer(
        zone.body(), role, replicas.getOrDefault(group.group(), 1));
  }

  private String running(Zone zone, Role role, boolean live) {
    State.GroupState now = state.groups().get(Group.idOf(zone, role));
    Side side = now != null ? now.live() : zone.body().pair().map(Pair::initial).orElse(Side.A);
    State.SideState recorded = now == null ? null : now.sides().get(live ? side : side.other());
    return recorded == null ? zone.body().run() : recorded.version();
  }

  private Role role(Zone zone, Role role, String version) {
    Game game = fleet.game(zone.body().game());
    Version known = game.versions().get(version);
    return known == null ? role : known.roles().getOrDefault(role.name(), role);
  }

  private Profile profile(Zone zone, Role role, String version) {
    return role(zone, role, version).profile();
  }
}
