package io.gops.model;

import io.gops.fleet.Amounts;
import io.gops.fleet.Cidr;
import io.gops.fleet.Cidr6;
import io.gops.fleet.Image;
import io.gops.fleet.Interpolation;
import io.gops.fleet.Ipv4;
import io.gops.fleet.Ipv6;
import io.gops.fleet.Percent;
import io.gops.fleet.Resource;
import io.gops.json.Json;
import io.gops.source.Origins;
import io.gops.source.Place;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Makes JSON of the compiler's records, by one rule for each sort of value, so that no attribute
/// can be forgotten: a record becomes an object with its components, an absent value no member, and
/// where a value may be of several kinds the object has a member `kind`.
///
/// Amounts are whole numbers in base units (thousandths of a core, bytes, bits and packets a
/// second), durations milliseconds, shares hundredths of a percent. Places in the source are left
/// out: moving a text changes no model.
public final class ModelTree {
  private final Map<Class<?>, Function<Object, Json>> references;

  /// @param references what stands for a value of a type inside a record, instead of the value
  public ModelTree(Map<Class<?>, Function<Object, Json>> references) {
    this.references = Map.copyOf(references);
  }

  /// A tree in which every value stands in full.
  public ModelTree() {
    this(Map.of());
  }

  /// The object of a record.
  public Json.Obj of(Record value) {
    Json.Members members = Json.object();
    kind(value.getClass()).ifPresent(kind -> members.with("kind", kind));
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      if (isTold(component)) {
        present(read(component, value))
            .ifPresent(known -> members.with(component.getName(), json(known)));
      }
    }
    return members.end();
  }

  /// Whether a component is part of the model: where something was written is not.
  public static boolean isTold(RecordComponent component) {
    String type = component.getGenericType().getTypeName();
    return !type.contains(Origins.class.getName()) && !type.contains(Place.class.getName());
  }

  /// How the one of several kinds is called: `AbSwitch` is `ab_switch`; absent where there is only
  /// one.
  public static Optional<String> kind(Class<?> type) {
    boolean isOneOfSeveral = Arrays.stream(type.getInterfaces()).anyMatch(Class::isSealed);
    return isOneOfSeveral ? Optional.of(snake(type.getSimpleName())) : Optional.empty();
  }

  /// Whether values of a type are written as one text.
  public static boolean isText(Class<?> type) {
    return type == String.class
        || type == Image.class
        || type == Ipv4.class
        || type == Ipv6.class
        || type == Cidr.class
        || type == Cidr6.class
        || type == Interpolation.class
        || type.isEnum()
        || (type.getName().startsWith("java.time.") && type != Duration.class);
  }

  private static Optional<Object> present(Object value) {
    return value instanceof Optional<?> maybe ? maybe.map(Object.class::cast) : Optional.of(value);
  }

  private Json json(Object value) {
    Function<Object, Json> reference = references.get(value.getClass());
    if (reference != null) {
      return reference.apply(value);
    }
    return switch (value) {
      case String text -> Json.of(text);
      case Boolean truth -> new Json.Bool(truth);
      case Integer number -> Json.of(number);
      case Long number -> Json.of(number);
      case Duration time -> Json.of(time.toMillis());
      case Percent share -> Json.of(share.basisPoints());
      case Amounts amounts -> amounts(amounts);
      case Interpolation text -> Json.of(text(text));
      case Resource resource -> Json.of(resource.word());
      case Enum<?> word -> Json.of(word.name().toLowerCase(Locale.ROOT));
      case Collection<?> items -> new Json.Arr(items.stream().map(this::json).toList());
      case Map<?, ?> map -> {
        Json.Members members = Json.object();
        map.forEach((name, member) -> members.with(key(name), json(member)));
        yield members.end();
      }
      case Record known when !isText(known.getClass()) -> of(known);
      default -> Json.of(value.toString());
    };
  }

  private static String key(Object name) {
    return name instanceof Enum<?> word ? word.name().toLowerCase(Locale.ROOT) : name.toString();
  }

  /// The named amounts by the word of their resource, in base units.
  static Json.Obj amounts(Amounts amounts) {
    Json.Members members = Json.object();
    for (Resource resource : amounts.resources()) {
      members.with(resource.word(), amounts.get(resource));
    }
    return members.end();
  }

  /// A text as the source has it, with `${zone.id}` and `${side}` where zones differ.
  private static String text(Interpolation interpolation) {
    StringBuilder text = new StringBuilder();
    for (Interpolation.Part part : interpolation.parts()) {
      switch (part) {
        case Interpolation.Literal(String literal) -> text.append(literal);
        case Interpolation.ZoneId(int width) ->
            text.append(width == 0 ? "${zone.id}" : "${zone.id:0" + width + "d}");
        case Interpolation.SideName() -> text.append("${side}");
      }
    }
    return text.toString();
  }

  private static String snake(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }

  private static Object read(RecordComponent component, Record value) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(value);
    } catch (IllegalAccessException | InvocationTargetException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// The objects of several records.
  Json.Arr all(Collection<? extends Record> values) {
    return new Json.Arr(List.copyOf(values.stream().map(this::of).toList()));
  }
}
