package io.gops.kubernetes;

import io.gops.compilation.Compiled;
import io.gops.deployment.Deployment;
import io.gops.deployment.Sizing;
import io.gops.deployment.Workload;
import io.gops.plan.Plan;
import io.gops.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The sets in the versions to which releases lead. What guards a namespace must admit their pods,
/// too: it is applied before the release, and the release does not change it.
final class LaterVersions {
  private LaterVersions() {}

  /// By the name of the set; none for a set that no release changes.
  static SortedMap<String, List<Workload>> of(Compiled compiled) {
    SortedMap<String, List<Workload>> later = new TreeMap<>();
    Deployment deployment = compiled.deployment();
    SortedMap<String, SortedMap<String, Sizing.PodSize>> sizes = compiled.capacity().pods();
    for (Plan plan : compiled.plans()) {
      for (Workload workload : deployment.workloads().values()) {
        State.GroupState end = plan.to().groups().get(workload.group());
        State.SideState side = end == null ? null : end.sides().get(workload.side());
        if (side != null && !side.version().equals(workload.version())) {
          Sizing.PodSize size =
              sizes
                  .getOrDefault(workload.group(), new TreeMap<>())
                  .getOrDefault(
                      side.version(), new Sizing.PodSize(workload.request(), workload.limit()));
          later
              .computeIfAbsent(workload.name(), _ -> new ArrayList<>())
              .add(workload.inVersion(side.version()).sized(size));
        }
      }
    }
    return later;
  }
}
