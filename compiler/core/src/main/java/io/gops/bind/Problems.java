package io.gops.bind;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.source.Place;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Hands problems on, each place and code once: a template that is used five times is wrong once.
/// On a line with a syntax error nothing else is reported.
final class Problems {
  private final Diagnostics diagnostics;
  private final Suspects suspects;
  private final Set<Known> known = new HashSet<>();
  private final Repetitions repetitions = new Repetitions(this);

  Problems(Diagnostics diagnostics) {
    this(diagnostics, new Suspects());
  }

  Problems(Diagnostics diagnostics, Suspects suspects) {
    this.diagnostics = diagnostics;
    this.suspects = suspects;
  }

  private record Known(Code code, Place place, List<String> arguments) {}

  void report(Diagnostic.Builder builder) {
    Diagnostic diagnostic = builder.build();
    boolean first =
        diagnostic
            .place()
            .map(place -> !suspects.onLineOf(place) && known.add(known(diagnostic, place)))
            .orElse(true);
    if (first) {
      diagnostics.report(diagnostic);
    }
  }

  /// Reports a problem once, however many places have it; see [#reportRepetitions].
  ///
  /// @param mistake the same for all places of one mistake
  void report(String mistake, Place place, Diagnostic.Builder builder) {
    repetitions.add(mistake, Optional.of(place), builder);
  }

  /// Whether there is an error, reported or kept until all its places are known.
  boolean hasErrors() {
    return diagnostics.hasErrors() || !repetitions.isEmpty();
  }

  /// Reports what was kept because it may have more places.
  void reportRepetitions() {
    repetitions.report();
  }

  private static Known known(Diagnostic diagnostic, Place place) {
    return new Known(diagnostic.code(), place, diagnostic.message().arguments());
  }

  Suspects suspects() {
    return suspects;
  }

  Diagnostics diagnostics() {
    return diagnostics;
  }
}
