package io.gops.fleet;

import io.gops.source.Origins;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A change that is wanted, and how it may be made.
public sealed interface Release {
  String name();

  Origins origins();

  /// Window that bounds starts and kicks.
  Optional<String> window();

  /// How its images come to the machines beforehand; absent when each machine pulls on its own.
  default Optional<Pull> pull() {
    return Optional.empty();
  }

  /// A new version goes to the idle side of each pair, then logins move.
  record AbSwitch(
      String name,
      List<String> zoneSets,
      String to,
      Waves waves,
      Duration soak,
      Drain drain,
      List<String> abortOnAlerts,
      Optional<Pull> pull,
      Optional<String> window,
      Origins origins)
      implements Release {}

  /// Scripts change in place; nobody is disconnected.
  record HotReload(
      String name,
      List<String> zoneSets,
      String to,
      Waves waves,
      Duration soak,
      List<String> abortOnAlerts,
      Optional<Pull> pull,
      Optional<String> window,
      Origins origins)
      implements Release {}

  /// The pairs of a lost host start elsewhere under their old addresses.
  ///
  /// @param host the failed host
  record ReplaceHost(String name, String host, Optional<String> window, Origins origins)
      implements Release {}

  /// How images come to the machines before a release.
  ///
  /// @param atOnce machines that fetch at the same time
  /// @param timeout for one image on one machine
  record Pull(int atOnce, Duration timeout, Origins origins) {}

  /// How zones are grouped in time.
  ///
  /// @param canary zones of the first wave, the least important ones
  /// @param then share of all zones in each later wave
  /// @param perHost pairs of one host that may be in the same wave
  record Waves(int canary, Percent then, int perHost) {
    /// The same waves with another number of pairs of one host.
    public Waves withPerHost(int pairs) {
      return new Waves(canary, then, pairs);
    }
  }

  /// How players leave.
  ///
  /// @param remaining share still online after a time, falling
  /// @param kickAfter when those left are disconnected
  /// @param kickBudget largest share that may be disconnected
  record Drain(List<Remaining> remaining, Duration kickAfter, Percent kickBudget) {
    public Drain {
      remaining = List.copyOf(remaining);
    }

    /// A measured point.
    public record Remaining(Duration after, Percent share) {}
  }
}
