package io.gops.bind;

import io.gops.diagnostic.Diagnostic;
import io.gops.source.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Problems that are one mistake in several places: a name that is misspelled where it is declared
/// is wrong wherever it is used.
final class Repetitions {
  private static final Comparator<Use> ORDER =
      Comparator.comparing((Use use) -> use.place.map(p -> p.file().path()).orElse(""))
          .thenComparing(use -> use.place.map(p -> p.span().offset()).orElse(0));

  private final Problems problems;
  private final SortedMap<String, List<Use>> uses = new TreeMap<>();

  Repetitions(Problems problems) {
    this.problems = problems;
  }

  /// One place that has the mistake.
  private record Use(Diagnostic.Builder problem, Optional<Place> place) {}

  /// Keeps a problem until all are known.
  ///
  /// @param mistake the same for all places of one mistake
  void add(String mistake, Optional<Place> place, Diagnostic.Builder problem) {
    uses.computeIfAbsent(mistake, _ -> new ArrayList<>()).add(new Use(problem, place));
  }

  boolean isEmpty() {
    return uses.isEmpty();
  }

  /// Drops the mistakes that have become consequences of another one.
  void forget(Predicate<String> mistake) {
    uses.keySet().removeIf(mistake);
  }

  /// Reports each mistake once, at its first place, with the others as related places. Its fix
  /// mends all of them.
  void report() {
    for (List<Use> found : uses.values()) {
      List<Use> sorted = found.stream().sorted(ORDER).toList();
      Use first = sorted.getFirst();
      List<Place> places = new ArrayList<>();
      first.place().ifPresent(places::add);
      for (Use use : sorted) {
        if (use.place().filter(place -> !places.contains(place)).isPresent()) {
          places.add(use.place().get());
          first.problem().also(use.place().get()).mendTogether(use.problem());
        }
      }
      problems.report(first.problem());
    }
    uses.clear();
  }
}
