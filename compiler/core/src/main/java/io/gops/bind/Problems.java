package io.gops.bind;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.source.Place;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Hands problems on, each place and code once: a template that is used five times is wrong once.
final class Problems {
  private final Diagnostics diagnostics;
  private final Set<Known> known = new HashSet<>();

  Problems(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  private record Known(Code code, Place place, List<String> arguments) {}

  void report(Diagnostic.Builder builder) {
    Diagnostic diagnostic = builder.build();
    boolean first =
        diagnostic.place().map(place -> known.add(known(diagnostic, place))).orElse(true);
    if (first) {
      diagnostics.report(diagnostic);
    }
  }

  private static Known known(Diagnostic diagnostic, Place place) {
    return new Known(diagnostic.code(), place, diagnostic.message().arguments());
  }

  Diagnostics diagnostics() {
    return diagnostics;
  }
}
