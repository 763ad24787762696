package io.gops.bind;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.Fix;
import io.gops.diagnostic.Repair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// Withholds the fixes that do not hold.
///
/// Each fix is applied to a copy of the fleet, which is loaded again. The diagnostic must be gone,
/// and no error may have come. Nobody who writes a rule can know that: behind a wrong character may
/// stand a name that nothing has. A second mistake on the line of a syntax error, which was hidden
/// by it, may come to light if it can be mended in its turn.
///
/// @param fleet the texts as they are
/// @param check what is wrong with a fleet, said as for the fleet itself
/// @param size of all texts, in characters
record FixTrial(Sources fleet, Function<Sources, List<Diagnostic>> check, int size) {
  /// Characters that are read for trials, so that the last errors of a huge fleet are still told at
  /// once. Later fixes are offered when the earlier ones are applied.
  private static final int BUDGET = 4_000_000;

  private static final int MOST_TRIALS = 200;

  /// What a diagnostic says; where it stands may change by a fix further up.
  private record Saying(Code code, List<String> arguments) {
    static Saying of(Diagnostic diagnostic) {
      return new Saying(diagnostic.code(), diagnostic.message().arguments());
    }
  }

  /// Leaves the fixes that hold.
  void withhold(Diagnostics diagnostics) {
    List<Diagnostic> before = diagnostics.sorted();
    int trials = Math.clamp(BUDGET / Math.max(1, size), 1, MOST_TRIALS);
    for (Diagnostic diagnostic : before) {
      List<Fix> holding = new ArrayList<>();
      for (Fix fix : diagnostic.fixes()) {
        if (trials-- > 0 && holds(fix, diagnostic, before)) {
          holding.add(fix);
        }
      }
      if (holding.size() < diagnostic.fixes().size()) {
        diagnostics.replace(diagnostic, diagnostic.withFixes(holding));
      }
    }
  }

  /// The fixes of one diagnostic that hold.
  ///
  /// @param before all that is wrong
  List<Fix> holding(Diagnostic diagnostic, List<Diagnostic> before) {
    return diagnostic.fixes().stream().filter(fix -> holds(fix, diagnostic, before)).toList();
  }

  private boolean holds(Fix fix, Diagnostic diagnostic, List<Diagnostic> before) {
    Repair repair = Repair.of(List.of(diagnostic.withFixes(List.of(fix))));
    if (repair.isEmpty()) {
      return false;
    }
    TreeMap<String, String> texts = new TreeMap<>();
    repair.texts().forEach((path, change) -> texts.put(path, change.after()));
    FixTrial mended = new FixTrial(new EditedSources(fleet, texts), check, size);
    List<Diagnostic> after = check.apply(mended.fleet);
    List<Saying> left = new ArrayList<>();
    concerning(diagnostic, before).forEach(other -> left.add(Saying.of(other)));
    left.remove(Saying.of(diagnostic));
    return concerning(diagnostic, after).stream()
        .allMatch(
            other ->
                left.remove(Saying.of(other))
                    || (hides(diagnostic, other)
                        && other.fixes().stream().anyMatch(f -> mended.holds(f, other, after))));
  }

  /// The errors, and what has the diagnostic's code.
  private static List<Diagnostic> concerning(Diagnostic diagnostic, List<Diagnostic> all) {
    return all.stream()
        .filter(other -> other.isError() || other.code() == diagnostic.code())
        .toList();
  }

  /// Whether a syntax error kept another mistake on its line from being reported.
  private static boolean hides(Diagnostic syntaxError, Diagnostic other) {
    return isSyntax(syntaxError)
        && !isSyntax(other)
        && line(syntaxError).filter(line(other).orElse("")::equals).isPresent();
  }

  private static boolean isSyntax(Diagnostic diagnostic) {
    return diagnostic.code().name().startsWith("GOPS1");
  }

  private static Optional<String> line(Diagnostic diagnostic) {
    return diagnostic.place().map(place -> place.file().path() + ":" + place.line());
  }
}
