package io.gops.fleet;

/// An IPv4 address.
///
/// @param value the address as a number from 0 to 4,294,967,295
public record Ipv4(long value) implements Comparable<Ipv4> {
  public Ipv4 {
    if (value < 0 || value > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException("not an IPv4 address: " + value);
    }
  }

  /// @param text four decimal numbers with dots; anything else is an [IllegalArgumentException]
  public static Ipv4 parse(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      throw new IllegalArgumentException("not an IPv4 address: " + text);
    }
    long value = 0;
    for (String part : parts) {
      int octet = Integer.parseInt(part);
      if (octet < 0 || octet > 255 || part.length() > 3) {
        throw new IllegalArgumentException("not an IPv4 address: " + text);
      }
      value = value << 8 | octet;
    }
    return new Ipv4(value);
  }

  /// The address `count` further on.
  public Ipv4 plus(long count) {
    return new Ipv4(value + count);
  }

  @Override
  public int compareTo(Ipv4 other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return (value >> 24)
        + "."
        + (value >> 16 & 255)
        + "."
        + (value >> 8 & 255)
        + "."
        + (value & 255);
  }
}
