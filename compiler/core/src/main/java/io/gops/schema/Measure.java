package io.gops.schema;

import io.gops.fleet.Percent;
import io.gops.fleet.Units;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What a quantity measures, with its units. Amounts are whole numbers of the base unit.
public enum Measure {
  /// Base unit: one byte.
  MEMORY("an amount of memory", "6Gi"),
  /// Base unit: a thousandth of a core.
  CPU("an amount of CPU", "2cores"),
  /// Base unit: one bit per second.
  BANDWIDTH("a bandwidth", "10Gbps"),
  /// Base unit: one packet per second.
  PACKETS("a packet rate", "800kpps"),
  /// Base unit: one per second.
  RATE("a rate", "200/s"),
  /// Base unit: one millisecond.
  DURATION("a duration", "30min"),
  /// Base unit: a hundredth of a percent.
  SHARE("a share", "25%");

  private final String phrase;
  private final String example;

  Measure(String phrase, String example) {
    this.phrase = phrase;
    this.example = example;
  }

  /// A unit of a measure.
  ///
  /// @param suffix as written behind the number
  /// @param size in base units
  public record Unit(String suffix, long size) {}

  private static Unit unit(String suffix, long size) {
    return new Unit(suffix, size);
  }

  /// The measure that has a unit of that spelling.
  public static Optional<Measure> ofUnit(String suffix) {
    return Arrays.stream(values()).filter(m -> m.unit(suffix).isPresent()).findFirst();
  }

  /// The unit of that spelling.
  public Optional<Unit> unit(String suffix) {
    return units().stream().filter(u -> u.suffix().equals(suffix)).findFirst();
  }

  /// All units, smallest first.
  public List<Unit> units() {
    return switch (this) {
      case MEMORY ->
          List.of(
              unit("B", 1),
              unit("Ki", 1L << 10),
              unit("Mi", 1L << 20),
              unit("Gi", 1L << 30),
              unit("Ti", 1L << 40),
              unit("Pi", 1L << 50));
      case CPU -> List.of(unit("mcores", 1), unit("cores", 1000));
      case BANDWIDTH ->
          List.of(
              unit("bps", 1),
              unit("kbps", 1000),
              unit("Mbps", 1_000_000),
              unit("Gbps", 1_000_000_000),
              unit("Tbps", 1_000_000_000_000L));
      case PACKETS -> List.of(unit("pps", 1), unit("kpps", 1000), unit("Mpps", 1_000_000));
      case RATE -> List.of(unit("/s", 1));
      case DURATION ->
          List.of(
              unit("ms", 1),
              unit("s", 1000),
              unit("min", 60_000),
              unit("h", 3_600_000),
              unit("d", 86_400_000));
      case SHARE -> List.of(unit("%", 100));
    };
  }

  /// The units that a number without a unit probably meant.
  public List<String> usualUnits() {
    return switch (this) {
      case MEMORY -> List.of("Mi", "Gi");
      case CPU -> List.of("mcores", "cores");
      case BANDWIDTH -> List.of("Mbps", "Gbps");
      case PACKETS -> List.of("pps", "kpps");
      case RATE -> List.of("/s");
      case DURATION -> List.of("ms", "s", "min");
      case SHARE -> List.of("%");
    };
  }

  /// What it is called in a sentence: `an amount of memory`, `a duration`.
  public String phrase() {
    return phrase;
  }

  /// A value as people write it.
  public String example() {
    return example;
  }

  /// An amount in its canonical unit.
  ///
  /// @param amount in base units
  public String print(long amount) {
    return switch (this) {
      case MEMORY -> Units.memory(amount);
      case CPU -> Units.cpu(amount);
      case BANDWIDTH -> Units.bandwidth(amount);
      case PACKETS -> Units.packets(amount);
      case RATE -> amount + "/s";
      case DURATION -> Units.duration(Duration.ofMillis(amount));
      case SHARE -> new Percent(amount).toString();
    };
  }
}
