package io.gops.fleet;

import io.gops.source.Origins;

/// That a zone has an A and a B.
///
/// @param initial the side that runs a new zone
/// @param standby what the idle side does
/// @param switching how logins move to the other side
public record Pair(Side initial, Standby standby, Switch switching, Origins origins) {
  /// State of the idle side outside a release.
  public enum Standby {
    /// Scaled to 0.
    STOPPED,
    /// Runs with nobody online.
    WARM
  }

  /// The one way in which logins move.
  public enum Switch {
    /// A virtual address in the overlay whose bucket weights change.
    VIP,
    /// The zone directory names the live side.
    DIRECTORY
  }
}
