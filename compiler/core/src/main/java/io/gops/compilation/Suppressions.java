package io.gops.compilation;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.Suppression;
import java.time.LocalDate;
import java.util.function.Predicate;

/// Suppressions that no longer count, or never did.
public final class Suppressions {
  private Suppressions() {}

  /// Reports those whose last day is over.
  public static void reportExpired(Diagnostics diagnostics, LocalDate today) {
    for (Suppression suppression : diagnostics.suppressions()) {
      if (suppression.isExpired(today)) {
        diagnostics.report(
            Diagnostic.of(
                    Code.GOPS7901,
                    suppression.code(),
                    suppression.until().orElseThrow(),
                    suppression.reason())
                .at(suppression.place())
                .hint("hint"));
      }
    }
  }

  /// Reports those that nothing needed; silent after an error, which may have hidden what they are
  /// for.
  ///
  /// @param judged the codes that this run would have reported
  public static void reportUnused(Diagnostics diagnostics, Predicate<Code> judged) {
    if (diagnostics.hasErrors()) {
      return;
    }
    for (Suppression suppression : diagnostics.suppressions()) {
      if (judged.test(suppression.code()) && !diagnostics.isUsed(suppression)) {
        diagnostics.report(
            Diagnostic.of(Code.GOPS7902, suppression.code()).at(suppression.place()).hint("hint"));
      }
    }
  }
}
