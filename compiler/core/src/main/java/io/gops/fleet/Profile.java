package io.gops.fleet;

import io.gops.source.Origins;
import java.util.Map;

/// What a server of a role uses; what the capacity proof rests on.
///
/// @param base with nobody online
/// @param perPlayer for each player
/// @param keepsAfterLogout share of the per-player part that is not given back until the
///     process restarts
/// @param login extra use of one login per second
/// @param loginsPerSecond what the login queue lets through, 0 when logins cost nothing
/// @param overlap share of sessions that are counted on both sides at once
/// @param reload extra use while the engine loads new scripts
public record Profile(
    Amounts base,
    Amounts perPlayer,
    Map<Resource, Percent> keepsAfterLogout,
    Amounts login,
    long loginsPerSecond,
    Percent overlap,
    Amounts reload,
    Origins origins) {
  public static final Profile NONE =
      new Profile(
          Amounts.NONE,
          Amounts.NONE,
          Map.of(),
          Amounts.NONE,
          0,
          Percent.ZERO,
          Amounts.NONE,
          Origins.NONE);

  public Profile {
    keepsAfterLogout = Map.copyOf(keepsAfterLogout);
  }

  /// The same profile with other needs of each player.
  public Profile withPerPlayer(Amounts amounts) {
    return new Profile(
        base, amounts, keepsAfterLogout, login, loginsPerSecond, overlap, reload, origins);
  }

  /// The same profile with other shares that stay after logout.
  public Profile keepingAfterLogout(Map<Resource, Percent> shares) {
    return new Profile(base, perPlayer, shares, login, loginsPerSecond, overlap, reload, origins);
  }
}
