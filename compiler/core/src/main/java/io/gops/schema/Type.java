package io.gops.schema;

import java.util.List;

/// What an attribute may hold.
public sealed interface Type {
  /// An amount with a unit.
  ///
  /// @param min smallest amount allowed, in base units
  /// @param max largest amount allowed, in base units
  record Quantity(Measure measure, long min, long max) implements Type {}

  /// A number without a unit.
  record Whole(long min, long max) implements Type {}

  /// A number without a unit, or a word that stands for what no number says.
  record WholeOr(Whole number, String word) implements Type {}

  /// `true` or `false`.
  record Flag() implements Type {}

  /// A string.
  record Text(TextShape shape) implements Type {}

  /// One of some words.
  record Word(List<String> words) implements Type {
    public Word {
      words = List.copyOf(words);
    }
  }

  /// A name that the language does not look up: an alert, a network plugin.
  record FreeName() implements Type {}

  /// The name of something declared elsewhere.
  record Reference(Target target) implements Type {}

  /// `[…]`.
  ///
  /// @param single whether one element may be written without the brackets
  record Items(Type element, boolean single) implements Type {}

  /// An IPv4 address.
  record Address() implements Type {}

  /// An IPv4 prefix; an address stands for itself.
  record Prefix() implements Type {}

  /// One value for each member of a range: a text with `${n}`, or an address range.
  record PerMember(Type element) implements Type {}

  /// A time of day.
  record Moment() implements Type {}

  /// Whole numbers: `10001..10200`, or a list of such ranges.
  record Numbers(long min, long max) implements Type {}

  /// `first..last`, both included.
  record NumberRange(long min, long max) implements Type {}

  /// `[0min -> 100%, 30min -> 70%]`.
  ///
  /// @param at where a point is
  /// @param value what is there
  /// @param example two points
  record Points(Type at, Type value, String example) implements Type {}

  /// What an environment variable may hold: a text or `secret.NAME.KEY`.
  record EnvironmentValue() implements Type {}

  /// A string that may differ from zone to zone and side to side: `"--zone=${zone.id}"`.
  record ZoneText() implements Type {}

  /// A query of Prometheus, with places for what the compiler knows of the game.
  record Query() implements Type {}

  /// A sentence about an alert that fires, with places for what Prometheus knows of it.
  record Sentence() implements Type {}

  /// A line of a file that may differ from zone to zone and side to side.
  record FileLine() implements Type {}

  /// What a field of a Kubernetes object may hold: a string, a number, true or false, an amount, a
  /// list or an object. The back end that knows the object checks which.
  record ObjectField() implements Type {}

  /// Any text, number, word or amount; handed on as text.
  record Scalar() implements Type {}

  /// What a reader is told the attribute holds: `memory`, `one of packed, exclusive`.
  default String describe() {
    return switch (this) {
      case Quantity(Measure measure, _, _) -> measure.phrase() + " such as " + measure.example();
      case Whole(long min, long max) ->
          max == Integer.MAX_VALUE || max == Long.MAX_VALUE
              ? (min == 0 ? "a whole number" : "a whole number from " + min)
              : "a whole number from " + min + " to " + max;
      case WholeOr(Whole number, String word) -> number.describe() + ", or " + word;
      case Flag() -> "true or false";
      case Text(TextShape shape) -> shape.description();
      case Word(List<String> words) -> "one of " + String.join(", ", words);
      case FreeName() -> "a name";
      case Reference(Target target) -> target.description();
      case Items(Type element, boolean single) ->
          single
              ? element.describe() + ", or a list of them"
              : "a list, each " + element.describe();
      case Address() -> "an IPv4 address such as 10.1.0.11";
      case Prefix() -> "an IPv4 prefix such as 10.1.0.0/24";
      case PerMember(Address()) -> "an address range such as 10.1.0.11..10.1.0.40";
      case PerMember(Type element) -> element.describe() + ", with ${n} for the number";
      case Moment() -> "a time of day such as 04:00";
      case Numbers(_, _) -> "numbers such as 10001..10200, or a list of them";
      case NumberRange(_, _) -> "a range such as 8000..9000";
      case Points(_, _, String example) -> "points such as " + example;
      case EnvironmentValue() -> "a string, or secret.NAME.KEY";
      case ZoneText(), FileLine(), Query(), Sentence() -> "a string";
      case ObjectField() -> "a string, a number, true or false, an amount, a list or an object";
      case Scalar() -> "a string, a number or a word";
    };
  }
}
