package io.gops.bind;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.source.Place;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Adds up the sizes of ranges, which bound the work of a compile: a short text may not ask for
/// more members than any fleet has.
final class RangeSum {
  /// Most members that the ranges of a fleet may have together.
  static final long MOST = 1_000_000;

  /// How many of the largest are named.
  private static final int NAMED = 3;

  private record Range(Place place, long size) {}

  private final Problems problems;
  private final Map<Place, Long> sizes = new HashMap<>();
  private long total;
  private boolean reported;

  RangeSum(Problems problems) {
    this.problems = problems;
  }

  /// Adds a range, once for each place.
  ///
  /// @return whether the sum is still allowed; reported once when it is not
  boolean add(Optional<Place> place, long size) {
    if (place.isEmpty() || sizes.putIfAbsent(place.get(), size) == null) {
      total += size;
    }
    if (total > MOST && !reported) {
      reported = true;
      report();
    }
    return isAllowed();
  }

  boolean isAllowed() {
    return total <= MOST;
  }

  private void report() {
    List<Range> largest =
        sizes.entrySet().stream()
            .map(entry -> new Range(entry.getKey(), entry.getValue()))
            .sorted(
                Comparator.comparingLong(Range::size)
                    .reversed()
                    .thenComparing(range -> range.place().file().path())
                    .thenComparingInt(range -> range.place().span().offset()))
            .limit(NAMED)
            .toList();
    Diagnostic.Builder problem =
        Diagnostic.of(Code.GOPS2067, MOST).at(largest.getFirst().place()).hint("hint");
    for (Range range : largest.subList(1, largest.size())) {
      problem.related(range.place(), "related", range.size());
    }
    problems.report(problem);
  }
}
