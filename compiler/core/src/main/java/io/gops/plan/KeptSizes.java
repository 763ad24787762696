package io.gops.plan;

import io.gops.capacity.RoundedAmount;
import io.gops.deployment.Workload;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.fleet.Amounts;
import io.gops.fleet.Resource;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Finds versions whose pods may use less than profile and players now say, because they were
/// started before; warns of each once, however many sets it concerns.
final class KeptSizes {
  private final Scope scope;
  private final SortedMap<String, Found> found = new TreeMap<>();

  KeptSizes(Scope scope) {
    this.scope = scope;
  }

  /// @param workload one of those that lack most
  /// @param most the resource of which most is missing
  private record Found(Workload workload, Resource most, long wanted, int sets) {}

  void add(Workload workload) {
    // As long as more servers share the players than the source says, none lacks anything.
    if (workload.replicas() > workload.wanted()) {
      return;
    }
    Amounts wanted = scope.wanted(workload).limit();
    Amounts lacking = wanted.minus(workload.limit());
    Optional<Resource> most =
        lacking.resources().stream()
            .filter(resource -> workload.limit().get(resource) > 0)
            .max(
                Comparator.comparingLong(
                        (Resource resource) ->
                            100 * lacking.get(resource) / workload.limit().get(resource))
                    .thenComparing(Comparator.reverseOrder()));
    most.ifPresent(
        resource ->
            found.merge(
                workload.game().name() + "/" + workload.role().name() + "/" + workload.version(),
                new Found(workload, resource, wanted.get(resource), 1),
                (one, two) ->
                    new Found(one.workload(), one.most(), one.wanted(), one.sets() + two.sets())));
  }

  void report() {
    for (Found kept : found.values()) {
      Workload workload = kept.workload();
      scope
          .diagnostics()
          .report(
              Diagnostic.of(
                      Code.GOPS5515,
                      kept.sets(),
                      workload.game().name(),
                      workload.version(),
                      kept.most().word(),
                      RoundedAmount.print(kept.most(), workload.limit().get(kept.most())),
                      RoundedAmount.print(kept.most(), kept.wanted()))
                  .at(Planner.place(workload, workload.version()))
                  .hint("hint", workload.version()));
    }
  }
}
