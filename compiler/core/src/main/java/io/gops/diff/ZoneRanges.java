package io.gops.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.SortedSet;
import java.util.TreeSet;

/// Zones in few words: `10001–10200 except 10137, 20001`.
public final class ZoneRanges {
  /// Zones that a range may leave out before it is split.
  private static final int MOST_EXCEPTIONS = 3;

  /// Zones that stand on each side of an exception at least.
  private static final int FEWEST_AROUND = 3;

  private ZoneRanges() {}

  /// Neighbouring zones.
  private record Run(int first, int last, int count, List<Integer> without) {}

  /// @param wanted some of the zones, not empty
  /// @param all zones of the fleet, so that a number nobody has splits no range
  public static String print(SortedSet<Integer> wanted, NavigableSet<Integer> all) {
    List<String> words = new ArrayList<>();
    for (Run run : joined(runs(wanted, all), all)) {
      words.add(word(run));
    }
    return String.join(", ", words);
  }

  private static String word(Run run) {
    if (run.count() == 1) {
      return Integer.toString(run.first());
    }
    String range = run.first() + (run.count() == 2 ? ", " : "–") + run.last();
    return run.without().isEmpty()
        ? range
        : range
            + " except "
            + String.join(" ", run.without().stream().map(String::valueOf).toList());
  }

  /// Zones that follow each other in the fleet.
  private static List<Run> runs(SortedSet<Integer> wanted, NavigableSet<Integer> all) {
    NavigableSet<Integer> known = new TreeSet<>(all);
    known.addAll(wanted);
    List<Run> runs = new ArrayList<>();
    int first = 0;
    int last = 0;
    int count = 0;
    for (int zone : known) {
      if (wanted.contains(zone)) {
        first = count == 0 ? zone : first;
        last = zone;
        count++;
      } else if (count > 0) {
        runs.add(new Run(first, last, count, List.of()));
        count = 0;
      }
    }
    if (count > 0) {
      runs.add(new Run(first, last, count, List.of()));
    }
    return runs;
  }

  private static List<Run> joined(List<Run> runs, NavigableSet<Integer> all) {
    List<Run> joined = new ArrayList<>();
    for (Run run : runs) {
      Run before = joined.isEmpty() ? null : joined.getLast();
      if (before == null) {
        joined.add(run);
        continue;
      }
      List<Integer> without = new ArrayList<>(before.without());
      without.addAll(all.subSet(before.last(), false, run.first(), false));
      boolean joins =
          without.size() <= MOST_EXCEPTIONS
              && before.count() >= FEWEST_AROUND
              && run.count() >= FEWEST_AROUND;
      if (joins) {
        joined.removeLast();
        joined.add(
            new Run(
                before.first(), run.last(), before.count() + run.count(), List.copyOf(without)));
      } else {
        joined.add(run);
      }
    }
    return joined;
  }
}
