package io.gops.kubernetes;

import io.gops.deployment.Deployment;
import io.gops.deployment.Workload;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Disruption;
import io.gops.fleet.Disruption.Operation;
import io.gops.fleet.Pair;
import java.util.HashSet;
import java.util.Set;

/// Budgets that guard nothing, or that stop the releases with what they guard.
final class DisruptionChecks {
  /// Off unless the cluster says otherwise; that against deletion and eviction is on.
  private static final String UPDATE_GATE = "PodUnavailableBudgetUpdateGate";

  private final Deployment deployment;
  private final Diagnostics diagnostics;
  private final Set<String> seen = new HashSet<>();

  DisruptionChecks(Deployment deployment, Diagnostics diagnostics) {
    this.deployment = deployment;
    this.diagnostics = diagnostics;
  }

  void workload(Workload workload) {
    workload
        .zone()
        .body()
        .disruption()
        .filter(d -> seen.add(workload.role().name() + "/" + d.origins().declaration()))
        .ifPresent(disruption -> check(disruption, workload));
  }

  private void check(Disruption disruption, Workload workload) {
    String zones = workload.zone().set();
    if (disruption.against().contains(Operation.UPDATE)) {
      if (!deployment.cluster().gates().contains(UPDATE_GATE)) {
        diagnostics.report(
            Diagnostic.of(Code.GOPS6143, zones, "update", UPDATE_GATE)
                .at(disruption.origins().of("against"))
                .related(deployment.cluster().origins().place("gates"), "related")
                .hint("hint", "update"));
      } else if (disruption.atMost() == 0) {
        diagnostics.report(
            Diagnostic.of(Code.GOPS6145, zones)
                .at(disruption.origins().of("at_most"))
                .hint("hint"));
      }
    }
    workload
        .zone()
        .body()
        .pair()
        .filter(pair -> pair.standby() == Pair.Standby.STOPPED)
        .filter(_ -> disruption.against().contains(Operation.DELETION))
        .filter(_ -> disruption.atMost() < workload.wanted())
        .ifPresent(
            pair ->
                diagnostics.report(
                    Diagnostic.of(
                            Code.GOPS6144,
                            zones,
                            disruption.atMost(),
                            workload.role().name(),
                            workload.wanted())
                        .at(disruption.origins().of("against"))
                        .related(pair.origins().place(), "related")
                        .hint("hint")));
  }
}
