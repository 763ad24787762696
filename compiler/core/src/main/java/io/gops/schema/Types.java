package io.gops.schema;

import java.util.List;

/// The types that attributes of several kinds share.
final class Types {
  static final Type MEMORY = new Type.Quantity(Measure.MEMORY, 0, Long.MAX_VALUE);
  static final Type CPU = new Type.Quantity(Measure.CPU, 0, Long.MAX_VALUE);
  static final Type BANDWIDTH = new Type.Quantity(Measure.BANDWIDTH, 0, Long.MAX_VALUE);

  /// A rate that a meter of Open vSwitch can hold: thousands of bits in 32 bits.
  static final Type RATE_LIMIT = new Type.Quantity(Measure.BANDWIDTH, 1000, 4_294_967_295_000L);
  static final Type PACKETS = new Type.Quantity(Measure.PACKETS, 0, Long.MAX_VALUE);
  static final Type RATE = new Type.Quantity(Measure.RATE, 0, Long.MAX_VALUE);
  static final Type DURATION = new Type.Quantity(Measure.DURATION, 0, Long.MAX_VALUE);

  /// A share of something: 0 % to 100 %.
  static final Type SHARE = new Type.Quantity(Measure.SHARE, 0, 10_000);

  static final Type COUNT = new Type.Whole(0, Integer.MAX_VALUE);
  static final Type PORT_NUMBER = new Type.Whole(1, 65_535);
  /// An image of a container.
  static final Type IMAGE = new Type.Text(TextShape.IMAGE);

  static final Type FLAG = new Type.Flag();
  static final Type TEXT = new Type.Text(TextShape.ANY);
  static final Type ADDRESS = new Type.Address();
  static final Type PREFIX = new Type.Prefix();

  private Types() {}

  /// One of some words.
  static Type word(String... words) {
    return new Type.Word(List.of(words));
  }

  static Type reference(Target target) {
    return new Type.Reference(target);
  }

  static Type whole(long min, long max) {
    return new Type.Whole(min, max);
  }

  static Type text(TextShape shape) {
    return new Type.Text(shape);
  }

  /// A list; a single element may be written without brackets.
  static Type oneOrMore(Type element) {
    return new Type.Items(element, true);
  }

  /// A list, always in brackets.
  static Type list(Type element) {
    return new Type.Items(element, false);
  }

  /// A quantity of at least `min` base units.
  static Type atLeast(Measure measure, long min) {
    return new Type.Quantity(measure, min, Long.MAX_VALUE);
  }
}
