package io.gops.plan;

import io.gops.fleet.Window;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// In which openings of its window a plan carries out its waves, when each step takes its longest
/// time and the first one starts as the window opens.
///
/// A compile knows no date, so nights are counted and an hour that is skipped or repeated in spring
/// and autumn is not seen. The runner looks at the clock.
public final class Nights {
  private static final int WEEK = 7;

  private final SortedMap<Integer, Span> waves = new TreeMap<>();
  private final Duration open;
  private final List<DayOfWeek> days;
  private int night = 1;
  private Duration opened = Duration.ZERO;

  private Nights(Window window) {
    this.open = window.length();
    this.days = window.days().stream().sorted().toList();
  }

  /// Numbers from 1.
  public record Span(int first, int last) {
    /// `2` or `2-3`.
    public String words() {
      return first == last ? Integer.toString(first) : first + "-" + last;
    }
  }

  /// Absent when the plan may run at any hour.
  public static Optional<Nights> of(Plan plan) {
    return plan.window()
        .map(
            window -> {
              Nights nights = new Nights(window);
              nights.carryOut(plan.steps());
              return nights;
            });
  }

  /// Nights that are needed.
  public int count() {
    return night;
  }

  /// The nights in which a wave does something.
  public Span of(int wave) {
    return Objects.requireNonNullElse(waves.get(wave), new Span(1, 1));
  }

  private void carryOut(List<Step> steps) {
    Duration now = Duration.ZERO;
    for (Step step : steps) {
      Duration longest = step.duration().p95();
      if (WaveTime.acts(step.kind())) {
        now = begin(now, longest);
        waves.merge(
            step.wave(), new Span(night, night), (old, own) -> new Span(old.first(), own.last()));
      }
      now = now.plus(longest);
    }
  }

  /// When a step may begin. One that is longer than the window begins with it.
  private Duration begin(Duration now, Duration longest) {
    while (now.plus(longest).compareTo(opened.plus(open)) > 0 && now.compareTo(opened) > 0) {
      opened = opened.plus(toNextOpening());
      night++;
      if (now.compareTo(opened) < 0) {
        return opened;
      }
    }
    return now;
  }

  private Duration toNextOpening() {
    if (days.isEmpty()) {
      return Duration.ofDays(1);
    }
    int at = (night - 1) % days.size();
    int from = days.get(at).getValue();
    int to = days.get((at + 1) % days.size()).getValue();
    return Duration.ofDays(to > from ? to - from : to - from + WEEK);
  }
}
