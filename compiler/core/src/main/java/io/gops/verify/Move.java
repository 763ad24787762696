package io.gops.verify;

import io.gops.capacity.Demand;
import io.gops.fleet.Curve;
import io.gops.fleet.Pair;
import io.gops.fleet.Percent;
import io.gops.fleet.Profile;
import io.gops.fleet.Resource;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// One resource during a move, with arithmetic of its own: uses are sampled at instants.
record Move(Profile from, Profile to, Resource resource, long players) {
  /// Shares of the players that have moved, in percent.
  private static final int[] INSTANTS = {0, 1, 25, 50, 75, 99, 100};

  Optional<String> missed(Demand demand, Pair.Standby standby) {
    boolean warm = standby == Pair.Standby.WARM;
    if (resource == Resource.PODS) {
      return pods(demand, warm ? 2 : 1, 2);
    }
    long idle = warm ? Math.max(use(to, 0), use(from, 0)) : 0;
    long quiet = Math.max(live(from), live(to)) + idle;
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
      if (either(gone) > worst) {
        return Optional.of(resource.word() + " with " + gone + " of " + players + " moved");
      }
    }
    return requests(demand, warm);
  }

  /// Most at any sampled instant, in both directions; both pods run then.
  long most() {
    return resource == Resource.PODS
        ? 2
        : instants().stream().mapToLong(this::either).max().orElse(0);
  }

  private long either(long gone) {
    return Math.max(moved(from, to, gone), moved(to, from, gone));
  }

  /// Use while nobody moves.
  ///
  /// @param idle what the side without players has
  long quiet(Profile side, Profile idle, boolean warm) {
    if (resource == Resource.PODS) {
      return warm ? 2 : 1;
    }
    return live(side) + (warm ? use(idle, 0) : 0);
  }

  /// What both sides ask the scheduler for while both run.
  long bothRequests() {
    return isRequested() ? live(from) + live(to) : 0;
  }

  /// What is asked for while nobody moves.
  long quietRequests(Profile side, Profile idle, boolean warm) {
    return isRequested() ? live(side) + (warm ? live(idle) : 0) : 0;
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
