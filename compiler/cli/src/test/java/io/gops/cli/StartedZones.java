package io.gops.cli;

import io.gops.compilation.Compilation;
import io.gops.compilation.Compiled;
import io.gops.compilation.FleetFolder;
import io.gops.deployment.Group;
import io.gops.deployment.Workload;
import io.gops.fleet.Side;
import io.gops.kubernetes.PodShapes;
import io.gops.plan.PodTemplates;
import io.gops.rollout.KruiseGameTarget;
import io.gops.state.State;
import io.gops.state.StateFile;
import io.gops.state.TemplateHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Fleets whose zones run: lock and state as they are when every side was started by a release as
/// the source says.
final class StartedZones {
  private StartedZones() {}

  /// Writes lock and state of every environment of the fleet in a folder.
  static void write(Path folder) throws IOException {
    FleetFolder fleet = FleetFolder.of(folder);
    Compilation compilation = new Compilation(fleet, Optional.empty(), new KruiseGameTarget());
    Map<String, Compiled> environments = compilation.compiled();
    if (environments.isEmpty()) {
      throw new AssertionError(compilation.diagnostics().sorted());
    }
    for (Map.Entry<String, Compiled> environment : environments.entrySet()) {
      Compiled compiled = environment.getValue();
      write(fleet.state(environment.getKey()), StateFile.print(state(compiled)));
      write(fleet.lock(environment.getKey()), compiled.newLock().print());
    }
  }

  private static void write(Path path, String text) throws IOException {
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private static State state(Compiled compiled) {
    PodTemplates shapes = new PodShapes(compiled.deployment());
    SortedMap<String, State.GroupState> groups = new TreeMap<>();
    SortedMap<String, String> templates = new TreeMap<>();
    for (Group group : compiled.deployment().groups().values()) {
      SortedMap<Side, State.SideState> sides = new TreeMap<>();
      for (Workload workload : group.workloads()) {
        String content = shapes.shape(workload).print();
        String hash = TemplateHash.of(content);
        templates.put(hash, content);
        sides.put(
            workload.side(), new State.SideState(workload.version(), workload.replicas(), hash));
      }
      groups.put(group.id(), new State.GroupState(group.live().side(), sides));
    }
    return new State(groups, templates);
  }
}
