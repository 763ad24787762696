package io.gops.syntax;

import java.util.Arrays;

/// Which texts of the right shape are addresses.
final class AddressText {
  private AddressText() {}

  /// @param text an IPv4 or IPv6 address as the lexer reads it
  static boolean isValid(String text) {
    return text.indexOf(':') < 0 ? isIpv4(text) : isIpv6(text);
  }

  /// Four numbers up to 255; without leading zeros, which some tools read as octal.
  private static boolean isIpv4(String text) {
    return Arrays.stream(text.split("\\.", -1))
        .allMatch(
            octet ->
                octet.length() <= 3
                    && Integer.parseInt(octet) <= 255
                    && (octet.length() == 1 || octet.charAt(0) != '0'));
  }

  /// Eight groups, or fewer with one `::`; an IPv4 address at the end stands for two (RFC 4291
  /// section 2.2).
  private static boolean isIpv6(String text) {
    String last = text.substring(text.lastIndexOf(':') + 1);
    boolean embedded = last.indexOf('.') >= 0;
    if (embedded && !isIpv4(last)) {
      return false;
    }
    long written = Arrays.stream(text.split(":", -1)).filter(group -> !group.isEmpty()).count();
    long groups = embedded ? written + 1 : written;
    return text.contains("::") ? groups <= 7 : groups == 8;
  }
}
