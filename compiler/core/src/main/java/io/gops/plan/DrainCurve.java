package io.gops.plan;

import io.gops.fleet.Percent;
import io.gops.fleet.Release;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The share of players still on the old side as time passes, from measured points.
///
/// A half-life would be the wrong model: sessions of games fit a Weibull distribution with a shape
/// below 1 (Chambers et al., "Measurement-based characterization of a collection of on-line games",
/// IMC 2005), so the last tenth stays far longer than an exponential says.
public final class DrainCurve {
  private final List<Release.Drain.Remaining> points;

  public DrainCurve(Release.Drain drain) {
    this.points = drain.remaining();
  }

  /// The first pair of points that does not fall; the curve starts with everybody at time 0.
  public Optional<Rise> rise() {
    Release.Drain.Remaining before = new Release.Drain.Remaining(Duration.ZERO, Percent.ALL);
    for (Release.Drain.Remaining point : points) {
      boolean backwards = point.after().compareTo(before.after()) < 0;
      if (backwards || point.share().compareTo(before.share()) > 0) {
        return Optional.of(new Rise(before, point));
      }
      before = point;
    }
    return Optional.empty();
  }

  /// Two neighbouring points in the wrong order.
  public record Rise(Release.Drain.Remaining before, Release.Drain.Remaining after) {}

  /// Share expected after a time: the straight line between the points around it.
  public Percent expected(Duration after) {
    Release.Drain.Remaining before = new Release.Drain.Remaining(Duration.ZERO, Percent.ALL);
    for (Release.Drain.Remaining point : points) {
      if (point.after().compareTo(after) > 0) {
        long span = point.after().minus(before.after()).toMillis();
        long into = after.minus(before.after()).toMillis();
        long fall = before.share().basisPoints() - point.share().basisPoints();
        return new Percent(before.share().basisPoints() - Math.floorDiv(fall * into, span));
      }
      before = point;
    }
    return before.share();
  }

  /// When a share has been measured that is no larger.
  public Optional<Duration> firstAtMost(Percent share) {
    return points.stream()
        .filter(point -> point.share().compareTo(share) <= 0)
        .map(Release.Drain.Remaining::after)
        .findFirst();
  }

  /// Share after a time at most: that of the last point measured until then.
  public Percent atMost(Duration after) {
    Percent share = Percent.ALL;
    for (Release.Drain.Remaining point : points) {
      if (point.after().compareTo(after) <= 0) {
        share = point.share();
      }
    }
    return share;
  }
}
