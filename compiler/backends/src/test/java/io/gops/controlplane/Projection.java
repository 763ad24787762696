package io.gops.controlplane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// GameServerSets as the objects that Kubernetes itself knows.
///
/// The API server checks nothing inside a GameServerSet's template, and without OpenKruise nobody
/// makes its pods. A StatefulSet with the same name, template and number of pods gives the same
// pods.
final class Projection {
  private static final String OWNER = "game.kruise.io/owner-gss";

  private Projection() {}

  static boolean isGameServerSet(JsonNode document) {
    return document.path("kind").asText().equals("GameServerSet");
  }

  /// The first pod of a set.
  static ObjectNode pod(JsonNode set) {
    ObjectNode pod = template(set);
    pod.put("apiVersion", "v1").put("kind", "Pod");
    ObjectNode metadata = (ObjectNode) pod.get("metadata");
    metadata.put("name", name(set) + "-0").put("namespace", namespace(set));
    return pod;
  }

  /// @param replicas pods that it makes
  static ObjectNode statefulSet(JsonNode set, int replicas) {
    ObjectNode result = Api.JSON.createObjectNode();
    result.put("apiVersion", "apps/v1").put("kind", "StatefulSet");
    result.putObject("metadata").put("name", name(set)).put("namespace", namespace(set));
    ObjectNode spec = result.putObject("spec");
    spec.put("replicas", replicas);
    spec.put("serviceName", set.path("spec").path("serviceName").asText());
    spec.put("podManagementPolicy", "Parallel");
    spec.putObject("selector").putObject("matchLabels").put(OWNER, name(set));
    spec.set("template", template(set));
    JsonNode claims = set.path("spec").path("gameServerTemplate").path("volumeClaimTemplates");
    if (!claims.isMissingNode()) {
      spec.set("volumeClaimTemplates", claims);
    }
    return result;
  }

  private static ObjectNode template(JsonNode set) {
    ObjectNode template = set.path("spec").path("gameServerTemplate").deepCopy();
    template.remove(List.of("reclaimPolicy", "volumeClaimTemplates"));
    ((ObjectNode) template.path("metadata").path("labels")).put(OWNER, name(set));
    return template;
  }

  static String name(JsonNode object) {
    return object.path("metadata").path("name").asText();
  }

  static String namespace(JsonNode object) {
    return object.path("metadata").path("namespace").asText();
  }
}
