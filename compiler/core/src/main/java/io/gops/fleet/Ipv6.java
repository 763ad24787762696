package io.gops.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// An IPv6 address. It is written and printed, and nothing is computed with it.
///
/// @param high the first 64 bits
/// @param low the last 64 bits
public record Ipv6(long high, long low) {
  private static final int GROUPS = 8;
  private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");

  /// The address that a text spells in any of the forms of RFC 4291; absent for other texts.
  public static Optional<Ipv6> parse(String text) {
    int gap = text.indexOf("::");
    if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
      return Optional.empty();
    }
    Optional<List<Integer>> before = groups(gap < 0 ? text : text.substring(0, gap), gap < 0);
    Optional<List<Integer>> after = gap < 0 ? Optional.of(List.of()) : groups(text, gap);
    if (before.isEmpty() || after.isEmpty()) {
      return Optional.empty();
    }
    List<Integer> all = new ArrayList<>(before.get());
    int missing = GROUPS - all.size() - after.get().size();
    if (gap < 0 ? missing != 0 : missing < 1) {
      return Optional.empty();
    }
    all.addAll(java.util.Collections.nCopies(missing, 0));
    all.addAll(after.get());
    return Optional.of(new Ipv6(bits(all.subList(0, 4)), bits(all.subList(4, GROUPS))));
  }

  private static Optional<List<Integer>> groups(String text, int gap) {
    return groups(text.substring(gap + 2), true);
  }

  /// The groups of one side of `::`.
  ///
  /// @param last whether it ends the address, where an IPv4 address may stand for two groups
  private static Optional<List<Integer>> groups(String text, boolean last) {
    List<Integer> groups = new ArrayList<>();
    if (text.isEmpty()) {
      return Optional.of(groups);
    }
    String[] parts = text.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      if (GROUP.matcher(parts[i]).matches()) {
        groups.add(Integer.parseInt(parts[i], 16));
      } else if (last && i == parts.length - 1 && parts[i].indexOf('.') > 0) {
        Optional<Ipv4> embedded = embedded(parts[i]);
        if (embedded.isEmpty()) {
          return Optional.empty();
        }
        groups.add((int) (embedded.get().value() >> 16));
        groups.add((int) (embedded.get().value() & 0xFFFF));
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(groups);
  }

  private static Optional<Ipv4> embedded(String text) {
    try {
      return Optional.of(Ipv4.parse(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static long bits(List<Integer> groups) {
    long bits = 0;
    for (int group : groups) {
      bits = bits << 16 | group;
    }
    return bits;
  }

  /// The same address with all but the first `length` bits 0.
  Ipv6 network(int length) {
    return new Ipv6(high & mask(length), low & mask(length - 64));
  }

  private static long mask(int length) {
    return length <= 0 ? 0 : length >= 64 ? -1L : -1L << (64 - length);
  }

  private int group(int index) {
    long half = index < 4 ? high : low;
    return (int) (half >>> (48 - index % 4 * 16) & 0xFFFF);
  }

  /// The canonical text of RFC 5952: lower case, no leading zeros, `::` for the longest run of at
  /// least two zero groups, an IPv4-mapped address with its IPv4 part in decimal.
  @Override
  public String toString() {
    if (high == 0 && low >>> 32 == 0xFFFF) {
      return "::ffff:" + new Ipv4(low & 0xFFFF_FFFFL);
    }
    int start = -1;
    int longest = 1;
    for (int from = 0; from < GROUPS; from++) {
      int to = from;
      while (to < GROUPS && group(to) == 0) {
        to++;
      }
      if (to - from > longest) {
        start = from;
        longest = to - from;
      }
    }
    return start < 0 ? text(0, GROUPS) : text(0, start) + "::" + text(start + longest, GROUPS);
  }

  private String text(int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(i == from ? "" : ":").append(Integer.toHexString(group(i)));
    }
    return text.toString();
  }
}
