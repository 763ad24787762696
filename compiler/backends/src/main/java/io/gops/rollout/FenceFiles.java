package io.gops.rollout;

import io.gops.artifact.Artifact;
import io.gops.artifact.GatheredText;
import io.gops.deployment.Deployment;
import io.gops.deployment.Group;
import io.gops.deployment.Workload;
import io.gops.layout.Layouts;
import io.gops.source.Origin;
import java.util.List;
import java.util.Map;

/// The command that whoever watches the hosts calls when one of them is lost, with its table: `H` a
/// host, `P` a pair of which one side runs outside a move.
public final class FenceFiles {
  private FenceFiles() {}

  /// The files of a cluster that says how machines are switched off.
  ///
  /// @param folder of the environment and cluster, ending in `/`
  /// @param stateFile from the folder of the fleet
  public static List<Artifact> of(Deployment deployment, String folder, String stateFile) {
    List<Origin> origins = List.of(deployment.cluster().origins().of("fence.command"));
    GatheredText table = table(deployment);
    Map<String, Object> values =
        Map.of(
            "stateFile", stateFile,
            "tableId", table.identity(),
            "command", deployment.cluster().fence());
    return List.of(
        Artifact.of(folder + "fence.tsv", origins, table),
        Artifact.script(folder + "fence.sh", origins, Layouts.shell("fence.sh.ftl", values)));
  }

  private static GatheredText table(Deployment deployment) {
    GatheredText rows = new GatheredText();
    deployment.hosts().keySet().forEach(host -> row(rows, "H", host));
    for (Group group : deployment.groups().values()) {
      if (!group.isWarm()) {
        Workload a = group.a();
        group
            .b()
            .ifPresent(b -> row(rows, "P", group.id(), a.game().namespace(), a.name(), b.name()));
      }
    }
    return rows;
  }

  private static void row(GatheredText rows, String... fields) {
    rows.append(String.join("\t", fields) + "\n");
  }
}
