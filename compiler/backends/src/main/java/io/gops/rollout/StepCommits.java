package io.gops.rollout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gops.deployment.Deployment;
import io.gops.json.JsonPatch;
import io.gops.kubernetes.ReleasedFiles;
import io.gops.plan.Action;
import io.gops.plan.Plan;
import io.gops.plan.Step;
import io.gops.plan.Task;
import io.gops.plan.Undo;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What each step of a plan changes in the generated manifests, for a cluster that a GitOps
/// controller applies from git: the same values as the patches of the plan, as differences of files
/// that apply only to the files that the plan expects.
///
/// @param patches by the step's id, for `git apply`
/// @param direct tasks, as step and unit with a tab between, that scale a set whose number of
///     servers stands in no manifest
record StepCommits(SortedMap<String, String> patches, SortedSet<String> direct) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SET = "GameServerSet";
  private static final String NODE = "Node";

  StepCommits {
    patches = Collections.unmodifiableSortedMap(new TreeMap<>(patches));
    direct = Collections.unmodifiableSortedSet(new TreeSet<>(direct));
  }

  /// The commits of a plan; absent where the runner patches the cluster itself.
  ///
  /// @param deployment what the plan starts from
  static Optional<StepCommits> of(Plan plan, Deployment deployment) {
    return plan.rollouts().repository().map(_ -> made(plan, deployment));
  }

  private static StepCommits made(Plan plan, Deployment deployment) {
    ReleasedFiles files = new ReleasedFiles(deployment, plan.from().groups().keySet());
    SortedMap<String, String> texts = new TreeMap<>();
    files.paths().forEach(path -> texts.put(path, files.text(path)));
    SortedMap<String, String> patches = new TreeMap<>();
    SortedSet<String> direct = new TreeSet<>();
    for (Step step : plan.steps()) {
      SortedSet<String> touched = new TreeSet<>();
      for (Task task : step.tasks()) {
        SortedSet<String> changed = change(files, task);
        if (changed.isEmpty() && task.action() instanceof Action.Scale) {
          direct.add(step.id() + "\t" + task.unit());
        }
        touched.addAll(changed);
      }
      StringBuilder patch = new StringBuilder();
      for (String path : touched) {
        String now = files.text(path);
        patch.append(UnifiedDiff.of(path, texts.getOrDefault(path, ""), now));
        texts.put(path, now);
      }
      if (!patch.isEmpty()) {
        patches.put(step.id(), patch.toString());
      }
    }
    return new StepCommits(patches, direct);
  }

  /// Carries out a task on the manifests.
  ///
  /// @return the files that say something else now
  private static SortedSet<String> change(ReleasedFiles files, Task task) {
    SortedSet<String> changed = new TreeSet<>();
    switch (task.action()) {
      case Action.PatchTemplate patch -> {
        ObjectNode set = files.object(SET, patch.set().namespace(), patch.set().name());
        patch.patch().changes().forEach(change -> replace(set, change));
        changed.add(files.path(SET, patch.set().namespace(), patch.set().name()));
      }
      case Action.Scale scale -> {
        ObjectNode spec =
            (ObjectNode)
                files.object(SET, scale.set().namespace(), scale.set().name()).path("spec");
        // An autoscaler owns the number of other sets, and no manifest has it.
        if (spec.has("replicas")) {
          spec.put("replicas", scale.to());
          changed.add(files.path(SET, scale.set().namespace(), scale.set().name()));
        }
      }
      case Action.MoveHome move -> {
        ObjectNode left = label(files, move.from());
        if (task.undo() instanceof Undo.Back) {
          // The host that is left lives, and may take the group again.
          left.put(move.label(), "failover");
        } else {
          left.remove(move.label());
        }
        sorted(label(files, move.to()).put(move.label(), "primary"));
        changed.add(files.path(NODE, "", move.to()));
      }
      case Action.SetLogins _,
          Action.PutEntry _,
          Action.Fence _,
          Action.Cordon _,
          Action.Dismiss _,
          Action.ProgramSwitch _,
          Action.Drain _,
          Action.Kick _,
          Action.Reload _,
          Action.Announce _,
          Action.ByHand _ -> {}
    }
    return changed;
  }

  private static ObjectNode label(ReleasedFiles files, String node) {
    return (ObjectNode) files.object(NODE, "", node).at("/metadata/labels");
  }

  private static void sorted(ObjectNode labels) {
    SortedMap<String, JsonNode> sorted = new TreeMap<>();
    labels.properties().forEach(label -> sorted.put(label.getKey(), label.getValue()));
    labels.removeAll();
    sorted.forEach(labels::set);
  }

  private static void replace(ObjectNode set, JsonPatch.Change change) {
    int slash = change.path().lastIndexOf('/');
    JsonNode parent = set.at(change.path().substring(0, slash));
    String name = change.path().substring(slash + 1).replace("~1", "/").replace("~0", "~");
    JsonNode wanted = tree(change.to().print());
    if (!set.at(change.path()).equals(tree(change.from().print()))) {
      throw new IllegalStateException(
          set.at("/metadata/name").asText() + " is not as its plan expects at " + change.path());
    }
    if (parent instanceof ArrayNode array) {
      array.set(Integer.parseInt(name), wanted);
    } else {
      ((ObjectNode) parent).set(name, wanted);
    }
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
