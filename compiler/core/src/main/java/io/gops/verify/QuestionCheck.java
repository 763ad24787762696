package io.gops.verify;

import io.gops.capacity.Demand;
import io.gops.capacity.Machine;
import io.gops.capacity.Moment;
import io.gops.capacity.Occupant;
import io.gops.capacity.PoolProblem;
import io.gops.deployment.Group;
import io.gops.fleet.Autoscale;
import io.gops.fleet.Curve;
import io.gops.fleet.Fleet;
import io.gops.fleet.Game;
import io.gops.fleet.Host;
import io.gops.fleet.Pair;
import io.gops.fleet.Percent;
import io.gops.fleet.Pool;
import io.gops.fleet.Profile;
import io.gops.fleet.Release;
import io.gops.fleet.Resource;
import io.gops.fleet.Role;
import io.gops.fleet.ServerSettings;
import io.gops.fleet.Side;
import io.gops.fleet.Version;
import io.gops.fleet.Zone;
import io.gops.fleet.ZoneBody;
import io.gops.state.State;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Re-checks that a certificate asks the question of its fleet: the same hosts, every group of
/// every zone, and demands that no instant of a move exceeds.
///
/// Demands are checked by sampling instants of the move from the profiles, with arithmetic of its
/// own: a demand that was written too small is found at the instant that it leaves out.
public final class QuestionCheck {
  /// The kubelet's default `maxPods`.
  private static final long DEFAULT_PODS = 110;

  /// Shares of the players that have moved, in percent.
  private static final int[] INSTANTS = {0, 1, 25, 50, 75, 99, 100};

  private final Fleet fleet;
  private final State state;
  private final Map<Sampled, Optional<String>> sampled = new HashMap<>();
  private final Map<String, Long> imageDisk = new HashMap<>();
  private final List<String> violations = new ArrayList<>();

  /// What decides whether a demand is large enough, so that equal zones are sampled once.
  private record Sampled(
      ZoneBody body, String role, Set<String> live, Set<String> next, Demand demand) {}

  private QuestionCheck(Fleet fleet, State state) {
    this.fleet = fleet;
    this.state = state;
  }

  /// Where the certificate's questions differ from what the fleet and its state say.
  public static List<String> violations(Certificate certificate, Fleet fleet, State state) {
    QuestionCheck check = new QuestionCheck(fleet, state);
    if (certificate.patches() != fleet.patches().size()) {
      check.violations.add(
          certificate.patches()
              + " patches are said to be unchecked; the fleet has "
              + fleet.patches().size());
    }
    Map<String, PoolProblem> questions = new TreeMap<>();
    certificate.pools().forEach(pool -> questions.put(pool.question().pool(), pool.question()));
    for (Pool pool : fleet.pools().values()) {
      PoolProblem question = questions.get(pool.key());
      if (question == null) {
        check.violations.add("pool " + pool.key() + " is missing");
      } else {
        check.pool(pool, question);
      }
    }
    return List.copyOf(check.violations);
  }

  private void pool(Pool pool, PoolProblem question) {
    boolean same =
        question.sharing() == pool.sharing()
            && question.spare() == pool.spare()
            && question.survive() == pool.survive()
            && question.perHost() >= wave(pool, false)
            && question.reloadsPerHost() >= wave(pool, true);
    if (!same) {
      violations.add("pool " + pool.key() + " was proved with other rules");
    }
    Set<String> expected = new HashSet<>();
    for (String name : pool.hosts()) {
      Host host = fleet.hosts().get(name);
      if (host != null && host.state() != Host.State.DECOMMISSIONED) {
        expected.add(name);
      }
    }
    for (Machine machine : question.machines()) {
      Host host = fleet.hosts().get(machine.name());
      if (host == null || !expected.remove(machine.name())) {
        violations.add(machine.name() + " is not a host of pool " + pool.key());
      } else {
        machine(pool, host, machine);
      }
    }
    expected.stream().sorted().forEach(name -> violations.add("host " + name + " is missing"));
    groups(pool, question);
  }

  /// Groups of one host that may be away at once; those of one zone always may.
  private int wave(Pool pool, boolean reloads) {
    int most = 1;
    for (Release release : fleet.releases().values()) {
      most =
          switch (release) {
            case Release.AbSwitch ab when !reloads ->
                Math.max(most, wave(pool, ab.zoneSets(), ab.waves()));
            case Release.HotReload hot when reloads ->
                Math.max(most, wave(pool, hot.zoneSets(), hot.waves()));
            case Release.AbSwitch _, Release.HotReload _, Release.ReplaceHost _ -> most;
          };
    }
    return most;
  }

  private int wave(Pool pool, List<String> sets, Release.Waves waves) {
    return fleet.zones().values().stream()
        .filter(zone -> zone.body().pool().equals(pool.key()) && sets.contains(zone.set()))
        .mapToInt(zone -> Math.max(waves.perHost(), fleet.game(zone.body().game()).roles().size()))
        .max()
        .orElse(1);
  }

  private void machine(Pool pool, Host host, Machine machine) {
    boolean larger = host.state() != machine.state() || !host.rack().equals(machine.rack());
    for (Resource resource : Resource.values()) {
      boolean pods = resource == Resource.PODS && !host.capacity().has(resource);
      if (!pods && !host.capacity().has(resource)) {
        continue;
      }
      long all = pods ? DEFAULT_PODS : host.capacity().get(resource);
      long left = Math.max(0, all - host.reserve().get(resource));
      Percent margin = pool.margin().getOrDefault(resource, Percent.ZERO);
      long usable = left - margin.ofCeil(left);
      if (resource == Resource.DISK) {
        usable = Math.max(0, usable - imageDisk.computeIfAbsent(pool.key(), _ -> images(pool)));
      }
      larger |=
          !machine.allocatable().has(resource)
              || machine.allocatable().get(resource) > left
              || !machine.usable().has(resource)
              || machine.usable().get(resource) > usable;
    }
    if (larger) {
      violations.add("host " + host.name() + " was proved with more than it offers");
    }
  }

  /// Disk of every image that a group of the pool has or gets.
  private long images(Pool pool) {
    Map<String, Long> sizes = new HashMap<>();
    for (Zone zone : fleet.zones().values()) {
      Game game = fleet.game(zone.body().game());
      for (Role role :
          zone.body().pool().equals(pool.key()) ? game.roles().values() : List.<Role>of()) {
        Set<String> names = new HashSet<>(lives(zone, role));
        names.addAll(nexts(zone, role));
        for (String name : names) {
          Version version = game.versions().get(name);
          if (version != null) {
            Map<String, Long> known = role(game, role, name).imageSizes();
            version
                .images()
                .forEach(
                    (container, image) ->
                        sizes.merge(
                            image.toString(), known.getOrDefault(container, 0L), Math::max));
          }
        }
      }
    }
    return sizes.values().stream().mapToLong(Long::longValue).sum();
  }

  private Set<String> lives(Zone zone, Role role) {
    State.GroupState now = state.groups().get(Group.idOf(zone, role));
    Side live = now != null ? now.live() : zone.body().pair().map(Pair::initial).orElse(Side.A);
    Set<String> lives = new HashSet<>(Set.of(running(zone, Group.idOf(zone, role), live)));
    for (Release release : fleet.releases().values()) {
      if (release instanceof Release.HotReload hot && hot.zoneSets().contains(zone.set())) {
        lives.add(hot.to());
      }
    }
    return lives;
  }

  private Set<String> nexts(Zone zone, Role role) {
    State.GroupState now = state.groups().get(Group.idOf(zone, role));
    Optional<Pair> pair = zone.body().pair();
    Side live = now != null ? now.live() : pair.map(Pair::initial).orElse(Side.A);
    Set<String> next = new HashSet<>();
    if (pair.isPresent()) {
      next.add(running(zone, Group.idOf(zone, role), live.other()));
    }
    for (Release release : fleet.releases().values()) {
      if (release instanceof Release.AbSwitch ab && ab.zoneSets().contains(zone.set())) {
        next.add(ab.to());
      }
    }
    return next;
  }

  private void groups(Pool pool, PoolProblem question) {
    Map<String, List<Occupant>> proved = new TreeMap<>();
    question
        .occupants()
        .forEach(o -> proved.computeIfAbsent(o.group(), _ -> new ArrayList<>()).add(o));
    for (Zone zone : fleet.zones().values()) {
      if (zone.body().pool().equals(pool.key())) {
        Game game = fleet.game(zone.body().game());
        for (Role role : game.roles().values()) {
          List<Occupant> replicas = proved.remove(Group.idOf(zone, role));
          group(zone, game, role, replicas == null ? List.of() : replicas);
        }
      }
    }
    proved
        .keySet()
        .forEach(group -> violations.add("group " + group + " is not one of pool " + pool.key()));
  }

  private void group(Zone zone, Game game, Role role, List<Occupant> proved) {
    String id = Group.idOf(zone, role);
    Set<String> lives = lives(zone, role);
    Set<String> next = nexts(zone, role);
    int replicas = 1;
    for (Set<String> names : List.of(lives, next)) {
      for (String name : names) {
        replicas = Math.max(replicas, servers(zone.body(), role(game, role, name)));
      }
    }
    if (proved.size() != replicas) {
      violations.add(
          "group " + id + " has " + replicas + " replicas, proved were " + proved.size());
    }
    long players = playersOfServer(zone.body(), role, replicas);
    for (Occupant occupant : proved) {
      Sampled key = new Sampled(zone.body(), role.name(), lives, next, occupant.demand());
      sampled
          .computeIfAbsent(key, k -> missed(game, role, k, players))
          .ifPresent(what -> violations.add("group " + id + " needs more " + what));
    }
  }

  /// An autoscaler may start servers up to its maximum.
  private static int servers(ZoneBody body, Role role) {
    ServerSettings settings = body.settings().get(role.name());
    return settings == null || settings.autoscale().isEmpty()
        ? role.replicas()
        : settings.autoscale().get().max();
  }

  /// The least number of servers may have to take all players, if none refuses more than its share.
  private static long playersOfServer(ZoneBody body, Role role, int replicas) {
    ServerSettings settings = body.settings().get(role.name());
    if (settings == null || settings.autoscale().isEmpty()) {
      return Math.ceilDiv(body.players(), (long) replicas);
    }
    Autoscale autoscale = settings.autoscale().get();
    return autoscale.perServer().isPresent()
        ? autoscale.perServer().get()
        : Math.ceilDiv(body.players(), (long) autoscale.min());
  }

  private String running(Zone zone, String id, Side side) {
    State.GroupState now = state.groups().get(id);
    State.SideState recorded = now == null ? null : now.sides().get(side);
    return recorded == null ? zone.body().run() : recorded.version();
  }

  private static Role role(Game game, Role role, String version) {
    Version known = game.versions().get(version);
    return known == null ? role : known.roles().getOrDefault(role.name(), role);
  }

  private static Optional<String> missed(Game game, Role role, Sampled sampled, long players) {
    boolean paired = sampled.body().pair().isPresent();
    for (String live : sampled.live()) {
      Profile from = role(game, role, live).profile();
      for (String other : paired ? sampled.next() : Set.of(live)) {
        Profile to = role(game, role, other).profile();
        for (Resource resource : Resource.values()) {
          if (isBelowSteady(sampled.demand(), resource)) {
            return Optional.of(resource.word() + " at the worst instant");
          }
          Move move = new Move(from, to, resource, players);
          Optional<String> what =
              paired
                  ? move.missed(sampled.demand(), sampled.body().pair().orElseThrow().standby())
                  : move.missedAlone(sampled.demand());
          if (what.isPresent()) {
            return what;
          }
        }
      }
    }
    return Optional.empty();
  }

  /// Whether a demand says less of its worst instant than of a quiet one.
  private static boolean isBelowSteady(Demand demand, Resource resource) {
    return Arrays.stream(Moment.values())
        .map(demand::at)
        .anyMatch(course -> course.worst().get(resource) < course.steady().get(resource));
  }

  /// One resource during a move.
  private record Move(Profile from, Profile to, Resource resource, long players) {
    Optional<String> missed(Demand demand, Pair.Standby standby) {
      boolean warm = standby == Pair.Standby.WARM;
      if (resource == Resource.PODS) {
        return pods(demand, warm ? 2 : 1, 2);
      }
      long quiet =
          Math.max(live(from) + (warm ? use(to, 0) : 0), live(to) + (warm ? use(from, 0) : 0));
      if (demand.cutOver().steady().get(resource) < quiet) {
        return Optional.of(resource.word() + " while nobody moves");
      }
      if (demand.cold().get(resource) < quiet + Math.max(storm(from), storm(to))) {
        return Optional.of(resource.word() + " after a restart");
      }
      if (!coversReload(demand, quiet)) {
        return Optional.of(resource.word() + " while scripts are reloaded");
      }
      long worst = demand.cutOver().worst().get(resource);
      for (long gone : instants()) {
        if (Math.max(moved(from, to, gone), moved(to, from, gone)) > worst) {
          return Optional.of(resource.word() + " with " + gone + " of " + players + " moved");
        }
      }
      return requests(demand, warm);
    }

    /// A pod for each side that runs; the scheduler and the kubelet count no other.
    private static Optional<String> pods(Demand demand, long quiet, long moving) {
      boolean enough =
          demand.cutOver().steady().get(Resource.PODS) >= quiet
              && demand.cutOver().worst().get(Resource.PODS) >= moving
              && demand.reload().steady().get(Resource.PODS) >= quiet
              && demand.reload().worst().get(Resource.PODS) >= quiet
              && demand.cold().get(Resource.PODS) >= quiet;
      return enough ? Optional.empty() : Optional.of(Resource.PODS.word());
    }

    /// Whether there is room for old and new scripts at once.
    private boolean coversReload(Demand demand, long quiet) {
      long both = Math.max(from.reload().get(resource), to.reload().get(resource));
      return demand.reload().steady().get(resource) >= quiet
          && demand.reload().worst().get(resource) >= quiet + both;
    }

    Optional<String> missedAlone(Demand demand) {
      if (resource == Resource.PODS) {
        return pods(demand, 1, 1);
      }
      boolean enough =
          demand.cutOver().steady().get(resource) >= live(from)
              && demand.cold().get(resource) >= live(from) + storm(from)
              && coversReload(demand, live(from))
              && (!isRequested()
                  || (demand.requests().steady().get(resource) >= live(from)
                      && demand.requests().worst().get(resource) >= live(from)
                      && demand.coldRequests().get(resource) >= live(from)));
      return enough ? Optional.empty() : Optional.of(resource.word());
    }

    private Optional<String> requests(Demand demand, boolean warm) {
      Demand.Course asked = demand.requests();
      long both = live(from) + live(to);
      long steady = warm ? both : Math.max(live(from), live(to));
      boolean enough =
          asked.worst().get(resource) >= both
              && asked.steady().get(resource) >= steady
              && demand.coldRequests().get(resource) >= steady;
      return enough || !isRequested()
          ? Optional.empty()
          : Optional.of(resource.word() + " in requests");
    }

    private boolean isRequested() {
      return resource == Resource.CPU || resource == Resource.MEMORY || resource == Resource.DISK;
    }

    /// Shares of the players, and the numbers at which one of the sides was measured.
    private Set<Long> instants() {
      Set<Long> instants = new TreeSet<>();
      for (int percent : INSTANTS) {
        instants.add(players * percent / 100);
      }
      for (Profile profile : List.of(from, to)) {
        Curve curve = profile.byPlayers().get(resource);
        if (curve != null) {
          for (Curve.Point point : curve.points()) {
            instants.add(Math.min(players, point.players()));
            instants.add(Math.max(0, players - point.players()));
          }
        }
      }
      return instants;
    }

    private long live(Profile profile) {
      return use(profile, players);
    }

    /// Use of one side with some players, rounded down.
    private long use(Profile profile, long online) {
      Curve curve = profile.byPlayers().get(resource);
      if (curve == null) {
        return profile.base().get(resource) + profile.perPlayer().get(resource) * online;
      }
      Curve.Point before = curve.points().getFirst();
      for (Curve.Point point : curve.points()) {
        if (point.players() >= online && point.players() > before.players()) {
          BigInteger rise =
              BigInteger.valueOf(point.amount() - before.amount())
                  .multiply(BigInteger.valueOf(online - before.players()))
                  .divide(BigInteger.valueOf(point.players() - before.players()));
          return before.amount() + rise.longValueExact();
        }
        before = point;
      }
      return before.amount();
    }

    private long storm(Profile profile) {
      return profile.login().get(resource) * profile.loginsPerSecond();
    }

    /// Use when some of the players have left one side for the other.
    private long moved(Profile left, Profile entered, long gone) {
      long there = use(left, players - gone);
      long kept = kept(left).ofFloor(live(left) - there);
      Percent twice =
          left.overlap().compareTo(entered.overlap()) > 0 ? left.overlap() : entered.overlap();
      long each = Math.max(left.perPlayer().get(resource), entered.perPlayer().get(resource));
      return there
          + kept
          + use(entered, gone)
          + twice.ofFloor(each * players)
          + Math.max(storm(left), storm(entered));
    }

    private Percent kept(Profile profile) {
      boolean stays = resource == Resource.MEMORY || resource == Resource.CONNECTIONS;
      return profile.keepsAfterLogout().getOrDefault(resource, stays ? Percent.ALL : Percent.ZERO);
    }
  }
}
