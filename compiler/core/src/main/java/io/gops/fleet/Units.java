package io.gops.fleet;

import java.time.Duration;

/// Prints exact amounts in canonical units: the largest unit that leaves a whole number.
public final class Units {
  private Units() {}

  /// @param millicores thousandths of a core
  public static String cpu(long millicores) {
    return millicores % 1000 == 0 ? millicores / 1000 + "cores" : millicores + "mcores";
  }

  /// @param bytes a number of bytes
  public static String memory(long bytes) {
    return scaled(bytes, 1024, "B", "Ki", "Mi", "Gi", "Ti", "Pi");
  }

  /// @param bitsPerSecond a rate
  public static String bandwidth(long bitsPerSecond) {
    return scaled(bitsPerSecond, 1000, "bps", "kbps", "Mbps", "Gbps", "Tbps");
  }

  /// @param packetsPerSecond a rate
  public static String packets(long packetsPerSecond) {
    return scaled(packetsPerSecond, 1000, "pps", "kpps", "Mpps");
  }

  /// @param duration not negative, whole milliseconds
  public static String duration(Duration duration) {
    long millis = duration.toMillis();
    if (millis == 0) {
      return "0s";
    }
    if (millis % 86_400_000 == 0) {
      return millis / 86_400_000 + "d";
    }
    if (millis % 3_600_000 == 0) {
      return millis / 3_600_000 + "h";
    }
    if (millis % 60_000 == 0) {
      return millis / 60_000 + "min";
    }
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }

  private static String scaled(long amount, long step, String... units) {
    long rest = amount;
    int unit = 0;
    while (rest != 0 && rest % step == 0 && unit + 1 < units.length) {
      rest /= step;
      unit++;
    }
    return rest + units[unit];
  }
}
