package io.gops.bind;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.fleet.Window;
import io.gops.schema.TextShape;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
        closed(window, problems),
        window.origins());
  }

  private static List<Window.Dates> closed(Attributes window, Problems problems) {
    List<Window.Dates> closed = new ArrayList<>();
    for (Value.Placed element : window.elements("closed")) {
      Attributes.constant(element.value())
          .ifPresent(
              text -> {
                Optional<Window.Dates> dates = dates(text);
                dates.ifPresentOrElse(
                    closed::add,
                    () ->
                        problems.report(
                            Diagnostic.of(Code.GOPS2010, "closed", TextShape.DATES.description())
                                .at(element.place())));
              });
    }
    return closed;
  }

  /// Absent when a day does not exist or the last comes before the first.
  private static Optional<Window.Dates> dates(String text) {
    List<String> ends = List.of(text.split("\\.\\.", -1));
    try {
      LocalDate first = LocalDate.parse(ends.getFirst());
      LocalDate last = LocalDate.parse(ends.getLast());
      return last.isBefore(first) ? Optional.empty() : Optional.of(new Window.Dates(first, last));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  static Set<DayOfWeek> days(Attributes block) {
    return block.words("days").stream()
        .map(day -> DayOfWeek.valueOf(day.toUpperCase(Locale.ROOT)))
        .collect(Collectors.toSet());
  }

  static ZoneId timeZone(Attributes window, Problems problems) {
    String name = window.text("time_zone").orElse("UTC");
    // An offset such as +08:00 means something else, or nothing, to the machines that look it up.
    if (ZoneId.getAvailableZoneIds().contains(name)) {
      return ZoneId.of(name);
    }
    problems.report(
        Names.known(
            Diagnostic.of(Code.GOPS2016, "time zone", name).at(window.place("time_zone")),
            name,
            ZoneId.getAvailableZoneIds()));
    return ZoneOffset.UTC;
  }
}
