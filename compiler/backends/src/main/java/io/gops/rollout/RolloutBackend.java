package io.gops.rollout;

import io.gops.allocate.Assignments;
import io.gops.artifact.Artifact;
import io.gops.artifact.Artifacts;
import io.gops.artifact.GatheredText;
import io.gops.compilation.Backend;
import io.gops.compilation.Compiled;
import io.gops.deployment.Deployment;
import io.gops.deployment.Group;
import io.gops.diagnostic.Diagnostics;
import io.gops.network.Overlay;
import io.gops.network.flow.NodeTables;
import io.gops.network.pipeline.Pipeline;
import io.gops.openvswitch.OpenVswitch;
import io.gops.plan.Action;
import io.gops.plan.Plan;
import io.gops.plan.PlanJson;
import io.gops.source.Origin;
import io.gops.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Writes the files of every plan.
public final class RolloutBackend implements Backend {
  @Override
  public String id() {
    return "rollout";
  }

  @Override
  public void generate(Compiled compiled, Artifacts files, Diagnostics diagnostics) {
    Deployment deployment = compiled.deployment();
    String folder = deployment.environment() + "/" + deployment.cluster().name() + "/";
    if (!deployment.cluster().fence().isEmpty()) {
      FenceFiles.of(deployment, folder, compiled.stateFile()).forEach(files);
    }
    for (Plan plan : compiled.plans()) {
      GatheredText json = PlanJson.print(plan);
      String identity = json.identity();
      RolloutFiles.of(
              plan, json, identity, folder, compiled.stateFile(), StepCommits.of(plan, deployment))
          .forEach(files);
      files.accept(page(compiled, plan, identity, folder));
      if (programsSwitches(plan)) {
        network(compiled, plan, folder, diagnostics).forEach(files);
      }
    }
  }

  private static Artifact page(Compiled compiled, Plan plan, String identity, String folder) {
    return Artifact.of(
        folder + "rollout/" + plan.release() + "/plan.html",
        plan.cause().map(Origin::of).map(List::of).orElse(List.of()),
        PlanPage.html(
            plan,
            identity,
            Optional.ofNullable(compiled.fleet().releases().get(plan.release())),
            compiled.deployment(),
            compiled.capacity()));
  }

  private static boolean programsSwitches(Plan plan) {
    return plan.steps().stream()
        .flatMap(step -> step.tasks().stream())
        .anyMatch(task -> task.action() instanceof Action.ProgramSwitch);
  }

  /// The files of the switches as they are when the plan has moved its groups.
  private static List<Artifact> network(
      Compiled compiled, Plan plan, String folder, Diagnostics diagnostics) {
    Deployment moved = moved(compiled.deployment(), plan.to());
    Overlay overlay = Overlay.of(moved, new Assignments(compiled.newLock()), diagnostics);
    SortedMap<String, NodeTables> tables = new TreeMap<>(Pipeline.tables(overlay));
    tables.keySet().retainAll(plan.switches());
    String there = folder + "rollout/" + plan.release() + "/";
    List<Artifact> artifacts = new ArrayList<>();
    SortedMap<String, NodeTables> before = new TreeMap<>();
    tables.keySet().forEach(node -> before.put(node, compiled.tables().of(node)));
    for (Artifact file : OpenVswitch.artifacts(overlay, tables, before)) {
      String path = there + file.path().substring(folder.length());
      artifacts.add(new Artifact(path, file.origins(), file.executable(), file.content()));
    }
    return artifacts;
  }

  /// The deployment with the groups of a state at its hosts.
  private static Deployment moved(Deployment deployment, State state) {
    SortedMap<String, Group> groups = new TreeMap<>(deployment.groups());
    state
        .groups()
        .forEach(
            (id, group) -> {
              if (!group.hosts().isEmpty()) {
                groups.computeIfPresent(id, (_, old) -> at(old, group.hosts()));
              }
            });
    return new Deployment(
        deployment.fleet(),
        deployment.environment(),
        deployment.cluster(),
        deployment.pools(),
        deployment.hosts(),
        deployment.gateways(),
        deployment.vpcs(),
        deployment.services(),
        deployment.secrets(),
        deployment.games(),
        deployment.policies(),
        deployment.directories(),
        groups,
        deployment.workloads());
  }

  private static Group at(Group group, List<String> hosts) {
    List<Group.Placement> placements =
        hosts.stream().map(host -> new Group.Placement(host, Optional.empty())).toList();
    return new Group(
        group.id(),
        group.zone(),
        group.role(),
        placements,
        group.a(),
        group.b(),
        group.loginAddress());
  }
}
