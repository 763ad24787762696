package io.gops.capacity;

import io.gops.fleet.Amounts;
import io.gops.fleet.Pair;
import io.gops.fleet.Percent;
import io.gops.fleet.Profile;
import io.gops.fleet.Resource;

/// Reduces the life of a group to the amounts that decide whether its host holds.
///
/// Each use is affine in the share `x` of players that have moved, so its maximum over a move is at
/// an end. Players who have logged out leave the share `keeps_after_logout` behind until the
/// process restarts, on whichever side they were; therefore the ends are "all moved, old side not
/// restarted" and, for a move that is undone, "all back, new side not restarted".
public final class CutOver {
  private CutOver() {}

  /// The demand of one server without a partner.
  ///
  /// @param players most that it admits
  public static Demand single(Profile profile, long players) {
    Amounts live = live(profile, players).with(Resource.PODS, 1);
    Amounts cold = live.plus(storm(profile));
    Amounts requests = requested(live);
    return new Demand(
        Demand.Course.constant(live),
        reload(live, profile.reload()),
        Demand.Course.constant(requests),
        cold,
        requests);
  }

  /// The demand of a pair while players move from one side to the other, or back.
  ///
  /// @param from the side that is live before the move
  /// @param to the side that is live after it
  /// @param players most that the zone admits, on both sides together
  public static Demand pair(Profile from, Profile to, Pair.Standby standby, long players) {
    boolean warm = standby == Pair.Standby.WARM;
    Amounts liveFrom = live(from, players);
    Amounts liveTo = live(to, players);
    Amounts both = from.base().plus(to.base());
    Amounts spike = overlap(from, to, players).plus(storm(from).max(storm(to)));

    Amounts steady =
        (warm ? liveFrom.plus(to.base()).max(liveTo.plus(from.base())) : liveFrom.max(liveTo))
            .with(Resource.PODS, warm ? 2 : 1);
    Amounts started = both.plus(online(from, players)).plus(spike).with(Resource.PODS, 2);
    Amounts moved = both.plus(left(from, players)).plus(online(to, players)).plus(spike);
    Amounts undone = both.plus(left(to, players)).plus(online(from, players)).plus(spike);
    Amounts worst = steady.max(started).max(moved).max(undone);

    Amounts requestFrom = requested(liveFrom);
    Amounts requestTo = requested(liveTo);
    Amounts bothRequests = requestFrom.plus(requestTo);
    Amounts steadyRequests = warm ? bothRequests : requestFrom.max(requestTo);
    return new Demand(
        new Demand.Course(steady, started, worst),
        reload(steady, from.reload().max(to.reload())),
        new Demand.Course(steadyRequests, bothRequests, bothRequests),
        steady.plus(storm(from).max(storm(to))),
        steadyRequests);
  }

  /// Use of a running side with everybody online; also its request.
  public static Amounts live(Profile profile, long players) {
    return profile.base().plus(online(profile, players));
  }

  /// Most that one side uses at any instant: also sessions counted twice, logins and a reload.
  public static Amounts sideMaximum(Profile profile, long players) {
    return live(profile, players)
        .plus(overlap(profile, profile, players))
        .plus(storm(profile))
        .plus(profile.reload());
  }

  /// The share of the per-player use that stays after logout. Memory and tracked connections stay
  /// in full unless the profile says otherwise: the allocators that were measured kept 100 % of the
  /// heap, and connection tracking keeps closed sessions for minutes.
  static Percent keeps(Profile profile, Resource resource) {
    boolean sticky = resource == Resource.MEMORY || resource == Resource.CONNECTIONS;
    return profile.keepsAfterLogout().getOrDefault(resource, sticky ? Percent.ALL : Percent.ZERO);
  }

  private static Demand.Course reload(Amounts steady, Amounts extra) {
    return new Demand.Course(steady, steady, steady.plus(extra));
  }

  private static Amounts online(Profile profile, long players) {
    return profile.perPlayer().times(players);
  }

  private static Amounts left(Profile profile, long players) {
    Amounts left = Amounts.NONE;
    Amounts online = online(profile, players);
    for (Resource resource : online.resources()) {
      left = left.with(resource, keeps(profile, resource).ofCeil(online.get(resource)));
    }
    return left;
  }

  private static Amounts overlap(Profile from, Profile to, long players) {
    Percent share = from.overlap().compareTo(to.overlap()) >= 0 ? from.overlap() : to.overlap();
    Amounts online = online(from, players).max(online(to, players));
    Amounts result = Amounts.NONE;
    for (Resource resource : online.resources()) {
      result = result.with(resource, share.ofCeil(online.get(resource)));
    }
    return result;
  }

  private static Amounts storm(Profile profile) {
    return profile.login().times(profile.loginsPerSecond());
  }

  /// The scheduler counts processor, memory and local disk; pods are counted by use.
  private static Amounts requested(Amounts live) {
    Amounts result = Amounts.NONE;
    for (Resource resource : live.resources()) {
      switch (resource) {
        case CPU, MEMORY, DISK -> result = result.with(resource, live.get(resource));
        case EGRESS, PACKETS, CONNECTIONS, PODS -> {}
      }
    }
    return result;
  }
}
