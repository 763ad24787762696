package io.gops.network.flow;

/// Drops what passes beyond a rate. Open vSwitch has no other band that drops, and counts in
/// kilobits (ovs-ofctl(8), METER TABLE COMMANDS).
///
/// @param id 1 to 262,144, the most that a switch has
/// @param kbps the rate, in 1,000 bits per second
/// @param declaration who or what is limited
public record FlowMeter(long id, long kbps, Declaration declaration) {
  /// Ids that every switch has.
  public static final long LAST = 1 << 18;

  /// Kilobits that may pass at once: a tenth of a second of the rate, and at least ten large
  /// packets.
  public long burst() {
    return Math.max(128, kbps / 10);
  }
}
