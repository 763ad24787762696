package io.gops.plan;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Units;
import io.gops.fleet.Window;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Whether a wave fits in the window in which its steps may start.
///
/// Servers are replaced one at a time and each may take its whole grace to stop, so a wave of large
/// sets can take longer than the night. What only waits, for players or for trouble, does not
/// count.
public final class WaveTime {
  private WaveTime() {}

  /// Warns of the first wave that is too long.
  public static void check(Plan plan, Window window, Diagnostics diagnostics) {
    Duration open = window.length();
    for (Map.Entry<Integer, Duration> wave : acting(plan).entrySet()) {
      if (wave.getValue().compareTo(open) > 0) {
        diagnostics.report(
            Diagnostic.of(
                    Code.GOPS5523,
                    wave.getKey(),
                    plan.release(),
                    Units.duration(wave.getValue()),
                    window.name(),
                    Units.duration(open))
                .at(plan.cause())
                .related(window.origins().place(), "related", window.name())
                .hint("hint"));
        return;
      }
    }
  }

  /// How long the steps of each wave that do something may take.
  private static SortedMap<Integer, Duration> acting(Plan plan) {
    SortedMap<Integer, Duration> times = new TreeMap<>();
    for (Step step : plan.steps()) {
      if (acts(step.kind())) {
        times.merge(step.wave(), step.duration().p95(), Duration::plus);
      }
    }
    return times;
  }

  /// Whether a step of this kind does something, so that it begins only while the window is open.
  /// What only waits, for players, for trouble or for a person, may do so at any hour.
  public static boolean acts(Step.Kind kind) {
    return switch (kind) {
      case DRAIN, SOAK, APPROVE, ANNOUNCE, CONFIRM -> false;
      case PREPARE, START, LOGINS, DIRECTORY, KICK, STOP, RETIRE, UPDATE, REPLACE, RELOAD -> true;
      case FENCE, MOVE, ARRIVE, NETWORK, RELOCATE, DISMISS, HOST, GATE, SMOKE, MANUAL -> true;
    };
  }
}
