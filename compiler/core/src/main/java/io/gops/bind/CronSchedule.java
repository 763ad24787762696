package io.gops.bind;

import java.util.List;
import java.util.Optional;

/// The five fields of a cron schedule: lists of numbers, ranges and steps.
final class CronSchedule {
  private static final List<Field> FIELDS =
      List.of(
          new Field("minute", 0, 59),
          new Field("hour", 0, 23),
          new Field("day of month", 1, 31),
          new Field("month", 1, 12),
          new Field("day of week", 0, 6));

  private CronSchedule() {}

  private record Field(String name, int first, int last) {}

  /// A part that cron does not understand, or that never comes.
  record Mistake(String part, String field, int first, int last) {}

  /// What is wrong with a schedule that looks like one.
  static Optional<Mistake> mistake(String schedule) {
    List<String> texts = List.of(schedule.split(" ", -1));
    for (int i = 0; i < Math.min(texts.size(), FIELDS.size()); i++) {
      Field field = FIELDS.get(i);
      for (String part : texts.get(i).split(",", -1)) {
        if (!isPart(part, field)) {
          return Optional.of(new Mistake(part, field.name(), field.first(), field.last()));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isPart(String part, Field field) {
    List<String> step = List.of(part.split("/", -1));
    if (step.size() > 2 || (step.size() == 2 && !isWithin(step.get(1), 1, field.last() + 1))) {
      return false;
    }
    if (step.getFirst().equals("*")) {
      return true;
    }
    List<String> range = List.of(step.getFirst().split("-", -1));
    boolean known =
        range.size() <= 2
            && range.stream().allMatch(number -> isWithin(number, field.first(), field.last()));
    return known
        && (range.size() == 1
            || Integer.parseInt(range.getFirst()) <= Integer.parseInt(range.getLast()));
  }

  private static boolean isWithin(String digits, int first, int last) {
    return digits.matches("\\d{1,2}")
        && Integer.parseInt(digits) >= first
        && Integer.parseInt(digits) <= last;
  }
}
