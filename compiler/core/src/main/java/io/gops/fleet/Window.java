package io.gops.fleet;

import io.gops.source.Origins;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;

/// When steps may start and players may be kicked.
///
/// @param days empty for every day
/// @param until before `from` when the window crosses midnight
public record Window(
    String name,
    ZoneId timeZone,
    Set<DayOfWeek> days,
    LocalTime from,
    LocalTime until,
    Origins origins) {
  public Window {
    days = Set.copyOf(days);
  }
}
