package io.gops.model;

import io.gops.deployment.Group;
import io.gops.deployment.Workload;
import io.gops.fleet.Amounts;
import io.gops.fleet.Fleet;
import io.gops.fleet.Game;
import io.gops.fleet.Percent;
import io.gops.fleet.Resource;
import io.gops.fleet.Role;
import io.gops.fleet.Zone;
import io.gops.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The JSON Schema of what [Model] prints, made from the types of the records and from what their
/// documentation says of each component.
public final class PublishedSchema {
  private static final Map<Class<?>, String> BY_NAME =
      Map.of(
          Game.class, "Name of the game.",
          Role.class, "Name of the role.",
          Workload.class, "Name of the workload.",
          Zone.class, "Id of the zone.");

  private final SortedMap<String, Json> definitions = new TreeMap<>();
  private final Path sources;

  private PublishedSchema(Path root) {
    this.sources = root.resolve("compiler/core/src/main/java");
  }

  /// @param root the repository
  public static String text(Path root) {
    return laidOut(new PublishedSchema(root).schema());
  }

  /// One definition to a line, so that a change of one is a change of one line.
  private static String laidOut(Json schema) {
    StringBuilder text = new StringBuilder("{");
    String separator = "\n";
    for (Map.Entry<String, Json> member : ((Json.Obj) schema).members().entrySet()) {
      text.append(separator).append(Json.of(member.getKey()).print()).append(": ");
      if (member.getKey().equals("$defs")) {
        text.append('{');
        String comma = "\n  ";
        for (Map.Entry<String, Json> one : ((Json.Obj) member.getValue()).members().entrySet()) {
          text.append(comma).append(Json.of(one.getKey()).print()).append(": ");
          text.append(one.getValue().print());
          comma = ",\n  ";
        }
        text.append("\n}");
      } else {
        text.append(member.getValue().print());
      }
      separator = ",\n";
    }
    return text.append("\n}\n").toString();
  }

  private Json schema() {
    Json.Members environment = Json.object();
    environment.with("name", type("string"));
    environment.with("fleet", reference(Fleet.class, true));
    environment.with(
        "deployment",
        closed(
            Json.object()
                .with("groups", mapOf(reference(Group.class, false)))
                .with("workloads", mapOf(reference(Workload.class, false)))
                .end(),
            List.of("groups", "workloads")));
    Json.Members top = Json.object();
    top.with("apiVersion", Json.object().with("const", "gops.dev/v1").end());
    top.with("kind", Json.object().with("const", "Model").end());
    top.with(
        "environments",
        Json.object()
            .with("type", "array")
            .with("items", closed(environment.end(), List.of("deployment", "fleet", "name")))
            .end());
    Json.Obj root = closed(top.end(), List.of("apiVersion", "environments", "kind"));
    Json.Members schema = Json.object();
    root.members().forEach(schema::with);
    schema.with("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.with("$id", "https://gops.dev/schemas/model.schema.json");
    schema.with("title", "Model of gopsc");
    schema.with(
        "description",
        "Amounts are whole numbers in base units: thousandths of a core, bytes, bits and packets a"
            + " second. Durations are milliseconds, shares are hundredths of a percent.");
    schema.with("$defs", new Json.Obj(definitions));
    return schema.end();
  }

  private static Json.Obj type(String name) {
    return Json.object().with("type", name).end();
  }

  private static Json.Obj mapOf(Json values) {
    return Json.object().with("type", "object").with("additionalProperties", values).end();
  }

  private static Json.Obj closed(Json properties, List<String> required) {
    return Json.object()
        .with("type", "object")
        .with("additionalProperties", new Json.Bool(false))
        .with("properties", properties)
        .with("required", new Json.Arr(required.stream().map(Json::of).toList()))
        .end();
  }

  /// @param inFull whether what the fleet says stands in full, not by its name
  private Json reference(Class<?> type, boolean inFull) {
    String name =
        type.getName().replaceFirst(".*\\.", "").replace('$', '.') + (inFull ? "" : ".deployed");
    if (!definitions.containsKey(name)) {
      definitions.put(name, new Json.Null());
      definitions.put(name, type.isSealed() ? oneOf(type, inFull) : record(type, inFull));
    }
    return Json.object().with("$ref", "#/$defs/" + name).end();
  }

  private Json oneOf(Class<?> type, boolean inFull) {
    List<Json> kinds =
        Arrays.stream(type.getPermittedSubclasses())
            .map(kind -> kind.isEnum() ? words(kind) : reference(kind, inFull))
            .toList();
    return Json.object().with("oneOf", new Json.Arr(kinds)).end();
  }

  private Json record(Class<?> type, boolean inFull) {
    Json.Members properties = Json.object();
    List<String> required = new ArrayList<>();
    ModelTree.kind(type)
        .ifPresent(
            kind -> {
              properties.with("kind", Json.object().with("const", kind).end());
              required.add("kind");
            });
    Documentation documentation = new Documentation(type);
    for (RecordComponent component : type.getRecordComponents()) {
      if (!ModelTree.isTold(component)) {
        continue;
      }
      boolean isOptional = component.getType() == Optional.class;
      if (!isOptional) {
        required.add(component.getName());
      }
      Json schema = value(component.getGenericType(), inFull);
      properties.with(
          component.getName(), described(schema, documentation.of(component.getName())));
    }
    required.sort(String::compareTo);
    Json.Obj closed = closed(properties.end(), required);
    return described(closed, documentation.summary());
  }

  private static Json described(Json schema, Optional<String> text) {
    if (text.isEmpty() || !(schema instanceof Json.Obj object)) {
      return schema;
    }
    Json.Members members = Json.object();
    object.members().forEach(members::with);
    return members.with("description", text.get()).end();
  }

  private Json value(Type type, boolean inFull) {
    if (type instanceof ParameterizedType generic) {
      Class<?> raw = (Class<?>) generic.getRawType();
      Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
      if (raw == Optional.class) {
        return value(last, inFull);
      }
      if (Map.class.isAssignableFrom(raw)) {
        return mapOf(value(last, inFull));
      }
      if (Collection.class.isAssignableFrom(raw)) {
        return Json.object().with("type", "array").with("items", value(last, inFull)).end();
      }
      throw new AssertionError(type);
    }
    return plain((Class<?>) type, inFull);
  }

  private Json plain(Class<?> type, boolean inFull) {
    if (!inFull && BY_NAME.containsKey(type)) {
      return described(
          type(type == Zone.class ? "integer" : "string"), Optional.of(BY_NAME.get(type)));
    }
    if (type == Amounts.class) {
      return mapOf(type("integer"));
    }
    if (type.isEnum()) {
      return words(type);
    }
    if (type == boolean.class || type == Boolean.class) {
      return type("boolean");
    }
    if (List.of(int.class, long.class, Integer.class, Long.class, Duration.class, Percent.class)
        .contains(type)) {
      return type("integer");
    }
    return ModelTree.isText(type) ? type("string") : reference(type, inFull);
  }

  private static Json words(Class<?> type) {
    return Json.object()
        .with(
            "enum",
            new Json.Arr(
                Arrays.stream(type.getEnumConstants())
                    .map(
                        word ->
                            word instanceof Resource resource
                                ? resource.word()
                                : ((Enum<?>) word).name().toLowerCase(Locale.ROOT))
                    .map(Json::of)
                    .toList()))
        .end();
  }

  /// What the source of a record says of it.
  private final class Documentation {
    private static final Pattern LINES = Pattern.compile("((?:[ \\t]*///.*\\n)+)");

    private final String text;

    Documentation(Class<?> type) {
      this.text = comment(type);
    }

    private String comment(Class<?> type) {
      String outer = type.getName().replaceFirst("\\$.*", "").replace('.', '/') + ".java";
      try {
        String source = Files.readString(sources.resolve(outer));
        Matcher declaration =
            Pattern.compile(
                    LINES + "[ \\t]*(?:public )?(?:static )?record " + type.getSimpleName() + "\\(")
                .matcher(source);
        String found = "";
        while (declaration.find()) {
          found = declaration.group(1);
        }
        return found.replaceAll("(?m)^[ \\t]*/// ?", "");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Optional<String> summary() {
      String summary = text.replaceFirst("(?s)\\n?@param.*", "").strip();
      return sentence(summary.replaceFirst("(?s)\\n\\n.*", ""));
    }

    Optional<String> of(String component) {
      Matcher found =
          Pattern.compile("(?s)@param " + component + " (.*?)(?=\\n@|\\z)").matcher(text);
      return found.find() ? sentence(found.group(1)) : Optional.empty();
    }

    private static Optional<String> sentence(String text) {
      String line = text.replaceAll("\\s+", " ").replaceAll("\\[#?([^]]+)]", "$1").strip();
      return line.isEmpty() ? Optional.empty() : Optional.of(line);
    }
  }
}
