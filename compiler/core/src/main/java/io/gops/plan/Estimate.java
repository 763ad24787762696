package io.gops.plan;

import java.time.Duration;

/// How long something takes.
///
/// @param p50 expected
/// @param p95 rarely more
public record Estimate(Duration p50, Duration p95) {
  public static final Estimate NONE = new Estimate(Duration.ZERO, Duration.ZERO);

  public static Estimate exactly(Duration time) {
    return new Estimate(time, time);
  }

  public static Estimate seconds(long p50, long p95) {
    return new Estimate(Duration.ofSeconds(p50), Duration.ofSeconds(p95));
  }

  public Estimate plus(Estimate other) {
    return new Estimate(p50.plus(other.p50), p95.plus(other.p95));
  }
}
