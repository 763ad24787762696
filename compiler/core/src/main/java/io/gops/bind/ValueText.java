package io.gops.bind;

import io.gops.fleet.Cidr;
import io.gops.fleet.Cidr6;
import io.gops.fleet.Ipv4;
import io.gops.fleet.Ipv6;
import io.gops.schema.Measure;
import io.gops.syntax.Path;
import java.time.LocalTime;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;

/// Writes a value as the language writes it, quantities in their canonical unit.
final class ValueText {
  private ValueText() {}

  static String of(Value value) {
    return switch (value) {
      case Value.Amount(Measure measure, long base) -> measure.print(base);
      case Value.Whole(long number) -> Long.toString(number);
      case Value.Fraction(String number) -> number;
      case Value.Text(List<Value.Part> parts) ->
          parts.stream().map(ValueText::part).collect(Collectors.joining("", "\"", "\""));
      case Value.Flag(boolean set) -> Boolean.toString(set);
      case Value.Name(Path path, _) -> path.text();
      case Value.Address(Ipv4 address) -> address.toString();
      case Value.Prefix(Cidr prefix) -> prefix.toString();
      case Value.Address6(Ipv6 address) -> address.toString();
      case Value.Prefix6(Cidr6 prefix) -> prefix.toString();
      case Value.Members(SortedMap<String, Value.Placed> fields) ->
          fields.entrySet().stream()
              .map(field -> field.getKey() + " = " + of(field.getValue().value()))
              .collect(Collectors.joining(", ", "{ ", " }"));
      case Value.Moment(LocalTime time) -> time.toString();
      case Value.Numbers(NumberSet set) -> set.text();
      case Value.AddressSpan(Ipv4 first, Ipv4 last) -> first + ".." + last;
      case Value.Items(List<Value.Placed> elements) ->
          elements.stream()
              .map(placed -> of(placed.value()))
              .collect(Collectors.joining(", ", "[", "]"));
      case Value.Points(List<Value.Point> points) ->
          points.stream()
              .map(point -> of(point.at().value()) + " -> " + of(point.value().value()))
              .collect(Collectors.joining(", ", "[", "]"));
      case Value.Other(String what) -> what;
      case Value.Broken() -> "unreadable";
    };
  }

  private static String part(Value.Part part) {
    return switch (part) {
      case Value.Literal(String text) -> text.replace("\\", "\\\\").replace("\"", "\\\"");
      case Value.Hole(String path, int digits, _) ->
          "${" + path + (digits > 0 ? ":0" + digits + "d" : "") + "}";
    };
  }
}
