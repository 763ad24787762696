package io.gops.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/// Reads generated manifests as strictly as nobody else does.
///
/// Objects of OpenKruise are validated against the schemas of the published custom resource
/// definitions with unknown fields forbidden, pod templates and all other objects against the
/// published Kubernetes model: no unknown field at any depth, no number where a string belongs.
final class ManifestSchemas {
  private static final String KRUISE_GAME = "github.com/openkruise/kruise-game@v1.0.0";
  private static final String KRUISE = "github.com/openkruise/kruise@v1.8.0";
  private static final String KEDA = "github.com/kedacore/keda/v2@v2.16.1";
  private static final String PROMETHEUS_OPERATOR =
      "github.com/prometheus-operator/prometheus-operator@v0.77.2";
  private static final String SET = "game.kruise.io/v1alpha1/GameServerSet";

  /// Published definitions by API version and kind: the module and the file in it.
  private static final Map<String, List<String>> DEFINITIONS =
      Map.of(
          SET,
          List.of(KRUISE_GAME, "game.kruise.io_gameserversets.yaml"),
          "policy.kruise.io/v1alpha1/PodUnavailableBudget",
          List.of(KRUISE, "policy.kruise.io_podunavailablebudgets.yaml"),
          "apps.kruise.io/v1alpha1/ImagePullJob",
          List.of(KRUISE, "apps.kruise.io_imagepulljobs.yaml"),
          "game.kruise.io/v1alpha1/GameServer",
          List.of(KRUISE_GAME, "game.kruise.io_gameservers.yaml"),
          "keda.sh/v1alpha1/ScaledObject",
          List.of(KEDA, "keda.sh_scaledobjects.yaml"),
          "monitoring.coreos.com/v1/PrometheusRule",
          List.of(PROMETHEUS_OPERATOR, "monitoring.coreos.com_prometheusrules.yaml"));

  private static final Map<String, Class<?>> TYPES =
      Map.of(
          "autoscaling/v2/HorizontalPodAutoscaler", HorizontalPodAutoscaler.class,
          "batch/v1/CronJob", CronJob.class,
          "v1/ConfigMap", ConfigMap.class,
          "v1/LimitRange", LimitRange.class,
          "v1/Namespace", Namespace.class,
          "v1/Node", Node.class,
          "v1/ResourceQuota", ResourceQuota.class,
          "v1/Service", Service.class,
          "networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class,
          "scheduling.k8s.io/v1/PriorityClass", PriorityClass.class);

  private final ObjectMapper json = new ObjectMapper();
  private final ObjectMapper strict = strict();
  private final Map<String, JsonSchema> schemas = new TreeMap<>();
  private final Map<String, JsonNode> definitions = new TreeMap<>();

  /// Takes the definitions from the module cache, or from the modules' published archives.
  ManifestSchemas(Path temporary) throws IOException, InterruptedException {
    Map<String, Path> folders = new TreeMap<>();
    for (String module : List.of(KRUISE_GAME, KRUISE, KEDA, PROMETHEUS_OPERATOR)) {
      folders.put(module, definitions(module, temporary));
    }
    for (Map.Entry<String, List<String>> definition : DEFINITIONS.entrySet()) {
      Path folder = Objects.requireNonNull(folders.get(definition.getValue().getFirst()));
      String version = definition.getKey().split("/", -1)[1];
      JsonNode schema = schema(folder.resolve(definition.getValue().getLast()), version);
      definitions.put(definition.getKey(), schema);
      schemas.put(
          definition.getKey(),
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema));
    }
  }

  /// The published definition of an object by its API version and kind.
  JsonNode definition(String kind) {
    return Objects.requireNonNull(definitions.get(kind), kind);
  }

  /// What is wrong with a file, with the place; empty when nothing is.
  List<String> problems(String path, String text) throws IOException {
    List<String> problems = new ArrayList<>();
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setCodePointLimit(Integer.MAX_VALUE);
    int number = 0;
    for (Object document : new Yaml(options).loadAll(text)) {
      JsonNode node = json.valueToTree(document);
      for (String problem : problems(node)) {
        problems.add(
            "%s document %d (%s): %s".formatted(path, number, node.path("kind").asText(), problem));
      }
      number++;
    }
    return problems;
  }

  private List<String> problems(JsonNode document) throws IOException {
    String kind = document.path("apiVersion").asText() + "/" + document.path("kind").asText();
    return switch (kind) {
      case SET -> ofGameServerSet(document);
      case "k8s.cni.cncf.io/v1/NetworkAttachmentDefinition" -> ofAttachment(document);
      case "kustomize.config.k8s.io/v1beta1/Kustomization" ->
          document.path("resources").isArray() ? List.of() : List.of("no resources");
      default -> {
        Class<?> type = TYPES.get(kind);
        if (type != null) {
          yield typed(document, type);
        }
        yield schemas.containsKey(kind) ? defined(document, kind) : List.of("unknown kind " + kind);
      }
    };
  }

  private List<String> defined(JsonNode object, String kind) {
    return Objects.requireNonNull(schemas.get(kind)).validate(object).stream()
        .map(Object::toString)
        .toList();
  }

  private List<String> ofGameServerSet(JsonNode set) {
    ObjectNode whole = set.deepCopy();
    if (!whole.path("spec").has("replicas")) {
      // Where an autoscaler owns it, the number is in the file that a new zone starts with.
      ((ObjectNode) whole.path("spec")).put("replicas", 1);
    }
    List<String> problems = new ArrayList<>(defined(whole, SET));
    if (set.path("spec").path("gameServerTemplate").isMissingNode()) {
      // The number of servers that an autoscaled set starts with; the rest comes with the zone.
      return problems;
    }
    ObjectNode template = set.path("spec").path("gameServerTemplate").deepCopy();
    template.remove(List.of("reclaimPolicy", "volumeClaimTemplates"));
    problems.addAll(typed(template, PodTemplateSpec.class));
    return problems;
  }

  private List<String> ofAttachment(JsonNode definition) throws IOException {
    JsonNode config = json.readTree(definition.path("spec").path("config").asText());
    List<String> problems = new ArrayList<>();
    if (!config.path("type").asText().equals("ovs") || !config.path("ofport_request").isInt()) {
      problems.add("not a configuration of ovs-cni: " + config);
    }
    return problems;
  }

  private List<String> typed(JsonNode node, Class<?> type) {
    try {
      Object object = strict.treeToValue(node, type);
      List<String> problems = new ArrayList<>();
      unknownFields(object, "", new IdentityHashMap<>(), problems);
      JsonNode again = json.valueToTree(object);
      missing(node, again, "", problems);
      return problems;
    } catch (JsonProcessingException e) {
      return List.of(e.getOriginalMessage());
    }
  }

  /// The model collects what it does not know in `additionalProperties`.
  private static void unknownFields(
      @Nullable Object value,
      String path,
      IdentityHashMap<Object, Boolean> seen,
      List<String> problems) {
    switch (value) {
      case null -> {}
      case Collection<?> items ->
          items.forEach(item -> unknownFields(item, path + "[]", seen, problems));
      case Map<?, ?> map ->
          map.forEach((key, item) -> unknownFields(item, path + "." + key, seen, problems));
      default -> {
        boolean model = value.getClass().getName().startsWith("io.fabric8.kubernetes.api.model");
        if (model && !value.getClass().isEnum() && seen.put(value, true) == null) {
          for (Method method : value.getClass().getMethods()) {
            if (method.getName().startsWith("get")
                && method.getParameterCount() == 0
                && !method.getName().equals("getClass")) {
              Object inner = call(method, value);
              if (method.getName().equals("getAdditionalProperties")) {
                if (inner instanceof Map<?, ?> unknown && !unknown.isEmpty()) {
                  problems.add("unknown fields at " + path + ": " + unknown.keySet());
                }
              } else {
                unknownFields(inner, path + "." + method.getName(), seen, problems);
              }
            }
          }
        }
      }
    }
  }

  private static @Nullable Object call(Method method, Object target) {
    try {
      return method.invoke(target);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  /// Every value that was written must still be there after reading and writing.
  private static void missing(
      JsonNode written, @Nullable JsonNode read, String path, List<String> problems) {
    if (read == null || read.getNodeType() != written.getNodeType()) {
      boolean empty = written.isContainerNode() && written.isEmpty();
      if (!empty) {
        problems.add("lost or changed at " + path + ": " + written);
      }
      return;
    }
    if (written.isObject()) {
      written
          .properties()
          .forEach(
              field ->
                  missing(
                      field.getValue(),
                      read.get(field.getKey()),
                      path + "/" + field.getKey(),
                      problems));
    } else if (written.isArray()) {
      for (int i = 0; i < written.size(); i++) {
        missing(written.get(i), read.get(i), path + "/" + i, problems);
      }
    } else if (!written.asText().equals(read.asText())) {
      problems.add("changed at " + path + ": " + written + " to " + read);
    }
  }

  private static ObjectMapper strict() {
    JsonMapper mapper =
        JsonMapper.builder()
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();
    for (CoercionInputShape shape :
        List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)) {
      mapper.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
    }
    return mapper;
  }

  private JsonNode schema(Path definition, String wanted) throws IOException {
    Object crd = new Yaml(new LoaderOptions()).load(Files.readString(definition));
    for (JsonNode version : json.<JsonNode>valueToTree(crd).path("spec").path("versions")) {
      if (version.path("name").asText().equals(wanted)) {
        JsonNode schema = version.path("schema").path("openAPIV3Schema").deepCopy();
        closed(schema);
        // The API server checks the metadata itself; the definition only says "object".
        ((ObjectNode) schema.path("properties")).putObject("metadata").put("type", "object");
        return schema;
      }
    }
    throw new IOException("no version " + wanted + " in " + definition);
  }

  /// Forbids what the API server would prune, and spells Kubernetes' own words as JSON Schema.
  private static void closed(JsonNode schema) {
    if (schema instanceof ObjectNode object) {
      if (object.path("x-kubernetes-int-or-string").asBoolean()) {
        object.remove(List.of("type", "format"));
        ArrayNode types = object.putArray("anyOf");
        types.addObject().put("type", "integer");
        types.addObject().put("type", "string");
      }
      boolean open =
          object.path("x-kubernetes-preserve-unknown-fields").asBoolean()
              || object.has("additionalProperties");
      if (object.path("type").asText().equals("object") && object.has("properties") && !open) {
        object.put("additionalProperties", false);
      }
    }
    schema.forEach(ManifestSchemas::closed);
  }

  private Path definitions(String module, Path temporary) throws IOException, InterruptedException {
    Files.writeString(temporary.resolve("go.mod"), "module gops.dev/schemas\n\ngo 1.21\n");
    Process process =
        new ProcessBuilder("go", "mod", "download", "-json", module)
            .directory(temporary.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    JsonNode answer = json.readTree(new String(process.getInputStream().readAllBytes(), UTF_8));
    if (process.waitFor() != 0) {
      throw new IOException("go mod download " + module + ": " + answer);
    }
    return Path.of(Objects.requireNonNull(answer.path("Dir").textValue()))
        .resolve(
            module.equals(PROMETHEUS_OPERATOR)
                ? "example/prometheus-operator-crd"
                : "config/crd/bases");
  }
}
