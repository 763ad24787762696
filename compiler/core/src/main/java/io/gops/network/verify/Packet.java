package io.gops.network.verify;

import io.gops.network.flow.Field;
import java.util.Arrays;

/// A packet with its metadata: one value for each field, 0 where it has none.
final class Packet {
  private static final Field[] FIELDS = Field.values();

  private final long[] values;

  Packet() {
    this.values = new long[FIELDS.length];
  }

  private Packet(long[] values) {
    this.values = values;
  }

  Packet copy() {
    return new Packet(Arrays.copyOf(values, values.length));
  }

  long get(Field field) {
    return values[field.slot()];
  }

  /// The value of the field with this [Field#slot()].
  long at(int slot) {
    return values[slot];
  }

  Packet set(Field field, long value) {
    values[field.slot()] = value;
    return this;
  }
}
