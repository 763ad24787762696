package io.gops.fleet;

/// An IPv4 prefix without host bits.
///
/// @param network first address
/// @param length number of leading bits that are fixed, 0 to 32
public record Cidr(Ipv4 network, int length) implements Comparable<Cidr> {
  public static final Cidr EVERYTHING = new Cidr(new Ipv4(0), 0);

  public Cidr {
    if (length < 0 || length > 32) {
      throw new IllegalArgumentException("prefix length " + length);
    }
    if ((network.value() & (size(length) - 1)) != 0) {
      throw new IllegalArgumentException(network + "/" + length + " has host bits");
    }
  }

  /// The prefix of exactly one address.
  public static Cidr host(Ipv4 address) {
    return new Cidr(address, 32);
  }

  public boolean contains(Ipv4 address) {
    return address.value() >= network.value() && address.value() <= last().value();
  }

  public boolean overlaps(Cidr other) {
    return contains(other.network) || other.contains(network);
  }

  /// Number of addresses.
  public long size() {
    return size(length);
  }

  /// Last address of the prefix.
  public Ipv4 last() {
    return network.plus(size() - 1);
  }

  private static long size(int length) {
    return 1L << (32 - length);
  }

  @Override
  public int compareTo(Cidr other) {
    int byNetwork = network.compareTo(other.network);
    return byNetwork != 0 ? byNetwork : Integer.compare(length, other.length);
  }

  @Override
  public String toString() {
    return network + "/" + length;
  }
}
