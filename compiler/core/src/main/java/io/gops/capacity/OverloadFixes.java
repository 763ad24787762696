package io.gops.capacity;

import io.gops.fleet.Percent;
import io.gops.fleet.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.LongPredicate;

/// What would make an overloaded host hold, each found by inverting the host's own inequalities.
/// They are written as the language writes them.
final class OverloadFixes {
  /// Pools up to this many groups are proved again for each fix that is considered.
  private static final int RECHECKED = 1000;

  private final FleetDemand demand;
  private final PoolModel model;
  private final Packing packing;
  private final Overload load;
  private final boolean othersKnown;

  OverloadFixes(FleetDemand demand, Verdict.Overfull verdict, Overload load) {
    this.demand = demand;
    this.model = verdict.model();
    this.packing = verdict.packing();
    this.load = load;
    othersKnown = verdict.elsewhere().isEmpty();
  }

  List<String> find() {
    List<String> fixes = new ArrayList<>();
    players(fixes);
    memoryKept(fixes);
    perHost(fixes);
    move(fixes);
    return fixes;
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

  private void players(List<String> fixes) {
    String group = model.occupants.get(load.culprit()).group();
    int zone = demand.zone(group).id();
    long most =
        largest(
            demand.zone(group).body().players(),
            players -> holds(item -> ofZone(item, zone) ? withPlayers(item, players) : own(item)));
    if (most > 0) {
      fixes.add("override " + zone + " { players = " + most + " }");
    }
  }

  private boolean ofZone(int item, int zone) {
    return demand.zone(model.occupants.get(item).group()).id() == zone;
  }

  private Demand withPlayers(int item, long players) {
    return demand.withPlayers(model.occupants.get(item).group(), players);
  }

  private void memoryKept(List<String> fixes) {
    if (!load.measure().equals(new Measure(Resource.MEMORY, Moment.CUT_OVER))) {
      return;
    }
    String game = game(load.culprit());
    LongPredicate kept =
        percent ->
            holds(
                item ->
                    game(item).equals(game)
                        ? demand.withMemoryKept(
                            model.occupants.get(item).group(), new Percent(100 * percent))
                        : own(item));
    long most = largest(100, kept);
    if (most < 100 && kept.test(most)) {
      fixes.add("game " + game + " { profile { keeps_after_logout { memory = " + most + "% } } }");
    }
  }

  private String game(int item) {
    return demand.zone(model.occupants.get(item).group()).body().game();
  }

  private void perHost(List<String> fixes) {
    long most =
        largest(
            Math.min(model.problem.perHost(), load.members().size()),
            wave ->
                HostTrial.holds(
                    model.problem,
                    load.machine(),
                    (int) wave,
                    load.members().stream().map(this::own).toList()));
    if (most > 0 && most < model.problem.perHost()) {
      fixes.add("waves { per_host = " + most + " }");
    }
  }

  /// Another host for the culprit, when the rest then holds.
  private void move(List<String> fixes) {
    List<Integer> rest = load.members().stream().filter(i -> i != load.culprit()).toList();
    boolean restHolds =
        HostTrial.holds(
            model.problem,
            load.machine(),
            model.problem.perHost(),
            rest.stream().map(this::own).toList());
    for (int host = 0; othersKnown && restHolds && host < model.hosts; host++) {
      boolean other = !model.machines.get(host).name().equals(load.machine().name());
      if (other && model.acceptsNew(host) && packing.fits(load.culprit(), host)) {
        fixes.add(model.name(load.culprit()) + " on host " + model.machines.get(host).name());
        return;
      }
    }
  }

  /// Whether the host holds with other demands, and in pools of a usual size everything else too:
  /// a change that only moves the error to the loss of a host is no fix.
  private boolean holds(IntFunction<Demand> changed) {
    boolean host =
        HostTrial.holds(
            model.problem,
            load.machine(),
            model.problem.perHost(),
            load.members().stream()
                .map(item -> Objects.requireNonNull(changed.apply(item)))
                .toList());
    return host && (model.items > RECHECKED || poolHolds(changed));
  }

  private boolean poolHolds(IntFunction<Demand> changed) {
    List<Occupant> occupants = new ArrayList<>();
    for (int item = 0; item < model.items; item++) {
      Occupant old = model.occupants.get(item);
      Demand demand = Objects.requireNonNull(changed.apply(item));
      occupants.add(new Occupant(old.group(), old.ordinal(), demand, old.previous(), old.live()));
    }
    return PlacementSearch.solve(model.problem.withOccupants(occupants)) instanceof Verdict.Holds;
  }

  private Demand own(int item) {
    return model.occupants.get(item).demand();
  }
}
