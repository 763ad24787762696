package io.gops.verify;

import io.gops.capacity.Demand;
import io.gops.capacity.Machine;
import io.gops.capacity.Moment;
import io.gops.capacity.Occupant;
import io.gops.capacity.PoolProblem;
import io.gops.deployment.Group;
import io.gops.fleet.Amounts;
import io.gops.fleet.Autoscale;
import io.gops.fleet.Exposure;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/// Re-checks that a certificate asks the question of its fleet: the same hosts, every group of
/// every zone, and demands that no instant of a move exceeds.
///
/// Demands are checked by sampling instants of the move from the profiles, with arithmetic of its
/// own: a demand that was written too small is found at the instant that it leaves out.
public final class QuestionCheck {
  /// The kubelet's default `maxPods`.
  private static final long DEFAULT_PODS = 110;

  private final Fleet fleet;
  private final State state;
  private final Map<Sampled, Optional<String>> sampled = new HashMap<>();
  private final Map<String, Long> imageDisk = new HashMap<>();
  private final List<String> violations = new ArrayList<>();

  /// Pools of which a host says how many addresses it has for pods.
  private final Set<String> addressedPools = new HashSet<>();

  /// What decides whether a demand is large enough, so that equal zones are sampled once.
  private record Sampled(
      ZoneBody body,
      String role,
      Set<String> live,
      Set<String> next,
      long players,
      Demand demand) {}

  private QuestionCheck(Fleet fleet, State state) {
    this.fleet = fleet;
    this.state = state;
    for (Host host : fleet.hosts().values()) {
      if (host.capacity().has(Resource.ADDRESSES)) {
        addressedPools.add(host.pool());
      }
    }
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
    violations.addAll(OrderCheck.violations(question, fleet, state));
  }

  /// Groups of one host that may be away at once; those of one zone always may.
  private int wave(Pool pool, boolean reloads) {
    int most = 1;
    for (Release release : fleet.releases().values()) {
      most =
          switch (release) {
            case Release.AbSwitch ab when !reloads && !ab.waves().areFixed() ->
                Math.max(most, wave(pool, ab.zoneSets(), ab.waves()));
            case Release.HotReload hot when reloads && !hot.waves().areFixed() ->
                Math.max(most, wave(pool, hot.zoneSets(), hot.waves()));
            case Release.AbSwitch _,
                Release.HotReload _,
                Release.CanaryWaves _,
                Release.Housekeeping _ ->
                most;
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
    OptionalInt ports = fleet.cluster().portsOfEachHost();
    larger |=
        ports.isPresent()
            && (!machine.usable().has(Resource.PORTS)
                || machine.usable().get(Resource.PORTS) > ports.getAsInt());
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
      if (release instanceof Release.CanaryWaves canary && canary.zoneSets().contains(zone.set())) {
        lives.add(canary.to());
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
    int fewest = Integer.MAX_VALUE;
    for (int number : numbers(zone, game, role, lives, next)) {
      replicas = Math.max(replicas, number);
      fewest = Math.min(fewest, number);
    }
    if (proved.size() != replicas) {
      violations.add(
          "group " + id + " has " + replicas + " replicas, proved were " + proved.size());
    }
    for (Occupant occupant : proved) {
      parts(zone, role, occupant);
      int sharing = occupant.ordinal() < fewest ? fewest : replicas;
      long players = playersOfServer(zone.body(), role, sharing);
      Sampled key = new Sampled(zone.body(), role.name(), lives, next, players, occupant.demand());
      sampled
          .computeIfAbsent(key, k -> missed(game, role, k))
          .ifPresent(what -> violations.add("group " + id + " needs more " + what));
    }
  }

  /// The numbers of servers on one side between which releases may lead.
  private List<Integer> numbers(
      Zone zone, Game game, Role role, Set<String> lives, Set<String> next) {
    List<Integer> numbers = new ArrayList<>();
    lives.forEach(name -> numbers.add(servers(zone.body(), role(game, role, name))));
    next.forEach(name -> numbers.add(servers(zone.body(), role(game, role, name))));
    State.GroupState now = state.groups().get(Group.idOf(zone, role));
    ServerSettings settings = zone.body().settings().get(role.name());
    if (now != null && (settings == null || settings.autoscale().isEmpty())) {
      int most = 0;
      for (State.SideState side : now.sides().values()) {
        most = Math.max(most, side.replicas());
      }
      if (most > 0) {
        numbers.add(most);
      }
    }
    return numbers;
  }

  /// Each pod takes a port of its host for each that it exposes there, and an address.
  private void parts(Zone zone, Role role, Occupant occupant) {
    long exposed =
        fleet.cluster().portsOfEachHost().isPresent()
            ? role.exposures().stream().filter(e -> e.network().equals(Exposure.HOST_PORT)).count()
            : 0;
    boolean addressed = addressedPools.contains(zone.body().pool());
    Demand demand = occupant.demand();
    List<Amounts> uses = new ArrayList<>(List.of(demand.cold()));
    uses.addAll(List.of(demand.cutOver().steady(), demand.cutOver().worst()));
    demand
        .passages()
        .values()
        .forEach(p -> uses.addAll(List.of(p.use().before(), p.use().during(), p.use().after())));
    for (Amounts use : uses) {
      long pods = use.get(Resource.PODS);
      if (use.get(Resource.PORTS) < exposed * pods
          || (addressed && use.get(Resource.ADDRESSES) < pods)) {
        violations.add("group " + occupant.group() + " needs more ports or addresses");
      }
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
  static long playersOfServer(ZoneBody body, Role role, int replicas) {
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

  private static Optional<String> missed(Game game, Role role, Sampled sampled) {
    long players = sampled.players();
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
}
