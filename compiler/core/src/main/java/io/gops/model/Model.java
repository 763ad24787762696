package io.gops.model;

import io.gops.compilation.Compiled;
import io.gops.deployment.Deployment;
import io.gops.deployment.Group;
import io.gops.deployment.Workload;
import io.gops.fleet.Fleet;
import io.gops.fleet.Game;
import io.gops.fleet.Role;
import io.gops.fleet.Zone;
import io.gops.json.Json;
import java.util.Collection;
import java.util.Map;

/// The models of a compile as JSON: `fleet`, what people said with every template and override
/// applied, and `deployment`, what will run and where.
public final class Model {
  /// In a deployment, what the fleet says in full stands by its name or number.
  private static final ModelTree BY_NAME =
      new ModelTree(
          Map.of(
              Zone.class, zone -> Json.of(((Zone) zone).id()),
              Game.class, game -> Json.of(((Game) game).name()),
              Role.class, role -> Json.of(((Role) role).name()),
              Workload.class, workload -> Json.of(((Workload) workload).name())));

  private static final ModelTree IN_FULL = new ModelTree();

  private Model() {}

  /// Every environment of a compile.
  public static Json.Obj of(Collection<Compiled> environments) {
    return Json.object()
        .with("apiVersion", "gops.dev/v1")
        .with("kind", "Model")
        .with("environments", new Json.Arr(environments.stream().<Json>map(Model::of).toList()))
        .end();
  }

  private static Json.Obj of(Compiled compiled) {
    return Json.object()
        .with("name", compiled.fleet().environment())
        .with("fleet", fleet(compiled.fleet()))
        .with("deployment", deployment(compiled.deployment()))
        .end();
  }

  /// What people said. Members that are keyed by a name in the source are objects by that name.
  public static Json.Obj fleet(Fleet fleet) {
    return IN_FULL.of(fleet);
  }

  /// What will run: groups with their hosts, and workloads with their version, sizes and addresses.
  public static Json.Obj deployment(Deployment deployment) {
    Json.Members groups = Json.object();
    for (Group group : deployment.groups().values()) {
      groups.with(group.id(), BY_NAME.of(group));
    }
    Json.Members workloads = Json.object();
    for (Workload workload : deployment.workloads().values()) {
      workloads.with(workload.name(), BY_NAME.of(workload));
    }
    return Json.object().with("groups", groups.end()).with("workloads", workloads.end()).end();
  }
}
