package io.gops.capacity;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Fleet;
import io.gops.fleet.Pool;

/// Says in an operator's words why a pool does not hold.
final class CapacityReport {
  private final Fleet fleet;
  private final Diagnostics diagnostics;

  CapacityReport(Fleet fleet, Diagnostics diagnostics) {
    this.fleet = fleet;
    this.diagnostics = diagnostics;
  }

  /// Reports a verdict; nothing for one that holds.
  void explain(Verdict verdict) {
    switch (verdict) {
      case Verdict.Holds _ -> {}
      case Verdict.Overfull _,
          Verdict.Impossible _,
          Verdict.Undecided _,
          Verdict.NotSurvived _,
          Verdict.Stranded _ -> {
        Pool pool = fleet.pools().get(verdict.model().problem.pool());
        diagnostics.report(
            Diagnostic.of(Code.GOPS3021, verdict.model().problem.pool())
                .at(pool == null ? java.util.Optional.empty() : pool.origins().place()));
      }
    }
  }
}
