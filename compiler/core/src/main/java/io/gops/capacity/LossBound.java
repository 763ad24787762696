package io.gops.capacity;

import io.gops.deployment.Group;
import io.gops.fleet.Host;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Cheap proofs that no placement at all survives the loss of some host.
///
/// After the loss every group is on another host: with its cold use when it was on the lost one, or
/// with no less than its steady use. So groups that may be placed anywhere need at least
/// the smaller of the two, groups that are settled need what they need, and a bound that excludes
/// every placement of those excludes that the loss is survived. Spares are open by then.
final class LossBound {
  private final PoolModel model;
  private final Homes homes;
  private final int lost;

  private LossBound(PoolModel model, Homes homes, int lost) {
    this.model = model;
    this.homes = homes;
    this.lost = lost;
  }

  /// The first loss of which it is shown that no placement survives it: of the host where the
  /// search failed, or of the largest one.
  static Optional<Impossibility> find(PoolModel model, int failed) {
    Homes homes = new Homes(model);
    Scales scales = new Scales(model);
    int largest =
        IntStream.range(0, model.hosts)
            .filter(model::acceptsNew)
            .boxed()
            .max(Comparator.comparingLong(host -> scales.room(model, host)))
            .orElse(failed);
    return new LossBound(model, homes, failed)
        .find()
        .or(() -> new LossBound(model, homes, largest).find());
  }

  private Optional<Impossibility> find() {
    PoolModel after = new PoolModel(after());
    Homes settled = new Homes(after);
    Packing start = new Packing(after);
    for (int item = 0; item < after.items; item++) {
      if (settled.fixed[item]) {
        start.place(item, settled.host[item]);
      }
    }
    int[] open = IntStream.range(0, after.hosts).filter(after::acceptsNew).toArray();
    return Bounds.find(after, new Scales(after), start, open)
        .map(
            bound ->
                ImpossibilityBuilder.ofLoss(model, model.machines.get(lost).name(), after, bound));
  }

  private PoolProblem after() {
    List<Occupant> occupants = new ArrayList<>();
    boolean onlyOrphans = true;
    for (int item = 0; item < model.items; item++) {
      Occupant old = model.occupants.get(item);
      boolean stays = homes.fixed[item] && homes.host[item] != lost;
      onlyOrphans &= homes.fixed[item];
      occupants.add(
          old.with(stays ? old.demand() : afterwards(old.demand(), homes.fixed[item]))
              .at(stays ? Optional.of(at(homes.host[item])) : Optional.empty(), stays));
    }
    return model
        .problem
        .withLosses(0, 0)
        .withMachines(machines(onlyOrphans))
        .withOccupants(occupants);
  }

  private Group.Placement at(int host) {
    return new Group.Placement(model.machines.get(host).name(), Optional.empty());
  }

  /// The lost host takes nothing, nor do others of its rack, when only its own groups look for a
  /// host: their failover hosts are in other racks, when there are any.
  private List<Machine> machines(boolean onlyOrphans) {
    String rack = model.machines.get(lost).rack();
    boolean severalRacks = model.machines.stream().anyMatch(m -> !m.rack().equals(rack));
    List<Machine> machines = new ArrayList<>();
    for (int host = 0; host < model.hosts; host++) {
      Machine m = model.machines.get(host);
      boolean shut =
          host == lost
              || (onlyOrphans
                  && severalRacks
                  && m.rack().equals(rack)
                  && m.state() == Host.State.ACTIVE);
      machines.add(
          shut
              ? new Machine(m.name(), m.rack(), m.allocatable(), m.usable(), Host.State.DRAINING)
              : m);
    }
    return machines;
  }

  private static Demand afterwards(Demand demand, boolean isOrphan) {
    return isOrphan
        ? demand.afterRestart()
        : new Demand(
            Demand.Course.constant(Demand.least(demand.quiet(Moment.CUT_OVER), demand.cold())),
            Demand.Course.constant(Demand.least(demand.quiet(Moment.RELOAD), demand.cold())),
            Demand.Course.constant(
                Demand.least(demand.quiet(Moment.REQUESTS), demand.coldRequests())),
            demand.cold(),
            demand.coldRequests());
  }
}
