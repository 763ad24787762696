package io.gops.plan;

/// How many players a part of a plan concerns.
///
/// @param moved who change from one side to the other; at most, because it is what the login gate
///     admits
/// @param kickedP50 who are expected to be disconnected
/// @param kickedP95 who are disconnected at most, by the slower reading of the measured drain
public record Players(long moved, long kickedP50, long kickedP95) {
  public static final Players NONE = new Players(0, 0, 0);

  public Players plus(Players other) {
    return new Players(
        Math.addExact(moved, other.moved),
        Math.addExact(kickedP50, other.kickedP50),
        Math.addExact(kickedP95, other.kickedP95));
  }
}
