package io.gops.fleet;

import java.math.BigInteger;
import java.util.List;

/// A use that was measured at some numbers of players, and is a straight line between two of them.
///
/// @param points the first with nobody online; players rise, amounts do not fall
public record Curve(List<Point> points) {
  /// What was measured with a number of players online.
  public record Point(long players, long amount) {}

  public Curve {
    points = List.copyOf(points);
  }

  /// Most players that were measured.
  public long mostPlayers() {
    return points.getLast().players();
  }

  /// The use with nobody online.
  public long base() {
    return points.getFirst().amount();
  }

  /// The use with so many players, rounded up to a base unit. Behind the last point the last line
  /// goes on.
  public long at(long players) {
    int end = 1;
    while (end < points.size() - 1 && points.get(end).players() < players) {
      end++;
    }
    return points.size() == 1 ? base() : between(points.get(end - 1), points.get(end), players);
  }

  private static long between(Point a, Point b, long players) {
    BigInteger rise =
        BigInteger.valueOf(b.amount() - a.amount())
            .multiply(BigInteger.valueOf(players - a.players()));
    BigInteger[] parts = rise.divideAndRemainder(BigInteger.valueOf(b.players() - a.players()));
    return Math.addExact(a.amount(), parts[0].longValueExact() + parts[1].signum());
  }
}
