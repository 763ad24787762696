package io.gops.bind;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.fleet.Window;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Makes windows.
final class Windows {
  private Windows() {}

  static Window window(Attributes window, Problems problems) {
    return new Window(
        window.block().label(),
        timeZone(window, problems),
        days(window),
        window.time("from").orElse(LocalTime.MIDNIGHT),
        window.time("until").orElse(LocalTime.MIDNIGHT),
        window.origins());
  }

  static Set<DayOfWeek> days(Attributes block) {
    return block.words("days").stream()
        .map(day -> DayOfWeek.valueOf(day.toUpperCase(Locale.ROOT)))
        .collect(Collectors.toSet());
  }

  static ZoneId timeZone(Attributes window, Problems problems) {
    String name = window.text("time_zone").orElse("UTC");
    try {
      return ZoneId.of(name);
    } catch (DateTimeException _) {
      problems.report(
          Names.known(
              Diagnostic.of(Code.GOPS2016, "time zone", name).at(window.place("time_zone")),
              name,
              ZoneId.getAvailableZoneIds()));
      return ZoneOffset.UTC;
    }
  }
}
