package io.gops.capacity;

import io.gops.fleet.Amounts;
import io.gops.fleet.Curve;
import io.gops.fleet.Pair;
import io.gops.fleet.Percent;
import io.gops.fleet.Profile;
import io.gops.fleet.Resource;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/// Reduces the life of a group to the amounts that decide whether its host holds.
///
/// Each use is a broken line in the number of players that have moved, so its maximum over a move
/// is at an end or at a point of one of the profiles. Players who have logged out leave the share
/// `keeps_after_logout` behind until the process restarts, on whichever side they were; therefore
/// the ends are "all moved, old side not restarted" and, for a move that is undone, "all back, new
/// side not restarted", and in between both sides keep what their players left behind.
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
    Amounts idleFrom = live(from, 0);
    Amounts idleTo = live(to, 0);
    Amounts spike = spike(from, to, players);

    // The idle side has the other version during the release and the same one before and after it.
    Amounts live = liveFrom.max(liveTo);
    Amounts steady =
        (warm ? live.plus(idleFrom.max(idleTo)) : live).with(Resource.PODS, warm ? 2 : 1);
    Amounts started = liveFrom.plus(idleTo).plus(spike).with(Resource.PODS, 2);
    Amounts worst = steady.max(started);
    for (long moved : turns(from, to, players)) {
      worst = worst.max(during(from, to, players, moved));
    }

    Amounts requestFrom = requested(liveFrom);
    Amounts requestTo = requested(liveTo);
    Amounts bothRequests = requestFrom.plus(requestTo);
    Amounts larger = requestFrom.max(requestTo);
    Amounts steadyRequests = warm ? larger.plus(larger) : larger;
    return new Demand(
        new Demand.Course(steady, started, worst),
        reload(steady, from.reload().max(to.reload())),
        new Demand.Course(steadyRequests, bothRequests, bothRequests.max(steadyRequests)),
        steady.plus(storm(from).max(storm(to))),
        steadyRequests);
  }

  /// What one release does to a pair: before it both sides have what they have, after it both have
  /// the new version.
  ///
  /// @param from the side that is live before the release
  /// @param idle the other side before the release
  /// @param to the version that both have after it
  static Passage passage(
      Profile from, Profile idle, Profile to, Pair.Standby standby, long players) {
    boolean warm = standby == Pair.Standby.WARM;
    Demand move = pair(from, to, standby, players);
    int pods = warm ? 2 : 1;
    return new Passage(
        new Passage.Phases(
            quiet(from, idle, warm, players).with(Resource.PODS, pods),
            move.cutOver().started(),
            move.cutOver().worst(),
            quiet(to, to, warm, players).with(Resource.PODS, pods)),
        new Passage.Phases(
            quietRequests(from, idle, warm, players),
            move.requests().started(),
            move.requests().worst(),
            quietRequests(to, to, warm, players)));
  }

  private static Amounts quiet(Profile live, Profile idle, boolean warm, long players) {
    return warm ? live(live, players).plus(live(idle, 0)) : live(live, players);
  }

  private static Amounts quietRequests(Profile live, Profile idle, boolean warm, long players) {
    Amounts requested = requested(live(live, players));
    return warm ? requested.plus(requested(live(idle, players))) : requested;
  }

  /// Use of a running side with so many players online; with all of them also its request.
  public static Amounts live(Profile profile, long players) {
    Amounts result = profile.base().plus(profile.perPlayer().times(players));
    for (Map.Entry<Resource, Curve> measured : profile.byPlayers().entrySet()) {
      result = result.with(measured.getKey(), measured.getValue().at(players));
    }
    return result;
  }

  /// Use of both sides when some players have moved, and every player may have been on either side
  /// before.
  ///
  /// @param moved players on the new side
  static Amounts during(Profile from, Profile to, long players, long moved) {
    return side(from, players, players - moved)
        .plus(side(to, players, moved))
        .plus(spike(from, to, players));
  }

  /// What sessions that count twice and logins add while players move.
  private static Amounts spike(Profile from, Profile to, long players) {
    return overlap(from, to, players).plus(storm(from).max(storm(to)));
  }

  /// Use of a side that had `most` players and has `now`.
  private static Amounts side(Profile profile, long most, long now) {
    Amounts there = live(profile, now);
    Amounts full = live(profile, most);
    Amounts result = there;
    for (Resource resource : full.resources()) {
      long left = full.get(resource) - there.get(resource);
      if (left > 0) {
        long kept = keeps(profile, resource).ofCeil(left);
        result = result.with(resource, Math.addExact(there.get(resource), kept));
      }
    }
    return result;
  }

  /// The numbers of moved players between which every use is a straight line.
  private static NavigableSet<Long> turns(Profile from, Profile to, long players) {
    NavigableSet<Long> turns = new TreeSet<>(List.of(0L, players));
    for (Curve curve : to.byPlayers().values()) {
      curve.points().forEach(point -> turns.add(Math.min(players, point.players())));
    }
    for (Curve curve : from.byPlayers().values()) {
      curve.points().forEach(point -> turns.add(Math.max(0, players - point.players())));
    }
    return turns;
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

  /// What sessions that count on both sides add, wherever the players are.
  private static Amounts overlap(Profile from, Profile to, long players) {
    Percent share = from.overlap().compareTo(to.overlap()) >= 0 ? from.overlap() : to.overlap();
    Amounts result = Amounts.NONE;
    for (Profile side : List.of(from, to)) {
      Amounts linear = side.perPlayer().times(players);
      Amounts more = Amounts.NONE;
      for (Resource resource : linear.resources()) {
        more = more.with(resource, share.ofCeil(linear.get(resource)));
      }
      for (Map.Entry<Resource, Curve> measured : side.byPlayers().entrySet()) {
        long twice = share.ofCeil(players);
        more = more.with(measured.getKey(), steepest(measured.getValue(), players, twice));
      }
      result = result.max(more);
    }
    return result;
  }

  /// Most that some players add to those that are there already, all together at most `players`.
  private static long steepest(Curve curve, long players, long more) {
    long most = curve.at(more) - curve.base();
    for (Curve.Point point : curve.points()) {
      for (long before : new long[] {point.players(), point.players() - more, players - more}) {
        if (before >= 0 && before + more <= players) {
          most = Math.max(most, curve.at(before + more) - curve.at(before));
        }
      }
    }
    return most;
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
        case EGRESS, PACKETS, CONNECTIONS, PODS, PORTS, ADDRESSES -> {}
      }
    }
    return result;
  }
}
