package io.gops.controlplane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// GameServerSets, and Fleets of Agones, as the objects that Kubernetes itself knows.
///
/// The API server checks nothing inside a GameServerSet's template, and without OpenKruise nobody
/// makes its pods. A StatefulSet of the same name, template and number gives the same pods.
final class Projection {
  /// Label with the name of the set that a pod belongs to.
  static final String OWNER = "game.kruise.io/owner-gss";

  private static final String POD_INDEX = "apps.kubernetes.io/pod-index";

  private Projection() {}

  static boolean isGameServerSet(JsonNode document) {
    return document.path("kind").asText().equals("GameServerSet");
  }

  /// Whether it only says how many servers a new set starts with.
  static boolean isStart(JsonNode document) {
    return isGameServerSet(document)
        && document.path("spec").path("gameServerTemplate").isMissingNode();
  }

  /// Whether it has a template of pods: a GameServerSet, or a Fleet of Agones.
  static boolean hasPods(JsonNode document) {
    return isFleet(document) || (isGameServerSet(document) && !isStart(document));
  }

  private static boolean isFleet(JsonNode document) {
    return document.path("kind").asText().equals("Fleet");
  }

  /// One pod of a set, as its controller would make it.
  static ObjectNode pod(JsonNode set, int ordinal) {
    ObjectNode pod = template(set);
    pod.put("apiVersion", "v1").put("kind", "Pod");
    ObjectNode metadata = (ObjectNode) pod.get("metadata");
    metadata.put("name", name(set) + "-" + ordinal).put("namespace", namespace(set));
    ((ObjectNode) metadata.get("labels")).put(POD_INDEX, Integer.toString(ordinal));
    for (JsonNode claim : claims(set)) {
      ObjectNode volume = ((ObjectNode) pod.get("spec")).withArray("volumes").addObject();
      String claimed = name(claim) + "-" + name(set) + "-" + ordinal;
      volume.put("name", name(claim));
      volume.putObject("persistentVolumeClaim").put("claimName", claimed);
    }
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
    JsonNode claims = claims(set);
    if (!claims.isMissingNode()) {
      spec.set("volumeClaimTemplates", claims);
    }
    return result;
  }

  private static JsonNode claims(JsonNode set) {
    return set.path("spec").path("gameServerTemplate").path("volumeClaimTemplates");
  }

  private static ObjectNode template(JsonNode set) {
    if (isFleet(set)) {
      return set.at("/spec/template/spec/template").deepCopy();
    }
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
