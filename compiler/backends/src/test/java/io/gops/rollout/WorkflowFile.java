package io.gops.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// A Workflow as Argo reads it, as far as the generated ones go: one DAG of containers and
/// suspended nodes, with parameters.
final class WorkflowFile {
  private final JsonNode workflow;
  private final Map<String, JsonNode> templates = new LinkedHashMap<>();

  WorkflowFile(JsonNode workflow) {
    this.workflow = workflow;
    for (JsonNode template : workflow.at("/spec/templates")) {
      templates.put(template.path("name").asText(), template);
    }
  }

  static WorkflowFile read(Path file) throws IOException {
    return new WorkflowFile(tree(Files.readString(file)));
  }

  static JsonNode tree(String yaml) {
    Object loaded = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    return new ObjectMapper().valueToTree(loaded);
  }

  /// The documents of a YAML file.
  static List<JsonNode> documents(String yaml) {
    List<JsonNode> documents = new ArrayList<>();
    for (Object loaded : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(yaml)) {
      documents.add(new ObjectMapper().valueToTree(loaded));
    }
    return documents;
  }

  /// A node with its parameters put in.
  record Task(String name, JsonNode template, Map<String, String> parameters) {
    boolean isSuspended() {
      return template.has("suspend");
    }

    List<String> command() {
      return texts("command");
    }

    /// What the runner is called with.
    List<String> words() {
      return texts("args");
    }

    private List<String> texts(String field) {
      List<String> words = new ArrayList<>();
      for (JsonNode word : template.at("/container/" + field)) {
        String text = word.asText();
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
          text =
              text.replace(
                  "{{inputs.parameters." + parameter.getKey() + "}}", parameter.getValue());
        }
        words.add(text);
      }
      return words;
    }
  }

  Task exitHandler() {
    return task("exit", workflow.at("/spec/onExit").asText(), Map.of());
  }

  /// The tasks of the entry point, each after those that it depends on.
  List<Task> inOrder() {
    JsonNode dag = template(workflow.at("/spec/entrypoint").asText()).at("/dag/tasks");
    List<JsonNode> left = new ArrayList<>();
    dag.forEach(left::add);
    Set<String> done = new HashSet<>();
    List<Task> order = new ArrayList<>();
    while (!left.isEmpty()) {
      JsonNode next =
          left.stream()
              .filter(task -> done.containsAll(dependencies(task)))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("a circle in " + left));
      left.remove(next);
      done.add(next.path("name").asText());
      Map<String, String> parameters = new LinkedHashMap<>();
      for (JsonNode parameter : next.at("/arguments/parameters")) {
        parameters.put(parameter.path("name").asText(), parameter.path("value").asText());
      }
      order.add(task(next.path("name").asText(), next.path("template").asText(), parameters));
    }
    return order;
  }

  private static List<String> dependencies(JsonNode task) {
    List<String> names = new ArrayList<>();
    task.path("dependencies").forEach(name -> names.add(name.asText()));
    return names;
  }

  private Task task(String name, String template, Map<String, String> parameters) {
    return new Task(name, template(template), parameters);
  }

  private JsonNode template(String name) {
    return Objects.requireNonNull(templates.get(name), name);
  }
}
