package io.gops.network;

import io.gops.fleet.Cidr;
import io.gops.fleet.Ipv4;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/// A set of IPv4 addresses.
public final class AddressSet {
  public static final AddressSet NONE = new AddressSet(new long[0]);

  /// Ranges as pairs (first, first behind), ascending, with a gap between two ranges.
  private final long[] bounds;

  private AddressSet(long[] bounds) {
    this.bounds = bounds;
  }

  public static AddressSet of(Collection<Cidr> prefixes) {
    AddressSet all = NONE;
    for (Cidr prefix : prefixes) {
      all = all.plus(of(prefix));
    }
    return all;
  }

  public static AddressSet of(Cidr prefix) {
    return new AddressSet(new long[] {prefix.network().value(), prefix.last().value() + 1});
  }

  public boolean isEmpty() {
    return bounds.length == 0;
  }

  public boolean contains(Ipv4 address) {
    int found = Arrays.binarySearch(bounds, address.value());
    return found >= 0 ? found % 2 == 0 : -found % 2 == 0;
  }

  public AddressSet plus(AddressSet other) {
    return combine(other, Mode.UNION);
  }

  public AddressSet minus(AddressSet other) {
    return combine(other, Mode.DIFFERENCE);
  }

  public AddressSet and(AddressSet other) {
    return combine(other, Mode.INTERSECTION);
  }

  /// Whether every address of `other` is in this set.
  public boolean covers(AddressSet other) {
    return other.minus(this).isEmpty();
  }

  /// Number of addresses.
  public long size() {
    long size = 0;
    for (int i = 0; i < bounds.length; i += 2) {
      size += bounds[i + 1] - bounds[i];
    }
    return size;
  }

  /// The smallest address; the set must not be empty.
  public Ipv4 first() {
    return new Ipv4(bounds[0]);
  }

  /// The address at a position, counted from 0 in ascending order.
  public Ipv4 at(long position) {
    long rest = position;
    for (int i = 0; i < bounds.length; i += 2) {
      long length = bounds[i + 1] - bounds[i];
      if (rest < length) {
        return new Ipv4(bounds[i] + rest);
      }
      rest -= length;
    }
    throw new IndexOutOfBoundsException("address " + position + " of " + size());
  }

  /// The fewest prefixes that cover exactly this set, ascending.
  public List<Cidr> prefixes() {
    List<Cidr> prefixes = new ArrayList<>();
    for (int i = 0; i < bounds.length; i += 2) {
      long first = bounds[i];
      while (first < bounds[i + 1]) {
        int aligned = first == 0 ? 32 : Math.min(32, Long.numberOfTrailingZeros(first));
        int fitting = 63 - Long.numberOfLeadingZeros(bounds[i + 1] - first);
        int bits = Math.min(aligned, fitting);
        prefixes.add(new Cidr(new Ipv4(first), 32 - bits));
        first += 1L << bits;
      }
    }
    return prefixes;
  }

  private enum Mode {
    UNION,
    DIFFERENCE,
    INTERSECTION;

    boolean keeps(boolean mine, boolean theirs) {
      return switch (this) {
        case UNION -> mine || theirs;
        case DIFFERENCE -> mine && !theirs;
        case INTERSECTION -> mine && theirs;
      };
    }
  }

  /// Walks over both sets' bounds: membership changes there and nowhere else.
  private AddressSet combine(AddressSet other, Mode mode) {
    long[] result = new long[bounds.length + other.bounds.length];
    int count = 0;
    int i = 0;
    int j = 0;
    boolean inside = false;
    while (i < bounds.length || j < other.bounds.length) {
      long mine = i < bounds.length ? bounds[i] : Long.MAX_VALUE;
      long theirs = j < other.bounds.length ? other.bounds[j] : Long.MAX_VALUE;
      long at = Math.min(mine, theirs);
      if (mine == at) {
        i++;
      }
      if (theirs == at) {
        j++;
      }
      boolean now = mode.keeps(i % 2 == 1, j % 2 == 1);
      if (now != inside) {
        result[count++] = at;
        inside = now;
      }
    }
    return new AddressSet(Arrays.copyOf(result, count));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AddressSet set && Arrays.equals(set.bounds, bounds);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bounds);
  }

  @Override
  public String toString() {
    return prefixes().toString();
  }
}
