package io.gops.fleet;

import io.gops.source.Origins;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/// When steps may start and players may be kicked.
///
/// @param days on which it opens; empty for every day
/// @param until before `from` when the window crosses midnight
/// @param closed dates on which it is closed all day
public record Window(
    String name,
    ZoneId timeZone,
    Set<DayOfWeek> days,
    LocalTime from,
    LocalTime until,
    List<Dates> closed,
    Origins origins) {
  public Window {
    days = Set.copyOf(days);
    closed = List.copyOf(closed);
  }

  /// Days of a calendar, both ends included.
  public record Dates(LocalDate first, LocalDate last) {}

  /// From its beginning to its end, over midnight where it has to.
  public Duration length() {
    Duration time = Duration.between(from, until);
    return time.isPositive() ? time : time.plusDays(1);
  }
}
