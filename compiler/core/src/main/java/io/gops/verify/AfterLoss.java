package io.gops.verify;

import io.gops.capacity.Demand;
import io.gops.capacity.Impossibility;
import io.gops.capacity.Machine;
import io.gops.capacity.Moment;
import io.gops.capacity.Occupant;
import io.gops.capacity.Passage;
import io.gops.fleet.Amounts;
import io.gops.fleet.Host;
import io.gops.fleet.Resource;
import java.util.Optional;

/// What is known of a pool after one of its hosts is lost, whatever the placement was: a group that
/// was on the lost host needs what it needs after a restart; one that may have been anywhere needs
/// at least the smaller of that and its steady use; one that is settled elsewhere is as it was.
final class AfterLoss {
  private final Impossibility claim;
  private final Machine lost;

  private AfterLoss(Impossibility claim, Machine lost) {
    this.claim = claim;
    this.lost = lost;
  }

  /// @return absent when the pool need not survive a loss, or has no such host that runs
  static Optional<AfterLoss> of(Impossibility claim) {
    return claim.question().machines().stream()
        .filter(machine -> claim.lost().filter(machine.name()::equals).isPresent())
        .filter(machine -> machine.state() != Host.State.FAILED)
        .filter(_ -> claim.question().survive() > 0 && claim.closed().isEmpty())
        .findFirst()
        .map(machine -> new AfterLoss(claim, machine));
  }

  Occupant restarted(Occupant old) {
    return with(old, old.demand().cold(), old.demand().cold(), old.demand().coldRequests());
  }

  Occupant anywhere(Occupant old) {
    Demand demand = old.demand();
    return with(
        old,
        least(quiet(demand, Moment.CUT_OVER), demand.cold()),
        least(quiet(demand, Moment.RELOAD), demand.cold()),
        least(quiet(demand, Moment.REQUESTS), demand.coldRequests()));
  }

  /// Least that a group needs on either side of every release.
  private static Amounts quiet(Demand demand, Moment moment) {
    Amounts least = demand.at(moment).steady();
    for (Passage passage : demand.passages().values()) {
      Passage.Phases phases = passage.at(moment);
      least = least(least, least(phases.before(), phases.after()));
    }
    return least;
  }

  /// Whether a host may take groups.
  ///
  /// @param onlyRestarted whether all that look for one were on the lost host: they go to another
  ///     rack, when there are several
  boolean isOpen(Machine machine, boolean onlyRestarted) {
    boolean severalRacks =
        claim.question().machines().stream().map(Machine::rack).distinct().count() > 1;
    boolean sameRack = severalRacks && onlyRestarted && machine.rack().equals(lost.rack());
    return machine.state() == Host.State.ACTIVE && !machine.equals(lost) && !sameRack;
  }

  private static Occupant with(Occupant old, Amounts use, Amounts reload, Amounts requests) {
    Demand demand = new Demand(constant(use), constant(reload), constant(requests), use, requests);
    return old.with(demand).at(Optional.empty(), false);
  }

  private static Demand.Course constant(Amounts amounts) {
    return new Demand.Course(amounts, amounts, amounts);
  }

  private static Amounts least(Amounts one, Amounts two) {
    Amounts least = Amounts.NONE;
    for (Resource resource : Resource.values()) {
      if (one.has(resource) && two.has(resource)) {
        least = least.with(resource, Math.min(one.get(resource), two.get(resource)));
      }
    }
    return least;
  }
}
