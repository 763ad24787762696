package io.gops.fleet;

import io.gops.source.Origins;
import java.util.Map;

/// What a server of a role uses; what the capacity proof rests on.
///
/// @param base with nobody online
/// @param perPlayer for each player
/// @param byPlayers what was measured at some numbers of players, base included; a resource that
///     has points has neither a base nor a per-player use
/// @param keepsAfterLogout share of the per-player part that is not given back until the
///     process restarts
/// @param login extra use of one login per second
/// @param loginsPerSecond what the login queue lets through, 0 when logins cost nothing
/// @param overlap share of sessions that are counted on both sides at once
/// @param reload extra use while the engine loads new scripts
/// @param backbone what passes through a backbone gateway
public record Profile(
    Amounts base,
    Amounts perPlayer,
    Map<Resource, Curve> byPlayers,
    Map<Resource, Percent> keepsAfterLogout,
    Amounts login,
    long loginsPerSecond,
    Percent overlap,
    Amounts reload,
    Traffic backbone,
    Origins origins) {
  /// What a server sends and receives some way, with nobody online and for each player.
  public record Traffic(Amounts base, Amounts perPlayer) {
    public static final Traffic NONE = new Traffic(Amounts.NONE, Amounts.NONE);
  }

  public static final Profile NONE =
      new Profile(
          Amounts.NONE,
          Amounts.NONE,
          Map.of(),
          Map.of(),
          Amounts.NONE,
          0,
          Percent.ZERO,
          Amounts.NONE,
          Traffic.NONE,
          Origins.NONE);

  public Profile {
    byPlayers = Map.copyOf(byPlayers);
    keepsAfterLogout = Map.copyOf(keepsAfterLogout);
  }

  /// The same profile with other needs of each player.
  public Profile withPerPlayer(Amounts amounts) {
    return with(amounts, byPlayers, keepsAfterLogout);
  }

  /// The same profile with other measured points.
  public Profile withByPlayers(Map<Resource, Curve> curves) {
    return with(perPlayer, curves, keepsAfterLogout);
  }

  /// The same profile with other shares that stay after logout.
  public Profile keepingAfterLogout(Map<Resource, Percent> shares) {
    return with(perPlayer, byPlayers, shares);
  }

  private Profile with(
      Amounts amounts, Map<Resource, Curve> curves, Map<Resource, Percent> shares) {
    return new Profile(
        base, amounts, curves, shares, login, loginsPerSecond, overlap, reload, backbone, origins);
  }

  /// The part of it that a backbone gateway sees.
  public Profile onBackbone() {
    return new Profile(
        backbone.base(),
        backbone.perPlayer(),
        Map.of(),
        keepsAfterLogout,
        Amounts.NONE,
        0,
        overlap,
        Amounts.NONE,
        backbone,
        origins);
  }

  /// Whether nothing was said about what a server uses.
  public boolean isUnknown() {
    return base.equals(Amounts.NONE) && perPlayer.equals(Amounts.NONE) && byPlayers.isEmpty();
  }

  /// Whether players use any of a resource.
  public boolean growsWithPlayers(Resource resource) {
    Curve curve = byPlayers.get(resource);
    return perPlayer.get(resource) > 0
        || (curve != null && curve.points().getLast().amount() > curve.base());
  }
}
