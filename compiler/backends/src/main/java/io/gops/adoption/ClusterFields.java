package io.gops.adoption;

import io.gops.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the API server, controllers and tools write into objects. Nobody says it, so no source
/// carries it.
public final class ClusterFields {
  /// By kind of object, or `*`; paths of members.
  private static final Map<String, Set<String>> WRITTEN =
      Map.of(
          "*",
          Set.of(
              "status",
              "metadata.uid",
              "metadata.resourceVersion",
              "metadata.generation",
              "metadata.creationTimestamp",
              "metadata.selfLink",
              "metadata.managedFields",
              "metadata.ownerReferences",
              "metadata.annotations.kubectl.kubernetes.io/last-applied-configuration",
              "metadata.annotations.deployment.kubernetes.io/revision",
              "metadata.annotations.game.kruise.io/asts-hash",
              "metadata.annotations.game.kruise.io/ppm-hash",
              "spec.gameServerTemplate.metadata.creationTimestamp",
              "spec.template.metadata.creationTimestamp",
              "spec.template.spec.template.metadata.creationTimestamp"),
          "Service",
          Set.of("spec.clusterIPs", "spec.ipFamilies", "spec.ipFamilyPolicy"));

  /// What is ignored on purpose, by path, with the number of objects that have it.
  private final SortedMap<String, Integer> ignored = new TreeMap<>();

  /// The object without them. A Node keeps its status: it says how large the machine is.
  public Manifest without(Manifest manifest) {
    Json left = without(manifest.content(), "", manifest.kind());
    return left instanceof Json.Obj content
        ? new Manifest(content, manifest.file(), manifest.line())
        : manifest;
  }

  /// One sentence for each field that was left out.
  public List<String> notes() {
    return ignored.entrySet().stream()
        .map(
            field ->
                "ignored, for the cluster writes it: " + field.getKey() + " of " + field.getValue())
        .map(line -> line + (line.endsWith(" of 1") ? " object" : " objects"))
        .toList();
  }

  private Json without(Json value, String path, String kind) {
    if (!(value instanceof Json.Obj object)) {
      return value;
    }
    Json.Members members = Json.object();
    object
        .members()
        .forEach(
            (name, member) -> {
              String at = path.isEmpty() ? name : path + "." + name;
              if (isWritten(at, kind)) {
                ignored.merge(at, 1, Integer::sum);
              } else if (isPrefix(at)) {
                Json left = without(member, at, kind);
                if (!left.equals(Json.object().end()) || left.equals(member)) {
                  members.with(name, left);
                }
              } else {
                members.with(name, member);
              }
            });
    return members.end();
  }

  private static boolean isWritten(String path, String kind) {
    boolean isMachine = kind.equals("Node") && path.equals("status");
    return !isMachine
        && (WRITTEN.getOrDefault("*", Set.of()).contains(path)
            || WRITTEN.getOrDefault(kind, Set.of()).contains(path));
  }

  private static boolean isPrefix(String path) {
    return WRITTEN.values().stream()
        .anyMatch(paths -> paths.stream().anyMatch(written -> written.startsWith(path + ".")));
  }
}
