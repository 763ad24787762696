package io.gops.fleet;

import io.gops.source.Origins;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// That the number of servers of a role follows what goes on in its zone.
///
/// @param min servers that always run
/// @param max servers that room is kept for
/// @param perServer most players that one server takes; absent when any number of the servers may
///     have to take all players of the zone
/// @param mayStop which servers may be stopped when fewer are wanted
public record Autoscale(
    int min, int max, Optional<Long> perServer, MayStop mayStop, By by, Origins origins) {
  /// Servers that an autoscaler may stop.
  public enum MayStop {
    NONE,
    /// Those without players.
    EMPTY,
    ANY
  }

  /// What the number follows.
  public sealed interface By {}

  /// The CPU that servers use.
  ///
  /// @param target share of what they request
  public record Cpu(Percent target) implements By {}

  /// A count of players in Prometheus.
  ///
  /// @param prometheus URL of its server
  /// @param metric name of the metric that each pod exports
  /// @param target share of `perServer`
  public record Players(String prometheus, String metric, Percent target) implements By {}

  /// Servers without players.
  ///
  /// @param keep how many there should be
  /// @param atMost above which they are stopped; absent when they are not
  public record Spare(int keep, Optional<Integer> atMost) implements By {}

  /// The time of day.
  public record Schedule(ZoneId timeZone, List<Period> periods) implements By {
    public Schedule {
      periods = List.copyOf(periods);
    }
  }

  /// A time with a number of servers of its own.
  ///
  /// @param days on which it begins, empty for every day
  /// @param until before `from` when it ends on the next day
  public record Period(
      String name,
      Set<DayOfWeek> days,
      LocalTime from,
      LocalTime until,
      int servers,
      Origins origins) {
    public Period {
      days = Set.copyOf(days);
    }
  }

  /// Servers that a new zone starts with.
  ///
  /// @param said what its game says
  public int start(int said) {
    return Math.clamp(said, min, max);
  }

  /// Whether the number is always the same, as it has to be while a release runs.
  public boolean isFixed() {
    return min == max;
  }

  /// Players that each server must have room for.
  ///
  /// @param players of the whole zone
  public long playersOfServer(long players) {
    return perServer.orElseGet(() -> Math.ceilDiv(players, (long) min));
  }
}
