package io.gops.plan;

import io.gops.deployment.Group;
import io.gops.deployment.Workload;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.fleet.Release;
import io.gops.state.State;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Finds zones that run another number of servers than their game says while no release changes it,
/// and says so once for each role, however many zones it concerns.
final class OtherNumbers {
  private final Scope scope;
  private final Set<String> scaled = new HashSet<>();
  private final SortedMap<String, Found> found = new TreeMap<>();

  /// @param releases all that the source has
  OtherNumbers(Scope scope, Collection<Release> releases) {
    this.scope = scope;
    for (Release release : releases) {
      if (release instanceof Release.Scale scale) {
        scaled.addAll(scale.zoneSets());
      }
    }
  }

  /// @param running servers of one of its sets
  private record Found(Workload workload, int running, int zones) {}

  /// Looks at the servers of a group that something has started. Sides of a pair get their number
  /// with a version, and a number that follows something is nobody's to say.
  void add(Group group) {
    Workload workload = group.a();
    State.SideState now = Scope.side(scope.now(group), workload.side());
    boolean isSaid =
        group.b().isEmpty()
            && group.zone().body().settings(group.role().name()).autoscale().isEmpty()
            && !scaled.contains(group.zone().set());
    if (isSaid && now.replicas() > 0 && now.replicas() != workload.wanted()) {
      found.merge(
          group.zone().set() + "/" + group.role().name(),
          new Found(workload, now.replicas(), 1),
          (one, two) -> new Found(one.workload(), one.running(), one.zones() + two.zones()));
    }
  }

  void report() {
    for (Found other : found.values()) {
      Workload workload = other.workload();
      scope
          .diagnostics()
          .report(
              Diagnostic.of(
                      Code.GOPS5516,
                      other.zones(),
                      workload.zone().set(),
                      other.running(),
                      workload.role().name(),
                      workload.wanted())
                  .at(workload.role().origins().of("replicas"))
                  .hint("hint", workload.zone().set()));
    }
  }
}
