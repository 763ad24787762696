package io.gops.plan.proof;

import io.gops.deployment.Workload;
import io.gops.json.Json;
import io.gops.json.JsonPatch;
import io.gops.plan.Action;
import io.gops.plan.Simulation;
import io.gops.plan.Step;
import io.gops.plan.Task;
import io.gops.state.TemplateHash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// A patch turns the pod template that it starts from into exactly the one that it names as its
/// end, with the names of its own set where templates have a placeholder.
///
/// Each pair of templates is gone through once, by carrying the patch out on the stored text; the
/// patch of each set is then compared with that one place by place.
final class PatchesMakeTheTemplate extends Rule {
  private static final String TEMPLATE = "/spec/gameServerTemplate";

  private final Map<Ends, Optional<JsonPatch>> between = new HashMap<>();
  private final SortedMap<String, String> contents = new TreeMap<>();

  PatchesMakeTheTemplate(Facts facts, Consumer<String> flaws) {
    super(facts, flaws);
    contents.putAll(facts.plan().from().templates());
    contents.putAll(facts.plan().to().templates());
  }

  private record Ends(String from, String to) {}

  @Override
  void begin() {
    contents.forEach(
        (hash, content) -> {
          if (!TemplateHash.of(content).equals(hash)) {
            flaw("the pod template " + hash + " has another content");
          }
        });
  }

  @Override
  void before(Step step, Task task, Simulation now) {
    if (!(task.action() instanceof Action.PatchTemplate patch)) {
      return;
    }
    if (!contents.containsKey(patch.toTemplate())) {
      flaw(step, "leads to a pod template that the plan does not have");
    } else if (contents.containsKey(patch.fromTemplate())) {
      Optional<JsonPatch> wanted =
          between.computeIfAbsent(new Ends(patch.fromTemplate(), patch.toTemplate()), this::made);
      Optional<Workload> workload = facts.workload(patch.set());
      if (wanted.isEmpty() || workload.isEmpty()) {
        flaw(step, "patches " + patch.set().name() + " in a way that cannot be followed");
      } else if (!filled(wanted.get(), workload.get()).equals(patch.patch())) {
        flaw(step, "does not make the pod template of " + patch.set().name());
      }
    }
  }

  /// The patch between two templates, if carrying it out leads from one to the other.
  private Optional<JsonPatch> made(Ends ends) {
    Json from = parse(ends.from());
    Json to = parse(ends.to());
    JsonPatch patch = JsonPatch.between(from, to, "");
    if (!patch.apply(from).equals(Optional.of(to))) {
      return Optional.empty();
    }
    List<JsonPatch.Change> inSet = new ArrayList<>();
    patch
        .changes()
        .forEach(c -> inSet.add(new JsonPatch.Change(TEMPLATE + c.path(), c.from(), c.to())));
    return Optional.of(new JsonPatch(inSet));
  }

  private Json parse(String hash) {
    try {
      return Json.parse(contents.getOrDefault(hash, "null"));
    } catch (IOException broken) {
      flaw("the pod template " + hash + " cannot be read");
      return new Json.Null();
    }
  }

  private JsonPatch filled(JsonPatch patch, Workload workload) {
    List<JsonPatch.Change> changes = new ArrayList<>();
    for (JsonPatch.Change change : patch.changes()) {
      changes.add(
          new JsonPatch.Change(
              change.path(),
              facts.templates().fill(change.from(), workload),
              facts.templates().fill(change.to(), workload)));
    }
    return new JsonPatch(changes);
  }
}
