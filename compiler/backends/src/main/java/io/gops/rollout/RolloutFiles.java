package io.gops.rollout;

import io.gops.artifact.Artifact;
import io.gops.artifact.GatheredText;
import io.gops.deployment.Deployment;
import io.gops.layout.Layouts;
import io.gops.plan.Plan;
import io.gops.plan.PlanJson;
import io.gops.source.Origin;
import io.gops.state.StateFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The files of one rollout. `rollout.sh` checks that those beside it are the ones it was made
/// with.
public final class RolloutFiles {
  private RolloutFiles() {}

  /// All files of a plan but its page, where the runner patches the cluster.
  ///
  /// @param folder of the environment and cluster, ending in `/`
  public static List<Artifact> of(Plan plan, String folder) {
    GatheredText json = PlanJson.print(plan);
    return of(plan, json, json.identity(), folder, stateFile(plan), Optional.empty());
  }

  /// The same, where a GitOps controller may apply what the runner commits.
  ///
  /// @param deployment what the plan starts from
  public static List<Artifact> of(Plan plan, String folder, Deployment deployment) {
    GatheredText json = PlanJson.print(plan);
    return of(
        plan, json, json.identity(), folder, stateFile(plan), StepCommits.of(plan, deployment));
  }

  /// Where a fleet with environments keeps what runs in one of them.
  private static String stateFile(Plan plan) {
    return "state/" + plan.environment() + ".jsonl";
  }

  /// The same, with what `plan.json` says and the name that follows from it.
  ///
  /// @param stateFile from the folder of the fleet
  static List<Artifact> of(
      Plan plan,
      GatheredText json,
      String identity,
      String folder,
      String stateFile,
      Optional<StepCommits> commits) {
    String there = folder + "rollout/" + plan.release() + "/";
    List<Origin> origins = plan.cause().map(Origin::of).map(List::of).orElse(List.of());
    GatheredText steps = StepsTable.print(plan, commits);
    GatheredText templates = templates(plan);
    Map<String, String> values =
        Map.of(
            "release", plan.release(),
            "environment", plan.environment(),
            "stateFile", stateFile,
            "planId", identity,
            "tableId", steps.identity(),
            "templatesId", templates.identity());
    List<Artifact> files = new ArrayList<>();
    ArgoWorkflow.print(plan, identity, there)
        .ifPresent(text -> files.add(Artifact.of(there + "workflow.yaml", origins, text)));
    files.addAll(
        List.of(
            Artifact.of(there + "plan.json", origins, json),
            Artifact.of(there + "runbook.md", origins, Runbook.print(plan, identity, stateFile)),
            Artifact.of(there + "steps.tsv", origins, steps),
            Artifact.of(there + "templates.jsonl", origins, templates),
            Artifact.script(
                there + "rollout.sh", origins, Layouts.shell("rollout.sh.ftl", values))));
    commits.ifPresent(
        all ->
            all.patches()
                .forEach(
                    (step, text) ->
                        files.add(
                            Artifact.of(there + "commits/" + step + ".patch", origins, text))));
    return files;
  }

  /// The pod templates that the state may name when the plan ends, as lines of the state file.
  private static GatheredText templates(Plan plan) {
    SortedMap<String, String> all = new TreeMap<>(plan.from().templates());
    all.putAll(plan.to().templates());
    GatheredText text = new GatheredText();
    all.forEach((hash, content) -> text.append(StateFile.templateLine(hash, content) + "\n"));
    return text;
  }
}
