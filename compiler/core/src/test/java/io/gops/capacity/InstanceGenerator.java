package io.gops.capacity;

import io.gops.deployment.Group;
import io.gops.fleet.Amounts;
import io.gops.fleet.Curve;
import io.gops.fleet.Host;
import io.gops.fleet.Pair;
import io.gops.fleet.Percent;
import io.gops.fleet.Pool;
import io.gops.fleet.Profile;
import io.gops.fleet.Resource;
import io.gops.source.Origins;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Makes pools whose answer is known, from a seed.
///
/// **Planted**: hosts of three sizes are cut into the needs of a number of pairs, so a placement
/// exists by construction; then the pairs are shuffled and the placement is forgotten. Each host's
/// fullest resource reaches the wanted fill at the worst instant, the others stay below it, so
/// pairs differ in what they are short of. A pair's extra use is at most its steady use, as with
/// memory that is kept.
///
/// **Infeasible** families differ from a planted instance by as little as the bound in question
/// needs: more demand than supply, more pairs of a third of a host than places, a pair larger than
/// any host, or pairs of which no two fit together although each resource has room.
///
/// **In waves**: any of these with a release whose waves have an order. **Bent**: needs that follow
/// from profiles measured at a few numbers of players.
///
/// **Triplets** are Falkenauer's class: every host holds exactly three pairs that fill it
/// completely.
public final class InstanceGenerator {
  /// Limits of the three sizes of hosts: thousandths of cores, bytes, bits/s, packets/s.
  private static final long[][] SIZES = {
    {64_000, 128L << 30, 10_000_000_000L, 1_200_000},
    {96_000, 256L << 30, 25_000_000_000L, 2_000_000},
    {128_000, 512L << 30, 25_000_000_000L, 4_000_000},
  };

  private static final Resource[] RESOURCES = {
    Resource.CPU, Resource.MEMORY, Resource.EGRESS, Resource.PACKETS
  };

  /// The release of [#inWaves].
  static final String RELEASE = "next";

  private final Random random;

  public InstanceGenerator(long seed) {
    random = new Random(seed);
  }

  /// A pool with a placement.
  ///
  /// @param pairs number of pairs, at least `hosts`
  /// @param fillPercent worst-instant fill of the fullest resource of each host
  /// @param perHost pairs of one host that may move at once
  public PoolProblem planted(int pairs, int hosts, int fillPercent, int perHost) {
    List<Machine> machines = new ArrayList<>();
    List<Demand> demands = new ArrayList<>();
    for (int host = 0; host < hosts; host++) {
      long[] size = SIZES[random.nextInt(SIZES.length)];
      machines.add(machine(host, size));
      int share = pairs * (host + 1) / hosts - pairs * host / hosts;
      demands.addAll(cut(size, share, fillPercent, perHost));
    }
    Collections.shuffle(demands, random);
    return pool(machines, demands, perHost);
  }

  /// Needs of pairs that fill one host exactly to a share of its limits.
  private List<Demand> cut(long[] size, int pairs, int fillPercent, int perHost) {
    int fullest = random.nextInt(RESOURCES.length);
    List<Map<Resource, Long>> steady = new ArrayList<>();
    List<Map<Resource, Long>> extra = new ArrayList<>();
    for (int pair = 0; pair < pairs; pair++) {
      steady.add(new EnumMap<>(Resource.class));
      extra.add(new EnumMap<>(Resource.class));
    }
    for (int r = 0; r < RESOURCES.length; r++) {
      int percent = r == fullest ? fillPercent : fillPercent * (40 + random.nextInt(55)) / 100;
      long budget = size[r] / 100 * percent;
      long[] parts = parts(pairs);
      long[] sticky = new long[pairs];
      long weight = 0;
      for (int pair = 0; pair < pairs; pair++) {
        sticky[pair] = random.nextInt(101) * parts[pair] / 100;
        weight += parts[pair];
      }
      long[] sorted = sticky.clone();
      Arrays.sort(sorted);
      for (int i = 0; i < Math.min(perHost, pairs); i++) {
        weight += sorted[pairs - 1 - i];
      }
      for (int pair = 0; pair < pairs; pair++) {
        steady.get(pair).put(RESOURCES[r], budget / weight * parts[pair]);
        extra.get(pair).put(RESOURCES[r], budget / weight * sticky[pair]);
      }
    }
    List<Demand> demands = new ArrayList<>();
    for (int pair = 0; pair < pairs; pair++) {
      Amounts quiet = new Amounts(steady.get(pair));
      demands.add(Demand.ofCutOver(quiet, quiet.plus(new Amounts(extra.get(pair)))));
    }
    return demands;
  }

  private long[] parts(int count) {
    long[] parts = new long[count];
    for (int i = 0; i < count; i++) {
      parts[i] = 20L + random.nextInt(81);
    }
    return parts;
  }

  /// Slightly more steady use than the pool has, in pairs of a hundredth to a twentieth of a host.
  public PoolProblem tooMuch(int hosts) {
    List<Demand> demands = new ArrayList<>();
    long left = hosts * SIZES[0][1];
    while (left >= 0) {
      long part = SIZES[0][1] / 100 * (1 + random.nextInt(5));
      Amounts steady = Amounts.of(Resource.MEMORY, part);
      demands.add(Demand.ofCutOver(steady, steady));
      left -= part;
    }
    return pool(equalMachines(hosts), demands, 1);
  }

  /// One pair more than places, each slightly larger than a third of a host: every resource has a
  /// fifth of its room left.
  public PoolProblem tooMany(int hosts) {
    List<Machine> machines = equalMachines(hosts);
    long third = SIZES[0][1] / 3 + 1;
    List<Demand> demands = new ArrayList<>();
    for (int pair = 0; pair <= 2 * hosts; pair++) {
      Amounts steady = Amounts.of(Resource.MEMORY, third + random.nextInt(1 << 20));
      demands.add(Demand.ofCutOver(steady, steady));
    }
    return pool(machines, demands, 1);
  }

  /// Pairs that need 30 to 75 % of a host's memory and as much of its processors as makes 105 %
  /// together, one more than hosts: no two fit on a host, although either resource alone has room
  /// for two of most pairs.
  public PoolProblem crossed(int hosts) {
    List<Demand> demands = new ArrayList<>();
    for (int pair = 0; pair <= hosts; pair++) {
      int memory = 30 + 45 * pair / hosts;
      Amounts steady =
          new Amounts(
              Map.of(
                  Resource.CPU, SIZES[0][0] / 100 * (105 - memory),
                  Resource.MEMORY, SIZES[0][1] / 100 * memory));
      demands.add(Demand.ofCutOver(steady, steady));
    }
    Collections.shuffle(demands, random);
    return pool(equalMachines(hosts), demands, 1);
  }

  /// One pair that is larger than every host.
  public PoolProblem tooLarge(int pairs, int hosts) {
    PoolProblem planted = planted(pairs, hosts, 60, 1);
    List<Demand> demands =
        new ArrayList<>(planted.occupants().stream().map(Occupant::demand).toList());
    Amounts steady = Amounts.of(Resource.MEMORY, SIZES[2][1] + 1);
    demands.add(Demand.ofCutOver(steady, steady));
    return pool(planted.machines(), demands, 1);
  }

  /// Falkenauer's uniform class in memory: sizes of 20 to 100 in hosts of 150.
  public PoolProblem uniform(int pairs, int hosts) {
    List<Demand> demands = new ArrayList<>();
    for (int pair = 0; pair < pairs; pair++) {
      Amounts steady = Amounts.of(Resource.MEMORY, 20L + random.nextInt(81));
      demands.add(Demand.ofCutOver(steady, steady));
    }
    List<Machine> machines = new ArrayList<>();
    for (int host = 0; host < hosts; host++) {
      machines.add(machine(host, Amounts.of(Resource.MEMORY, 150), "rack" + host));
    }
    return pool(machines, demands, 1);
  }

  /// Falkenauer's triplets in memory: three pairs a host, no byte left over.
  public PoolProblem triplets(int hosts) {
    List<Demand> demands = new ArrayList<>();
    long limit = SIZES[0][1];
    for (int host = 0; host < hosts; host++) {
      long first = limit / 1000 * (380 + random.nextInt(111));
      long rest = limit - first;
      long second = Math.max(limit / 4, rest / 1000 * (400 + random.nextInt(201)));
      for (long part : new long[] {first, second, rest - second}) {
        Amounts steady = Amounts.of(Resource.MEMORY, part);
        demands.add(Demand.ofCutOver(steady, steady));
      }
    }
    Collections.shuffle(demands, random);
    return pool(equalMachines(hosts), demands, 1);
  }

  /// A small pool of which nothing is known beforehand.
  public PoolProblem small(int pairs, int hosts, int perHost, int survive) {
    List<Machine> machines = new ArrayList<>();
    for (int host = 0; host < hosts; host++) {
      machines.add(
          machine(
              host,
              new Amounts(
                  Map.of(
                      Resource.CPU, 60L + random.nextInt(60),
                      Resource.MEMORY, 60L + random.nextInt(60))),
              "rack" + host));
    }
    List<Demand> demands = new ArrayList<>();
    for (int pair = 0; pair < pairs; pair++) {
      Amounts steady =
          new Amounts(
              Map.of(
                  Resource.CPU, 5L + random.nextInt(30),
                  Resource.MEMORY, 5L + random.nextInt(30)));
      Amounts extra =
          new Amounts(
              Map.of(
                  Resource.CPU, (long) random.nextInt(25),
                  Resource.MEMORY, (long) random.nextInt(25)));
      demands.add(Demand.ofCutOver(steady, steady.plus(extra)));
    }
    return withSurvive(pool(machines, demands, perHost), survive);
  }

  /// The same pool with a release whose waves have an order: each pair has a wave of its own
  /// choice, and needs less than its steady use before or after it, as versions do. Some pairs have
  /// no part in the release; of them some may move at any time.
  public PoolProblem inWaves(PoolProblem pool, int waves) {
    List<String> names = new ArrayList<>(List.of(""));
    for (int wave = 1; wave <= waves; wave++) {
      names.add("wave-" + wave);
    }
    List<Occupant> occupants = new ArrayList<>();
    for (Occupant old : pool.occupants()) {
      int part = random.nextInt(8);
      Set<Moment> anyTime =
          part == 0
              ? EnumSet.allOf(Moment.class)
              : EnumSet.complementOf(EnumSet.of(Moment.CUT_OVER, Moment.REQUESTS));
      SortedMap<String, Integer> wave = new TreeMap<>();
      if (part > 1) {
        wave.put(RELEASE, part == 2 ? FixedOrder.BEGUN : 1 + random.nextInt(waves));
      }
      occupants.add(old.with(inRelease(old.demand())).with(new Itinerary(wave, anyTime)));
    }
    return new PoolProblem(
        pool.pool(),
        pool.sharing(),
        pool.spare(),
        pool.survive(),
        pool.perHost(),
        pool.reloadsPerHost(),
        pool.machines(),
        occupants,
        List.of(new FixedOrder(RELEASE, Moment.CUT_OVER, names)));
  }

  private Demand inRelease(Demand demand) {
    Amounts steady = demand.cutOver().steady();
    Amounts before = steady;
    Amounts after = steady;
    for (Resource resource : steady.resources()) {
      long less = steady.get(resource) * (100 - random.nextInt(60)) / 100;
      if (random.nextBoolean()) {
        before = before.with(resource, less);
      } else {
        after = after.with(resource, less);
      }
    }
    Passage.Phases use = new Passage.Phases(before, before, demand.cutOver().worst(), after);
    Passage.Phases none =
        new Passage.Phases(Amounts.NONE, Amounts.NONE, Amounts.NONE, Amounts.NONE);
    return demand.with(RELEASE, new Passage(use, none));
  }

  /// A profile whose memory and bandwidth were measured at a few numbers of players, and bend at
  /// them: steep first and flat later, flat first and steep later, or anything between.
  public Profile measured(long players) {
    return new Profile(
        new Amounts(Map.of(Resource.CPU, 100L + random.nextInt(400))),
        new Amounts(Map.of(Resource.CPU, 1L + random.nextInt(9))),
        Map.of(Resource.MEMORY, curve(players, 1L << 20), Resource.EGRESS, curve(players, 1000)),
        Map.of(Resource.MEMORY, new Percent(100L * random.nextInt(101))),
        Amounts.NONE,
        0,
        Percent.ZERO,
        Amounts.NONE,
        Profile.Traffic.NONE,
        Origins.NONE);
  }

  private Curve curve(long players, long unit) {
    List<Curve.Point> points = new ArrayList<>();
    long amount = unit * (1 + random.nextInt(500));
    points.add(new Curve.Point(0, amount));
    int pieces = 1 + random.nextInt(4);
    for (int piece = 1; piece <= pieces; piece++) {
      amount += unit * random.nextInt(2000);
      points.add(new Curve.Point(players * piece / pieces, amount));
    }
    return new Curve(points);
  }

  /// A small pool of pairs whose needs follow from measured points, on hosts of which nothing is
  /// known beforehand.
  public PoolProblem bent(int pairs, int hosts, int perHost) {
    List<Machine> machines = new ArrayList<>();
    for (int host = 0; host < hosts; host++) {
      machines.add(
          machine(
              host,
              new Amounts(
                  Map.of(
                      Resource.CPU, 20_000L + random.nextInt(60_000),
                      Resource.MEMORY, (4L + random.nextInt(12)) << 30,
                      Resource.EGRESS, 4_000_000L + random.nextInt(8_000_000))),
              "rack" + host));
    }
    List<Demand> demands = new ArrayList<>();
    for (int pair = 0; pair < pairs; pair++) {
      long players = 100L + random.nextInt(900);
      demands.add(
          CutOver.pair(measured(players), measured(players), Pair.Standby.STOPPED, players));
    }
    return pool(machines, demands, perHost);
  }

  /// The same pool with every demand at this percentage.
  public static PoolProblem scaled(PoolProblem pool, int percent) {
    List<Demand> demands =
        pool.occupants().stream()
            .map(
                o ->
                    Demand.ofCutOver(
                        percent(o.demand().cutOver().steady(), percent),
                        percent(o.demand().cutOver().worst(), percent)))
            .toList();
    return withSurvive(pool(pool.machines(), demands, pool.perHost()), pool.survive());
  }

  /// The same pool on hosts that have more of everything.
  public static PoolProblem larger(PoolProblem pool, long more) {
    List<Machine> machines =
        pool.machines().stream()
            .map(
                m -> {
                  Amounts limits = m.usable();
                  for (Resource resource : m.usable().resources()) {
                    limits = limits.with(resource, m.usable().get(resource) + more);
                  }
                  return new Machine(m.name(), m.rack(), limits, limits, m.state());
                })
            .toList();
    return new PoolProblem(
        pool.pool(),
        pool.sharing(),
        pool.spare(),
        pool.survive(),
        pool.perHost(),
        pool.reloadsPerHost(),
        machines,
        pool.occupants());
  }

  /// The same pool, which must survive some losses.
  public static PoolProblem withSurvive(PoolProblem pool, int survive) {
    return new PoolProblem(
        pool.pool(),
        pool.sharing(),
        pool.spare(),
        survive,
        pool.perHost(),
        pool.reloadsPerHost(),
        pool.machines(),
        pool.occupants());
  }

  /// The same pool with its hosts dealt out to some racks.
  public static PoolProblem inRacks(PoolProblem pool, int racks) {
    List<Machine> machines = new ArrayList<>();
    for (Machine m : pool.machines()) {
      String rack = "rack" + machines.size() % racks;
      machines.add(new Machine(m.name(), rack, m.allocatable(), m.usable(), m.state()));
    }
    return new PoolProblem(
        pool.pool(),
        pool.sharing(),
        pool.spare(),
        pool.survive(),
        pool.perHost(),
        pool.reloadsPerHost(),
        machines,
        pool.occupants());
  }

  /// The same pool in another order.
  public PoolProblem shuffled(PoolProblem pool) {
    List<Occupant> occupants = new ArrayList<>(pool.occupants());
    Collections.shuffle(occupants, random);
    return new PoolProblem(
        pool.pool(),
        pool.sharing(),
        pool.spare(),
        pool.survive(),
        pool.perHost(),
        pool.reloadsPerHost(),
        pool.machines(),
        occupants);
  }

  private static Amounts percent(Amounts amounts, int percent) {
    Amounts result = Amounts.NONE;
    for (Resource resource : amounts.resources()) {
      result = result.with(resource, amounts.get(resource) / 100 * percent);
    }
    return result;
  }

  private static List<Machine> equalMachines(int hosts) {
    List<Machine> machines = new ArrayList<>();
    for (int host = 0; host < hosts; host++) {
      machines.add(machine(host, SIZES[0]));
    }
    return machines;
  }

  private static Machine machine(int number, long[] size) {
    Map<Resource, Long> limits = new EnumMap<>(Resource.class);
    for (int r = 0; r < RESOURCES.length; r++) {
      limits.put(RESOURCES[r], size[r]);
    }
    return machine(number, new Amounts(limits), "rack" + number % 8);
  }

  private static Machine machine(int number, Amounts limits, String rack) {
    return new Machine("h%05d".formatted(number), rack, limits, limits, Host.State.ACTIVE);
  }

  private static PoolProblem pool(List<Machine> machines, List<Demand> demands, int perHost) {
    List<Occupant> occupants = new ArrayList<>();
    for (int i = 0; i < demands.size(); i++) {
      occupants.add(
          new Occupant(
              Integer.toString(10_001 + i),
              0,
              demands.get(i),
              Optional.<Group.Placement>empty(),
              false));
    }
    return new PoolProblem("lab.std", Pool.Sharing.PACKED, 0, 0, perHost, 1, machines, occupants);
  }
}
