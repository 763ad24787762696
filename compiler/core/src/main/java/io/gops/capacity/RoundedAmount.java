package io.gops.capacity;

import io.gops.fleet.Resource;

/// Prints amounts for people: one decimal in the largest unit that is reached, rounded up, because
/// a shortage is never understated. `12.7Gi`, `1.5cores`, `830Mbps`.
public final class RoundedAmount {
  private RoundedAmount() {}

  /// The amount as people say it.
  ///
  /// @param amount not negative, in the resource's base unit
  public static String print(Resource resource, long amount) {
    return switch (resource) {
      case CPU -> scaled(amount, 1000, "mcores", "cores");
      case MEMORY, DISK -> scaled(amount, 1024, "B", "Ki", "Mi", "Gi", "Ti");
      case EGRESS -> scaled(amount, 1000, "bps", "kbps", "Mbps", "Gbps");
      case PACKETS -> scaled(amount, 1000, "pps", "kpps", "Mpps");
      case CONNECTIONS, PODS, PORTS, ADDRESSES -> Long.toString(amount);
    };
  }

  private static String scaled(long amount, long step, String... units) {
    long size = 1;
    int unit = 0;
    while (unit + 1 < units.length && amount / size >= step) {
      size *= step;
      unit++;
    }
    long tenths = 10 * (amount / size) + Math.ceilDiv(10 * (amount % size), size);
    return tenths % 10 == 0
        ? tenths / 10 + units[unit]
        : tenths / 10 + "." + tenths % 10 + units[unit];
  }
}
