package io.gops.capacity;

import io.gops.deployment.Group;
import io.gops.deployment.Sizing;
import io.gops.fleet.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Writes down a placement that holds, with the numbers that show it.
final class ProofBuilder {
  private final SortedMap<String, HostFill> hosts = new TreeMap<>();
  private final SortedMap<String, CapacityProof.PoolFill> pools = new TreeMap<>();

  private ProofBuilder() {}

  static CapacityProof build(
      List<Verdict.Holds> verdicts,
      SortedMap<String, SortedMap<String, Sizing.PodSize>> pods,
      SortedMap<String, SortedMap<Side, Sizing.PodSize>> sides) {
    ProofBuilder builder = new ProofBuilder();
    verdicts.forEach(builder::add);
    SortedMap<String, List<Group.Placement>> placements = placements(verdicts);
    return new CapacityProof(
        verdicts.stream().map(verdict -> verdict.model().problem).toList(),
        placements,
        pods,
        new Sizing(placements, sides),
        builder.hosts,
        builder.pools);
  }

  /// Where the groups of these pools go, by group id, by ordinal.
  static SortedMap<String, List<Group.Placement>> placements(List<Verdict.Holds> verdicts) {
    SortedMap<String, List<Group.Placement>> placements = new TreeMap<>();
    for (Verdict.Holds verdict : verdicts) {
      PoolModel model = verdict.model();
      for (int item = 0; item < model.items; item++) {
        placements
            .computeIfAbsent(model.occupants.get(item).group(), _ -> new ArrayList<>())
            .add(placement(verdict, item));
      }
    }
    return placements;
  }

  private void add(Verdict.Holds verdict) {
    PoolModel model = verdict.model();
    Fill fullest = Fill.EMPTY;
    int wave = Integer.MAX_VALUE;
    int most = 0;
    for (int host = 0; host < model.hosts; host++) {
      HostFill fill = host(model, verdict.packing(), host);
      hosts.put(fill.host(), fill);
      fullest = fullest.max(fill.worstInstant());
      most = Math.max(most, fill.occupants().size());
      if (fill.largestSafeWave() < fill.occupants().size()) {
        wave = Math.min(wave, fill.largestSafeWave());
      }
    }
    String pool = model.problem.pool();
    pools.put(
        pool,
        new CapacityProof.PoolFill(pool, fullest, model.problem.perHost(), Math.min(wave, most)));
  }

  private static Group.Placement placement(Verdict.Holds verdict, int item) {
    PoolModel model = verdict.model();
    String runsOn = model.machines.get(verdict.packing().hostOf(item)).name();
    int lost = verdict.homes().lost[item];
    if (lost != Packing.NOWHERE) {
      return new Group.Placement(model.machines.get(lost).name(), Optional.of(runsOn));
    }
    int failover = verdict.failover().get(item);
    return new Group.Placement(
        runsOn,
        failover == Packing.NOWHERE
            ? Optional.empty()
            : Optional.of(model.machines.get(failover).name()));
  }

  private static HostFill host(PoolModel model, Packing packing, int host) {
    int[] members = packing.members(host);
    List<HostFill.MeasureFill> fills = new ArrayList<>();
    for (int row = 0; row < model.rows; row++) {
      if (model.limit[host * model.rows + row] < PoolModel.UNLIMITED
          && isWorst(model, packing, host, row)) {
        fills.add(measure(model, packing, host, row, members));
      }
    }
    return new HostFill(
        model.machines.get(host).name(),
        model.problem.pool(),
        IntStream.of(members).sorted().mapToObj(model::name).toList(),
        fills,
        largestSafeWave(model, host, members));
  }

  /// Of the waves of a release only the fullest one is shown, the first of equal ones.
  private static boolean isWorst(PoolModel model, Packing packing, int host, int row) {
    Measure own = model.measures.get(row);
    for (int other = 0; other < model.rows && !model.problem.orders().isEmpty(); other++) {
      Measure measure = model.measures.get(other);
      if (measure.resource() == own.resource() && measure.moment() == own.moment()) {
        long less = packing.room(host, row) - packing.room(host, other);
        if (less > 0 || (less == 0 && other < row)) {
          return false;
        }
      }
    }
    return true;
  }

  private static HostFill.MeasureFill measure(
      PoolModel model, Packing packing, int host, int row, int[] members) {
    Measure measure = model.measures.get(row);
    long limit = model.limit[host * model.rows + row];
    long worst = limit - packing.room(host, row);
    return new HostFill.MeasureFill(
        measure,
        worst - packing.top(host, row),
        worst,
        limit,
        model.machines.get(host).allocatable().get(measure.resource()),
        movers(model, row, members).stream().map(model::name).toList());
  }

  /// The members with the largest extra use of a row, as many as may move at once.
  static List<Integer> movers(PoolModel model, int row, int[] members) {
    return IntStream.of(members)
        .boxed()
        .filter(item -> model.extra[item * model.rows + row] > 0)
        .sorted(
            Comparator.comparingLong((Integer item) -> -model.extra[item * model.rows + row])
                .thenComparing(Comparator.naturalOrder()))
        .limit(model.budget[row])
        .toList();
  }

  /// How many members could cut over at once: the largest wave that every row allows.
  ///
  /// Whichever they are: of a release whose waves have an order it says what would be safe without.
  static int largestSafeWave(PoolModel model, int host, int[] members) {
    int wave = members.length;
    for (int row = 0; row < model.rows; row++) {
      Measure measure = model.measures.get(row);
      if (measure.moment() != Moment.RELOAD) {
        wave = Math.min(wave, safeWave(model, host, row, members));
      }
    }
    return wave;
  }

  private static int safeWave(PoolModel model, int host, int row, int[] members) {
    Measure measure = model.measures.get(row);
    long room = model.limit[host * model.rows + row];
    long[] extras = new long[members.length];
    for (int i = 0; i < members.length; i++) {
      int at = members[i] * model.rows + row;
      Demand.Course course = model.occupants.get(members[i]).demand().at(measure.moment());
      long steady = course.steady().get(measure.resource());
      boolean ordered = measure.stage().isPresent();
      room -= ordered ? steady : model.steady[at];
      extras[i] =
          -(ordered
              ? Math.max(0, course.worst().get(measure.resource()) - steady)
              : model.extra[at]);
    }
    Arrays.sort(extras);
    int wave = 0;
    while (wave < extras.length && room + extras[wave] >= 0) {
      room += extras[wave];
      wave++;
    }
    return wave;
  }
}
