package io.gops.kubernetes;

import io.gops.deployment.Workload;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Pair;
import io.gops.fleet.Volume;
import io.gops.source.Origin;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What would keep or delete persistent volumes otherwise than the author means.
final class StorageChecks {
  private final Diagnostics diagnostics;

  /// Volumes that were judged; most are the same in each version.
  private final Set<Origin> seen = new HashSet<>();

  StorageChecks(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /// @param workload one of each version of a role
  void role(Workload workload) {
    List<Volume> volumes =
        workload.role().volumes().stream()
            .filter(volume -> volume.kind() instanceof Volume.Persistent)
            .toList();
    for (Volume volume : volumes) {
      if (seen.add(volume.origins().declaration())) {
        agree(workload, volumes.getFirst(), volume);
        stops(workload, volume);
      }
    }
  }

  private void agree(Workload workload, Volume first, Volume other) {
    if (first.kind() instanceof Volume.Persistent(_, _, _, var stopped, var deleted)
        && other.kind() instanceof Volume.Persistent(_, _, _, var otherStopped, var otherDeleted)
        && (stopped != otherStopped || deleted != otherDeleted)) {
      String attribute = stopped != otherStopped ? "when_stopped" : "when_deleted";
      diagnostics.report(
          Diagnostic.of(
                  Code.GOPS6141, first.name(), other.name(), workload.role().name(), attribute)
              .at(other.origins().of(attribute))
              .related(first.origins().place(), "related")
              .hint("hint", attribute));
    }
  }

  private void stops(Workload workload, Volume volume) {
    boolean deleted =
        volume.kind() instanceof Volume.Persistent(_, _, _, var stopped, _)
            && stopped == Volume.Retention.DELETE;
    workload
        .zone()
        .body()
        .pair()
        .filter(pair -> deleted && pair.standby() == Pair.Standby.STOPPED)
        .ifPresent(
            pair ->
                diagnostics.report(
                    Diagnostic.of(Code.GOPS6142, volume.name(), workload.zone().set())
                        .at(volume.origins().of("when_stopped"))
                        .related(pair.origins().place(), "related")
                        .hint("hint")));
  }
}
