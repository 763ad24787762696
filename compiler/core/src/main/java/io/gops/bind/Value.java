package io.gops.bind;

import io.gops.fleet.Cidr;
import io.gops.fleet.Cidr6;
import io.gops.fleet.Ipv4;
import io.gops.fleet.Ipv6;
import io.gops.schema.Measure;
import io.gops.source.Place;
import io.gops.syntax.Path;
import java.time.LocalTime;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// A value whose units and constants are understood, before anybody asks what it is for.
sealed interface Value {
  /// A quantity in base units.
  record Amount(Measure measure, long base) implements Value {}

  /// A number without a unit.
  record Whole(long number) implements Value {}

  /// A number with a fraction and without a unit.
  record Fraction(String number) implements Value {}

  record Text(List<Part> parts) implements Value {
    public Text {
      parts = List.copyOf(parts);
    }
  }

  record Flag(boolean value) implements Value {}

  /// A word or reference whose meaning depends on the attribute.
  record Name(Path path, Scope scope) implements Value {}

  record Address(Ipv4 address) implements Value {}

  record Prefix(Cidr prefix) implements Value {}

  record Address6(Ipv6 address) implements Value {}

  record Prefix6(Cidr6 prefix) implements Value {}

  record Moment(LocalTime time) implements Value {}

  record Numbers(NumberSet set) implements Value {}

  /// An address range, both ends included.
  record AddressSpan(Ipv4 first, Ipv4 last) implements Value {}

  record Items(List<Placed> elements) implements Value {
    public Items {
      elements = List.copyOf(elements);
    }
  }

  record Points(List<Point> points) implements Value {
    public Points {
      points = List.copyOf(points);
    }
  }

  /// `{ name = "logs", emptyDir = { … } }`: fields by name.
  record Members(SortedMap<String, Placed> fields) implements Value {
    public Members {
      fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }
  }

  /// Something that can be written but that no attribute holds.
  ///
  /// @param what for the message: `a point`
  record Other(String what) implements Value {}

  /// Already reported; whoever meets it stays silent.
  record Broken() implements Value {}

  /// A value and where it stands.
  record Placed(Value value, Place place) {}

  /// One point of a curve.
  record Point(Placed at, Placed value) {}

  /// A piece of a text.
  sealed interface Part {}

  record Literal(String text) implements Part {}

  /// `${path:0Nd}` that is no constant.
  record Hole(String path, int digits, Place place) implements Part {}

  /// What it is, for the message that it is the wrong thing.
  default String describe() {
    return switch (this) {
      case Amount(Measure measure, long base) ->
          measure.phrase() + " (" + measure.print(base) + ")";
      case Whole(long number) -> "the number " + number;
      case Fraction(String number) -> "the number " + number;
      case Text _ -> "a string";
      case Flag(boolean value) -> Boolean.toString(value);
      case Name(Path path, _) -> "the name " + path.text();
      case Address(Ipv4 address) -> "the address " + address;
      case Prefix(Cidr prefix) -> "the prefix " + prefix;
      case Address6(Ipv6 address) -> "the IPv6 address " + address;
      case Prefix6(Cidr6 prefix) -> "the IPv6 prefix " + prefix;
      case Members _ -> "an object";
      case Moment(LocalTime time) -> "the time of day " + time;
      case Numbers(NumberSet set) -> "the range " + set.text();
      case AddressSpan(Ipv4 first, Ipv4 last) -> "the address range " + first + ".." + last;
      case Items _ -> "a list";
      case Points _ -> "a list of points";
      case Other(String what) -> what;
      case Broken() -> "broken";
    };
  }
}
