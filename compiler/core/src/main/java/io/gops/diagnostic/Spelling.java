package io.gops.diagnostic;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds the name that somebody probably meant.
public final class Spelling {
  private Spelling() {}

  /// The candidate nearest to `written`, when it is near enough to be worth a guess: at most a
  /// third of the letters wrong, letter case ignored.
  ///
  /// @param candidates in any order; of two equally near ones the first by name is taken
  public static Optional<String> nearest(String written, Collection<String> candidates) {
    int allowed = Math.max(1, written.length() / 3);
    return candidates.stream()
        .filter(candidate -> !candidate.equals(written))
        .filter(candidate -> Math.abs(candidate.length() - written.length()) <= allowed)
        .filter(candidate -> distance(fold(written), fold(candidate)) <= allowed)
        .min(
            Comparator.comparingInt((String candidate) -> distance(fold(written), fold(candidate)))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static String fold(String text) {
    return text.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  /// Damerau-Levenshtein distance with adjacent swaps (optimal string alignment): the number of
  /// letters inserted, left out, replaced or swapped with their neighbour.
  static int distance(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, Math.min(last[j], current[j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          current[j] = Math.min(current[j], beforeLast[j - 2] + 1);
        }
      }
      int[] free = beforeLast;
      beforeLast = last;
      last = current;
      current = free;
    }
    return last[b.length()];
  }
}
