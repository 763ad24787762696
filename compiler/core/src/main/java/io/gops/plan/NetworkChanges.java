package io.gops.plan;

import io.gops.deployment.Workload;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.state.State;
import java.util.SortedMap;
import java.util.TreeMap;

/// Finds versions that would give running sets another network, and reports each once, however many
/// sets it concerns.
///
/// Admission refuses another type, and running pods keep the ports that they have.
final class NetworkChanges {
  private final Scope scope;
  private final SortedMap<String, Found> found = new TreeMap<>();

  NetworkChanges(Scope scope) {
    this.scope = scope;
  }

  /// @param first of the sets that are concerned
  private record Found(Workload first, String version, int sets) {}

  /// Compares what a side runs with a version.
  ///
  /// @return whether its network changes
  boolean add(Workload workload, State.SideState side, String version) {
    boolean changes = scope.networkDiffers(workload, side, version);
    if (changes) {
      found.merge(
          workload.game().name() + "/" + workload.role().name() + "/" + version,
          new Found(workload, version, 1),
          (one, two) -> new Found(one.first(), version, one.sets() + two.sets()));
    }
    return changes;
  }

  /// @return whether nothing changes
  boolean report() {
    for (Found change : found.values()) {
      scope
          .diagnostics()
          .report(
              Diagnostic.of(
                      Code.GOPS5521,
                      change.version(),
                      change.first().role().name(),
                      change.sets(),
                      change.first().game().name())
                  .at(Planner.place(change.first(), change.version()))
                  .hint("hint"));
    }
    return found.isEmpty();
  }
}
