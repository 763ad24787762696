package io.gops.capacity;

import java.math.BigInteger;

/// A use as an exact share of what there is.
///
/// @param used not negative
/// @param available positive
public record Fill(long used, long available) implements Comparable<Fill> {
  public static final Fill EMPTY = new Fill(0, 1);

  @Override
  public int compareTo(Fill other) {
    return BigInteger.valueOf(used)
        .multiply(BigInteger.valueOf(other.available))
        .compareTo(BigInteger.valueOf(other.used).multiply(BigInteger.valueOf(available)));
  }

  /// The larger of the two.
  public Fill max(Fill other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /// Tenths of a percent, rounded up: a fill is never understated.
  public long permille() {
    BigInteger[] parts =
        BigInteger.valueOf(used)
            .multiply(BigInteger.valueOf(1000))
            .divideAndRemainder(BigInteger.valueOf(available));
    return parts[0].longValueExact() + parts[1].signum();
  }

  /// `87.1 %`.
  @Override
  public String toString() {
    return permille() / 10 + "." + permille() % 10 + " %";
  }
}
