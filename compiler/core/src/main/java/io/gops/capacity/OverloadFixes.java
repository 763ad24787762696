package io.gops.capacity;

import io.gops.deployment.Group;
import io.gops.fleet.Percent;
import io.gops.fleet.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.Predicate;

/// What would make an overloaded host hold, each found by inverting the host's own inequalities and
/// proved for the pool: a change that only moves the error to another host, or to the loss of one,
/// is no fix. They are written as the language writes them.
final class OverloadFixes {
  /// In pools up to this many groups the whole pool is proved again for each step to the edge;
  /// in larger ones the host decides, and the pool is proved at the edge.
  static final int RECHECKED = 1000;

  /// Other hosts that are tried for a group that should move.
  private static final int TRIED = 8;

  private final FleetDemand demand;
  private final PoolModel model;
  private final Packing packing;
  private final Overload load;
  private final boolean stay;
  private final List<Remedy> found = new ArrayList<>();
  private long players;
  private long reloadsPerHost;

  OverloadFixes(FleetDemand demand, Verdict.Overfull verdict, Overload load) {
    this.demand = demand;
    this.model = verdict.model();
    this.packing = verdict.packing();
    this.load = load;
    stay = verdict.elsewhere().isEmpty();
  }

  List<Remedy> find() {
    players();
    memoryKept();
    perHost();
    move();
    return found;
  }

  /// The largest number up to `most` that passes, for a test that fails from some number on; 0 when
  /// none does.
  static long largest(long most, LongPredicate holds) {
    long low = 0;
    long high = most;
    while (low < high) {
      long middle = low + (high - low + 1) / 2;
      if (holds.test(middle)) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private void players() {
    String group = model.occupants.get(load.culprit()).group();
    int zone = demand.zone(group).id();
    Function<Long, PoolProblem> with =
        players ->
            with(
                o -> demand.zone(o.group()).id() == zone,
                o -> o.with(demand.withPlayers(o.group(), players)));
    long most = largest(demand.zone(group).body().players(), players -> holds(with.apply(players)));
    players = most;
    if (most > 0) {
      add(
          "override " + zone + " { players = " + most + " }",
          with.apply(most),
          with.apply(most + 1));
    }
  }

  private void memoryKept() {
    if (!load.measure().equals(new Measure(Resource.MEMORY, Moment.CUT_OVER))) {
      return;
    }
    String game = game(model.occupants.get(load.culprit()));
    Function<Long, PoolProblem> with =
        percent ->
            with(
                o -> game(o).equals(game),
                o -> o.with(demand.withMemoryKept(o.group(), new Percent(100 * percent))));
    long most = largest(100, percent -> holds(with.apply(percent)));
    if (most < 100 && holds(with.apply(most))) {
      add(
          "game " + game + " { profile { keeps_after_logout { memory = " + most + "% } } }",
          with.apply(most),
          with.apply(most + 1));
    }
  }

  private String game(Occupant occupant) {
    return demand.zone(occupant.group()).body().game();
  }

  /// Most players of the zone that needs most with which the pool holds; 0 when none do.
  long mostPlayers() {
    return players;
  }

  /// Most groups of the host that may reload together; 0 when not even one may, or when reloads do
  /// not matter.
  long reloadsPerHost() {
    return reloadsPerHost;
  }

  private void perHost() {
    if (load.measure().stage().isPresent()) {
      otherWave(load.measure().stage().get());
      return;
    }
    if (load.kind() == Overload.Kind.RELOAD) {
      fewerReloads();
      return;
    }
    int written = model.problem.perHost();
    PoolProblem with = model.problem.withOccupants(model.occupants);
    long most =
        largest(
            Math.min(written, load.members().size()), wave -> holds(with.withPerHost((int) wave)));
    if (most > 0 && most < written) {
      add(
          "waves { per_host = " + most + " }",
          with.withPerHost((int) most),
          with.withPerHost((int) most + 1));
    }
  }

  /// Another wave for one zone that moves, the one that needs most first. Zones that were begun are
  /// finished first in any case.
  private void otherWave(FixedOrder.Stage stage) {
    List<String> waves =
        model.problem.orders().stream()
            .filter(order -> order.release().equals(stage.release()))
            .flatMap(order -> order.waves().stream())
            .toList();
    int tried = 0;
    for (int item : stage.wave() == FixedOrder.BEGUN ? List.<Integer>of() : load.movers()) {
      int zone = demand.zone(model.occupants.get(item).group()).id();
      for (int wave = FixedOrder.BEGUN + 1; wave < waves.size() && tried < TRIED; wave++) {
        if (wave != stage.wave()) {
          tried++;
          int there = wave;
          PoolProblem after =
              with(
                  o -> demand.zone(o.group()).id() == zone,
                  o -> o.with(o.itinerary().in(stage.release(), there)));
          if (holds(after)) {
            found.add(
                new Remedy(
                    "zone " + zone + " in wave " + waves.get(wave) + " of " + stage.release(),
                    after,
                    model.problem));
            return;
          }
        }
      }
    }
  }

  private void fewerReloads() {
    int written = model.problem.reloadsPerHost();
    PoolProblem with = model.problem.withOccupants(model.occupants);
    reloadsPerHost =
        largest(
            Math.min(written, load.members().size()),
            wave -> holds(with.withReloadsPerHost((int) wave)));
    if (reloadsPerHost > 0 && reloadsPerHost < written) {
      add(
          "waves { per_host = " + reloadsPerHost + " }",
          with.withReloadsPerHost((int) reloadsPerHost),
          with.withReloadsPerHost((int) reloadsPerHost + 1));
    }
  }

  /// Another host for one group that runs: the largest of those whose leaving is enough.
  private void move() {
    int tried = 0;
    for (int item : stay ? load.members() : List.<Integer>of()) {
      for (int host = 0; host < model.hosts && tried < TRIED; host++) {
        boolean other = !model.machines.get(host).name().equals(load.machine().name());
        if (other && model.acceptsNew(host) && packing.fits(item, host) && restHolds(item)) {
          tried++;
          PoolProblem after = moved(item, model.machines.get(host).name());
          if (poolHolds(after)) {
            String name = model.name(item) + " on host " + model.machines.get(host).name();
            found.add(new Remedy(name, after, model.problem));
            return;
          }
        }
      }
    }
  }

  private boolean restHolds(int left) {
    return HostTrial.holds(
        model.problem,
        load.machine(),
        load.members().stream().filter(item -> item != left).map(model.occupants::get).toList());
  }

  private PoolProblem moved(int item, String host) {
    Occupant old = model.occupants.get(item);
    Group.Placement there = new Group.Placement(host, Optional.empty());
    return with(old::equals, o -> o.at(Optional.of(there), o.live()));
  }

  private PoolProblem with(Predicate<Occupant> which, Function<Occupant, Occupant> change) {
    return model.problem.withOccupants(
        model.occupants.stream().map(o -> which.test(o) ? change.apply(o) : o).toList());
  }

  /// Groups that run stay on the host, so it must hold; others may find a better one.
  private boolean holds(PoolProblem after) {
    boolean large = model.items > RECHECKED;
    return (!(stay || large) || hostHolds(after)) && (large || poolHolds(after));
  }

  /// The groups of a changed pool are in the order of the model's.
  private boolean hostHolds(PoolProblem after) {
    return HostTrial.holds(
        after, load.machine(), load.members().stream().map(after.occupants()::get).toList());
  }

  private static boolean poolHolds(PoolProblem after) {
    return PlacementSearch.solve(after) instanceof Verdict.Holds;
  }

  private void add(String change, PoolProblem after, PoolProblem less) {
    if (model.items <= RECHECKED || poolHolds(after)) {
      found.add(new Remedy(change, after, less));
    }
  }
}
