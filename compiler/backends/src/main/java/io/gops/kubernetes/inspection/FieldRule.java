package io.gops.kubernetes.inspection;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// What the value of one field must be.
sealed interface FieldRule {
  /// What is wrong with a value.
  ///
  /// @param name further name below the field; empty for the field itself
  record Fault(String name, String found, String wanted) {
    Fault(String found, String wanted) {
      this("", found, wanted);
    }
  }

  /// A text that is spelled in one way.
  record Spelled(Form form) implements FieldRule {}

  /// One of a few words.
  record OneOf(SortedSet<String> words) implements FieldRule {
    static OneOf of(String... words) {
      return new OneOf(new TreeSet<>(List.of(words)));
    }
  }

  /// A whole number, both bounds included.
  record Whole(long least, long most) implements FieldRule {
    private boolean contains(Object value) {
      return value instanceof Number number
          && number.longValue() >= least
          && number.longValue() <= most;
    }

    private String describe() {
      return most == Integer.MAX_VALUE
          ? "a whole number from " + least
          : "a whole number from " + least + " to " + most;
    }
  }

  /// A whole number, or a text instead of it.
  record WholeOr(Whole number, Form text) implements FieldRule {}

  /// `true` or `false`.
  record Flag() implements FieldRule {}

  /// An object with these fields, and maybe others.
  record Has(List<String> fields) implements FieldRule {
    static Has of(String... fields) {
      return new Has(List.of(fields));
    }
  }

  /// An object with exactly one of these fields, and maybe others.
  record ExactlyOne(List<String> fields) implements FieldRule {
    static ExactlyOne of(String... fields) {
      return new ExactlyOne(List.of(fields));
    }
  }

  /// An object without this field.
  record Without(String field) implements FieldRule {}

  /// An object whose members may have these names.
  record Names(Form form) implements FieldRule {}

  /// An object whose members' names and texts are together no longer.
  record Total(long bytes) implements FieldRule {}

  /// A list whose elements differ in a field, or in several together.
  record Unique(List<String> fields) implements FieldRule {
    static Unique by(String... fields) {
      return new Unique(List.of(fields));
    }
  }

  /// What is wrong; empty when nothing is.
  default Optional<Fault> fault(Object value) {
    return switch (this) {
      case Spelled(Form form) ->
          value instanceof String text && form.fits(text)
              ? Optional.empty()
              : fault(value, form.description());
      case OneOf(SortedSet<String> words) ->
          value instanceof String text && words.contains(text)
              ? Optional.empty()
              : fault(value, "one of " + String.join(", ", words));
      case Whole whole -> whole.contains(value) ? Optional.empty() : fault(value, whole.describe());
      case WholeOr(Whole whole, Form form) ->
          (value instanceof String text ? form.fits(text) : whole.contains(value))
              ? Optional.empty()
              : fault(value, whole.describe() + ", or " + form.description());
      case Flag _ -> value instanceof Boolean ? Optional.empty() : fault(value, "true or false");
      case Has(List<String> fields) -> missing(value, fields);
      case ExactlyOne(List<String> fields) -> severalOrNone(value, fields);
      case Without(String field) ->
          value instanceof Map<?, ?> map && map.containsKey(field)
              ? Optional.of(new Fault(field, print(map.get(field)), "left out"))
              : Optional.empty();
      case Names(Form form) -> misnamed(value, form);
      case Total(long bytes) -> tooLong(value, bytes);
      case Unique(List<String> fields) -> repeated(value, fields);
    };
  }

  private static Optional<Fault> fault(Object value, String wanted) {
    return Optional.of(new Fault(print(value), wanted));
  }

  /// What a message shows of a value.
  static String print(Object value) {
    return switch (value) {
      case String text when text.length() > 100 -> "\"" + text.substring(0, 100) + "…\"";
      case String text -> "\"" + text + "\"";
      case Map<?, ?> _ -> "an object";
      case List<?> _ -> "a list";
      default -> String.valueOf(value);
    };
  }

  private static Optional<Fault> missing(Object value, List<String> fields) {
    if (!(value instanceof Map<?, ?> map)) {
      return Optional.of(new Fault(print(value), "an object"));
    }
    for (String field : fields) {
      if (!map.containsKey(field)) {
        return Optional.of(new Fault(field, "missing", "a field that is given"));
      }
    }
    return Optional.empty();
  }

  private static Optional<Fault> severalOrNone(Object value, List<String> fields) {
    List<String> present = new ArrayList<>();
    if (value instanceof Map<?, ?> map) {
      fields.stream().filter(map::containsKey).forEach(present::add);
    }
    return present.size() == 1
        ? Optional.empty()
        : Optional.of(
            new Fault(
                present.isEmpty() ? "none of them" : String.join(" and ", present),
                "exactly one of " + String.join(", ", fields)));
  }

  private static Optional<Fault> misnamed(Object value, Form form) {
    if (value instanceof Map<?, ?> map) {
      for (Object name : map.keySet()) {
        if (!(name instanceof String text) || !form.fits(text)) {
          return Optional.of(new Fault(print(name), form.description()));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Fault> tooLong(Object value, long most) {
    long bytes = 0;
    if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        bytes += Length.of(String.valueOf(entry.getKey()));
        bytes += Length.of(String.valueOf(entry.getValue()));
      }
    }
    return bytes <= most
        ? Optional.empty()
        : Optional.of(new Fault(bytes + " bytes", "at most " + most + " bytes"));
  }

  private static Optional<Fault> repeated(Object value, List<String> fields) {
    if (!(value instanceof List<?> list)) {
      return Optional.of(new Fault(print(value), "a list"));
    }
    if (list.size() < 2) {
      return Optional.empty();
    }
    Set<Object> seen = new HashSet<>();
    for (Object element : list) {
      if (element instanceof Map<?, ?> map) {
        List<Object> key = new ArrayList<>();
        fields.forEach(field -> key.add(map.containsKey(field) ? map.get(field) : ""));
        if (!seen.add(key)) {
          return Optional.of(
              new Fault(
                  String.join("/", key.stream().map(String::valueOf).toList()) + " twice",
                  "the only one there"));
        }
      }
    }
    return Optional.empty();
  }
}
