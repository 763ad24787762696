package io.gops.diff;

import io.gops.fleet.Cidr;
import io.gops.fleet.Cidr6;
import io.gops.fleet.Image;
import io.gops.fleet.Interpolation;
import io.gops.fleet.Ipv4;
import io.gops.fleet.Ipv6;
import io.gops.fleet.Limits;
import io.gops.fleet.Percent;
import io.gops.fleet.Policy;
import io.gops.fleet.Resource;
import io.gops.fleet.Units;
import io.gops.fleet.Volume;
import io.gops.source.Origin;
import io.gops.source.Origins;
import io.gops.source.Place;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Values of the models as text: equal texts for values that say the same, wherever they were
/// written.
final class PrintedValue {
  /// Records that print themselves.
  private static final Set<Class<?>> WHOLE =
      Set.of(Image.class, Cidr.class, Cidr6.class, Ipv4.class, Ipv6.class, Percent.class);

  private PrintedValue() {}

  /// Whether a record is one value, not a set of members.
  static boolean isWhole(Object value) {
    return WHOLE.contains(value.getClass())
        || value instanceof Interpolation
        || value instanceof Policy.Rule;
  }

  static String of(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Optional<?> optional -> of(optional.orElse(null));
      case Duration time -> time.toMillis() < 0 ? time.toString() : Units.duration(time);
      case Interpolation text -> text(text);
      case Policy.Rule rule -> rule.text();
      case Enum<?> word -> word.name().toLowerCase(Locale.ROOT);
      case Collection<?> items -> items(items);
      case Map<?, ?> map -> map(map);
      case Record record -> isWhole(record) ? record.toString() : record(record);
      default -> value.toString();
    };
  }

  private static String items(Collection<?> items) {
    List<String> texts = items.stream().map(PrintedValue::of).toList();
    boolean hasOrder = items instanceof List<?>;
    return (hasOrder ? texts.stream() : texts.stream().sorted())
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String map(Map<?, ?> map) {
    TreeMap<String, String> sorted = new TreeMap<>();
    map.forEach((key, value) -> sorted.put(of(key), of(value)));
    return sorted.entrySet().stream()
        .map(entry -> entry.getKey() + " = " + entry.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String record(Record record) {
    return members(record).entrySet().stream()
        .map(entry -> entry.getKey() + " = " + of(entry.getValue()))
        .filter(text -> !text.endsWith(" = "))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  /// The members of a record that say something; where they were written is left out.
  static Map<String, @Nullable Object> members(Record record) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value = value(record, component);
      Object inner = value instanceof Optional<?> optional ? optional.orElse(null) : value;
      boolean isPlace =
          inner instanceof Place || inner instanceof Origin || inner instanceof Origins;
      if (!isPlace) {
        members.put(component.getName(), amount(record, inner));
      }
    }
    return members;
  }

  /// Numbers of some records have a unit that only their owner knows.
  private static @Nullable Object amount(Record owner, @Nullable Object value) {
    if (!(value instanceof Long number)) {
      return value;
    }
    return switch (owner) {
      case Limits _ -> Resource.EGRESS.print(number);
      case Volume.Kind _ -> Resource.DISK.print(number);
      default -> value;
    };
  }

  static @Nullable Object value(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("a record of the models is public", e);
    }
  }

  private static String text(Interpolation interpolation) {
    StringBuilder text = new StringBuilder();
    for (Interpolation.Part part : interpolation.parts()) {
      text.append(
          switch (part) {
            case Interpolation.Literal(String literal) -> literal;
            case Interpolation.ZoneId(int width) ->
                width == 0 ? "${zone.id}" : "${zone.id:0" + width + "}";
            case Interpolation.SideName() -> "${side}";
          });
    }
    return text.toString();
  }
}
