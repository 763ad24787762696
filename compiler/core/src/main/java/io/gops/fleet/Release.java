package io.gops.fleet;

import io.gops.source.Origins;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// A change that is wanted, and how it may be made.
public sealed interface Release {
  String name();

  Origins origins();

  /// Which kind of release it is, as the language spells it.
  default String word() {
    return switch (this) {
      case AbSwitch _ -> "ab_switch";
      case HotReload _ -> "hot_reload";
      case CanaryWaves _ -> "canary_waves";
      case OpenZones _ -> "open_zones";
      case Scale _ -> "scale";
      case ReplaceHost _ -> "replace_host";
      case DrainHost drain -> drain.upgrade().isPresent() ? "host_upgrade" : "drain_host";
      case MergeZones _ -> "merge_zones";
    };
  }

  /// Window that bounds starts and kicks.
  Optional<Window> window();

  /// How its images come to the machines beforehand; absent when each machine pulls on its own.
  default Optional<Pull> pull() {
    return Optional.empty();
  }

  /// What people do around it.
  default Practice practice() {
    return Practice.NONE;
  }

  /// Alerts of the games that change, for which to stop, by name.
  default List<StopRule> stopRules() {
    return List.of();
  }

  /// Zones get another version.
  sealed interface NewVersion extends Release {
    List<String> zoneSets();

    /// The version.
    String to();
  }

  /// A new version goes to the idle side of each pair, then logins move.
  record AbSwitch(
      String name,
      List<String> zoneSets,
      String to,
      Waves waves,
      Duration soak,
      Drain drain,
      List<StopRule> stopRules,
      Optional<Pull> pull,
      Practice practice,
      Optional<Window> window,
      Origins origins)
      implements NewVersion {
    /// The same with nothing for people to do.
    public AbSwitch(
        String name,
        List<String> zoneSets,
        String to,
        Waves waves,
        Duration soak,
        Drain drain,
        List<StopRule> stopRules,
        Optional<Pull> pull,
        Optional<Window> window,
        Origins origins) {
      this(name, zoneSets, to, waves, soak, drain, stopRules, pull, Practice.NONE, window, origins);
    }

    /// The same release in other waves.
    public AbSwitch in(Waves others) {
      return new AbSwitch(
          name, zoneSets, to, others, soak, drain, stopRules, pull, practice, window, origins);
    }
  }

  /// Scripts change in place; nobody is disconnected.
  record HotReload(
      String name,
      List<String> zoneSets,
      String to,
      Waves waves,
      Duration soak,
      List<StopRule> stopRules,
      Optional<Pull> pull,
      Practice practice,
      Optional<Window> window,
      Origins origins)
      implements NewVersion {
    /// The same with nothing for people to do.
    public HotReload(
        String name,
        List<String> zoneSets,
        String to,
        Waves waves,
        Duration soak,
        List<StopRule> stopRules,
        Optional<Pull> pull,
        Optional<Window> window,
        Origins origins) {
      this(name, zoneSets, to, waves, soak, stopRules, pull, Practice.NONE, window, origins);
    }

    /// The same release in other waves.
    public HotReload in(Waves others) {
      return new HotReload(
          name, zoneSets, to, others, soak, stopRules, pull, practice, window, origins);
    }
  }

  /// Zones that have one side get a version: they close, their servers are replaced, they open.
  record CanaryWaves(
      String name,
      List<String> zoneSets,
      String to,
      Waves waves,
      Duration soak,
      Drain drain,
      List<StopRule> stopRules,
      Optional<Pull> pull,
      Practice practice,
      Optional<Window> window,
      Origins origins)
      implements NewVersion {
    /// The same release in other waves.
    public CanaryWaves in(Waves others) {
      return new CanaryWaves(
          name, zoneSets, to, others, soak, drain, stopRules, pull, practice, window, origins);
    }
  }

  /// Starts, moves or ends servers; none gets another version.
  sealed interface Housekeeping extends Release {}

  /// Zones that nothing has started yet get their servers, and their gate opens.
  record OpenZones(
      String name,
      List<String> zoneSets,
      Duration soak,
      Practice practice,
      Optional<Window> window,
      Origins origins)
      implements Housekeeping {}

  /// Zones get as many servers as their game says, those that run and take logins included.
  ///
  /// @param drain how players leave servers of which there are to be fewer
  record Scale(
      String name,
      List<String> zoneSets,
      Duration soak,
      Drain drain,
      Practice practice,
      Optional<Window> window,
      Origins origins)
      implements Housekeeping {
    public Scale {
      zoneSets = List.copyOf(zoneSets);
    }
  }

  /// The pairs of a lost host start elsewhere under their old addresses.
  ///
  /// @param host the failed host
  record ReplaceHost(
      String name, String host, Practice practice, Optional<Window> window, Origins origins)
      implements Housekeeping {
    /// The same with nothing for people to do.
    public ReplaceHost(String name, String host, Optional<Window> window, Origins origins) {
      this(name, host, Practice.NONE, window, origins);
    }
  }

  /// The groups of a host start elsewhere, so that nothing runs on it.
  ///
  /// @param upgrade what is done with the empty host before it takes servers again; absent when it
  ///     is to stay empty
  record DrainHost(
      String name,
      String host,
      Drain drain,
      Optional<Upgrade> upgrade,
      Practice practice,
      Optional<Window> window,
      Origins origins)
      implements Housekeeping {}

  /// Work on an empty host.
  ///
  /// @param work in words
  /// @param evidence what is written down of it
  /// @param by who does it; absent for whoever runs the release
  /// @param takes expected time
  record Upgrade(String work, String evidence, Optional<String> by, Duration takes) {}

  /// Zones become one: what people do with their data, while their servers stand still.
  ///
  /// @param into the zone that goes on
  /// @param zones those that end
  record MergeZones(
      String name,
      int into,
      NavigableSet<Integer> zones,
      Drain drain,
      Practice practice,
      Optional<Window> window,
      Origins origins)
      implements Housekeeping {
    public MergeZones {
      zones = Collections.unmodifiableNavigableSet(new TreeSet<>(zones));
    }
  }

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
  /// @param named the waves in their order when they are written one by one: the three rules above
  ///     say nothing then
  record Waves(int canary, Percent then, int perHost, List<Named> named) {
    public Waves {
      named = List.copyOf(named);
    }

    /// Waves that follow from rules.
    public Waves(int canary, Percent then, int perHost) {
      this(canary, then, perHost, List.of());
    }

    /// The same waves with another number of pairs of one host.
    public Waves withPerHost(int pairs) {
      return new Waves(canary, then, pairs, named);
    }

    /// Whether it is written which zones move together.
    public boolean areFixed() {
      return !named.isEmpty();
    }

    /// The index of the named wave of a zone; absent when waves are not named.
    public OptionalInt waveOf(int zone) {
      return IntStream.range(0, named.size())
          .filter(wave -> named.get(wave).zones().contains(zone))
          .findFirst();
    }
  }

  /// A wave that is written with its zones.
  ///
  /// @param zones ids; of the last wave those that no other one names
  record Named(String name, NavigableSet<Integer> zones, Origins origins) {
    public Named {
      zones = Collections.unmodifiableNavigableSet(new TreeSet<>(zones));
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
