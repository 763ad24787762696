package io.gops.fleet;

import java.math.BigDecimal;

/// A share, exact to a hundredth of a percent.
///
/// @param basisPoints 10,000 are 100 %
public record Percent(long basisPoints) implements Comparable<Percent> {
  public static final Percent ZERO = new Percent(0);
  public static final Percent ALL = new Percent(10_000);

  /// This share of an amount, rounded up: a demand is never understated.
  public long ofCeil(long amount) {
    return Math.ceilDiv(Math.multiplyExact(amount, basisPoints), 10_000);
  }

  /// This share of an amount, rounded down: a capacity is never overstated.
  public long ofFloor(long amount) {
    return Math.floorDiv(Math.multiplyExact(amount, basisPoints), 10_000);
  }

  @Override
  public int compareTo(Percent other) {
    return Long.compare(basisPoints, other.basisPoints);
  }

  /// As the language writes it: `12.5%`.
  @Override
  public String toString() {
    return BigDecimal.valueOf(basisPoints, 2).stripTrailingZeros().toPlainString() + "%";
  }
}
