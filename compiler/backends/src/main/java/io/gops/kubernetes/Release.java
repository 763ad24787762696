package io.gops.kubernetes;

import java.util.Comparator;

/// A released version of something the cluster runs: `1.34`, `1.0.0`.
record Release(int major, int minor, int patch) implements Comparable<Release> {
  private static final Comparator<Release> ORDER =
      Comparator.comparingInt(Release::major)
          .thenComparingInt(Release::minor)
          .thenComparingInt(Release::patch);

  /// @param text numbers with dots; what is missing is 0
  static Release parse(String text) {
    String[] parts = text.split("\\.", -1);
    return new Release(number(parts, 0), number(parts, 1), number(parts, 2));
  }

  private static int number(String[] parts, int index) {
    if (index >= parts.length) {
      return 0;
    }
    String digits = parts[index].replaceFirst("^v", "").replaceFirst("\\D.*", "");
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }

  @Override
  public int compareTo(Release other) {
    return ORDER.compare(this, other);
  }
}
