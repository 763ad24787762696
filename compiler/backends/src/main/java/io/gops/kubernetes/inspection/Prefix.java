package io.gops.kubernetes.inspection;

import io.gops.fleet.Ipv4;
import io.gops.fleet.Ipv6;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/// Addresses that begin alike.
///
/// @param bits of an address: 32 or 128
/// @param length how many of them are alike
record Prefix(BigInteger address, int bits, int length) {
  private static final Pattern LENGTH = Pattern.compile("0|[1-9]\\d{0,2}");
  private static final Pattern DOTTED = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");

  /// One address alone.
  static Optional<Prefix> ofAddress(String text) {
    try {
      return DOTTED.matcher(text).matches()
          ? Optional.of(new Prefix(BigInteger.valueOf(Ipv4.parse(text).value()), 32, 32))
          : Ipv6.parse(text).map(six -> new Prefix(number(six), 128, 128));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// `10.0.0.0/8`. The bits behind the prefix are 0: Kubernetes takes others, too, and ignores
  /// them.
  static Optional<Prefix> of(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !LENGTH.matcher(text.substring(slash + 1)).matches()) {
      return Optional.empty();
    }
    int length = Integer.parseInt(text.substring(slash + 1));
    return ofAddress(text.substring(0, slash))
        .filter(one -> length <= one.bits)
        .map(one -> new Prefix(one.address, one.bits, length))
        .filter(prefix -> prefix.address.equals(prefix.masked(prefix.address)));
  }

  /// Whether all addresses of the other are among these, and not only they.
  boolean isWiderThan(Prefix other) {
    return bits == other.bits && length < other.length && masked(other.address).equals(address);
  }

  private BigInteger masked(BigInteger any) {
    return any.shiftRight(bits - length).shiftLeft(bits - length);
  }

  private static BigInteger number(Ipv6 six) {
    return unsigned(six.high()).shiftLeft(64).or(unsigned(six.low()));
  }

  private static BigInteger unsigned(long half) {
    return new BigInteger(Long.toUnsignedString(half));
  }
}
