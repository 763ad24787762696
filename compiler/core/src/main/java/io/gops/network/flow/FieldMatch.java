package io.gops.network.flow;

/// One condition: the bits of `field` under `mask` equal `value`.
///
/// @param mask never 0
/// @param value has no bit outside of the mask
public record FieldMatch(Field field, long value, long mask) implements Comparable<FieldMatch> {
  public FieldMatch {
    if (mask == 0 || (value & ~mask) != 0) {
      throw new IllegalArgumentException(field + "=" + value + "/" + mask);
    }
  }

  /// Whether a packet with this value of the field matches.
  public boolean accepts(long packet) {
    return (packet & mask) == value;
  }

  /// Whether some value satisfies both.
  public boolean meets(FieldMatch other) {
    return ((value ^ other.value) & mask & other.mask) == 0;
  }

  /// Whether each value that satisfies `other` satisfies this one too.
  public boolean covers(FieldMatch other) {
    return (mask & other.mask) == mask && ((value ^ other.value) & mask) == 0;
  }

  @Override
  public int compareTo(FieldMatch other) {
    int order = field.compareTo(other.field);
    order = order != 0 ? order : Long.compareUnsigned(value, other.value);
    return order != 0 ? order : Long.compareUnsigned(other.mask, mask);
  }
}
