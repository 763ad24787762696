package io.gops.network.verify;

import io.gops.network.flow.Field;
import io.gops.network.flow.FieldMatch;
import io.gops.network.flow.Match;
import java.util.Arrays;
import java.util.List;

/// Which bits of which fields a match looks at.
///
/// Of a large fleet this is asked for every table that every packet meets, so it is bare arrays.
final class Shape {
  private final Field[] fields;

  /// Their places in a packet.
  private final int[] slots;

  private final long[] bits;
  private final int hash;

  private Shape(Field[] fields, long[] bits) {
    this.fields = fields;
    this.slots = new int[fields.length];
    this.bits = bits;
    int sum = 0;
    for (int at = 0; at < fields.length; at++) {
      slots[at] = fields[at].slot();
      sum = 31 * (31 * sum + fields[at].slot()) + Long.hashCode(bits[at]);
    }
    this.hash = sum;
  }

  static Shape of(Match match) {
    List<FieldMatch> conditions = match.fields();
    Field[] fields = new Field[conditions.size()];
    long[] bits = new long[fields.length];
    for (int at = 0; at < fields.length; at++) {
      fields[at] = conditions.get(at).field();
      bits[at] = conditions.get(at).mask();
    }
    return new Shape(fields, bits);
  }

  /// The bits that both look at.
  Shape and(Shape other) {
    Field[] common = new Field[Math.min(fields.length, other.fields.length)];
    long[] both = new long[common.length];
    int count = 0;
    for (int mine = 0; mine < fields.length; mine++) {
      for (int theirs = 0; theirs < other.fields.length; theirs++) {
        long shared = bits[mine] & other.bits[theirs];
        if (fields[mine] == other.fields[theirs] && shared != 0) {
          common[count] = fields[mine];
          both[count++] = shared;
        }
      }
    }
    return new Shape(Arrays.copyOf(common, count), Arrays.copyOf(both, count));
  }

  /// Whether the first field it looks at is this one; fields have an order.
  boolean startsWith(Field field) {
    return fields.length > 0 && fields[0] == field;
  }

  /// The values that a match demands of these bits, 0 where it demands nothing.
  Values valuesOf(Match match) {
    long[] values = new long[fields.length];
    int at = 0;
    for (FieldMatch condition : match.fields()) {
      while (at < fields.length && fields[at].compareTo(condition.field()) < 0) {
        at++;
      }
      if (at < fields.length && fields[at] == condition.field()) {
        values[at] = condition.value() & bits[at];
      }
    }
    return new Values(values);
  }

  /// What [Values#hashCode] would be of the packet's values.
  int hashOf(Packet packet) {
    int sum = 0;
    for (int at = 0; at < slots.length; at++) {
      sum = Values.hash(sum, packet.at(slots[at]) & bits[at]);
    }
    return sum;
  }

  /// Whether a packet has these values.
  boolean agrees(Values values, Packet packet) {
    for (int at = 0; at < slots.length; at++) {
      if ((packet.at(slots[at]) & bits[at]) != values.numbers[at]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape
        && hash == shape.hash
        && Arrays.equals(fields, shape.fields)
        && Arrays.equals(bits, shape.bits);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /// The values of a shape's bits.
  static final class Values {
    private final long[] numbers;
    private final int hash;

    private Values(long[] numbers) {
      this.numbers = numbers;
      int sum = 0;
      for (long number : numbers) {
        sum = hash(sum, number);
      }
      this.hash = sum;
    }

    private static int hash(int sum, long number) {
      long mixed = (sum ^ number) * 0x9e3779b97f4a7c15L;
      return (int) (mixed ^ mixed >>> 32);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Values values && Arrays.equals(values.numbers, numbers);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}
