package io.gops.fleet;

/// An IPv6 prefix without host bits.
///
/// @param network first address
/// @param length number of leading bits that are fixed, 0 to 128
public record Cidr6(Ipv6 network, int length) {
  /// Longest prefix: one address.
  public static final int LONGEST = 128;

  public Cidr6 {
    if (length < 0 || length > LONGEST || !network.network(length).equals(network)) {
      throw new IllegalArgumentException("no prefix: " + network + "/" + length);
    }
  }

  /// The prefix of `length` bits that an address is in.
  public static Cidr6 around(Ipv6 address, int length) {
    return new Cidr6(address.network(length), length);
  }

  @Override
  public String toString() {
    return network + "/" + length;
  }
}
