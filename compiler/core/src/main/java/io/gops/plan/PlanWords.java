package io.gops.plan;

import io.gops.fleet.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// How figures of a plan are spelt for a person, the same in every text.
public final class PlanWords {
  private PlanWords() {}

  /// 12h 30min, without seconds from an hour on.
  public static String duration(Duration time) {
    long hours = time.toHours();
    long minutes = time.toMinutesPart();
    if (hours > 0) {
      return hours + "h" + (minutes > 0 ? " " + minutes + "min" : "");
    }
    if (minutes > 0) {
      return minutes + "min";
    }
    return time.toSecondsPart() + "s";
  }

  /// 36,000: thousands are set apart, whatever the locale.
  public static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /// Ids with neighbours drawn together: `10001-10003, 10007`.
  public static String zones(List<Integer> ids) {
    List<Integer> sorted = ids.stream().sorted().toList();
    List<String> ranges = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < sorted.size(); i++) {
      boolean ends = i + 1 == sorted.size() || sorted.get(i + 1) != sorted.get(i) + 1;
      if (ends) {
        int first = sorted.get(from);
        int last = sorted.get(i);
        ranges.add(first == last ? Integer.toString(first) : first + "-" + last);
        from = i + 1;
      }
    }
    return String.join(", ", ranges);
  }

  /// `window nightly (04:00 to 08:00 Asia/Shanghai, tue wed thu)`.
  public static String window(Window window) {
    String days =
        window.days().stream()
            .sorted()
            .map(day -> day.name().substring(0, 3).toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(" "));
    return String.format(
        Locale.ROOT,
        "window %s (%s to %s %s%s%s)",
        window.name(),
        window.from(),
        window.until(),
        window.timeZone().getId(),
        days.isEmpty() ? "" : ", " + days,
        window.closed().isEmpty() ? "" : ", not on " + dates(window.closed()));
  }

  private static String dates(List<Window.Dates> closed) {
    return closed.stream()
        .map(
            dates ->
                dates.first().equals(dates.last())
                    ? dates.first().toString()
                    : dates.first() + ".." + dates.last())
        .collect(Collectors.joining(" "));
  }

  /// What players feel of a step; empty where they feel nothing.
  public static String consequence(Step step) {
    return switch (step.kind().consequence()) {
      case NONE -> "";
      case NOT_READY -> "pods are not ready for some seconds";
      case DISCONNECTS ->
          step.players().kickedP95() > 0
              ? "disconnects about " + number(step.players().kickedP50()) + " players"
              : "disconnects players who are still there";
    };
  }
}
