package io.gops.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gops.deployment.Deployment;
import io.gops.deployment.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// The manifests that a release changes, as values, until they are printed as [KubernetesBackend]
/// prints them.
public final class ReleasedFiles {
  private static final String NODE_LABELS = "node-labels.yaml";

  private final ObjectMapper json = new ObjectMapper();
  private final SortedMap<String, List<ObjectNode>> files = new TreeMap<>();

  /// Where each object is, by kind, namespace and name.
  private final SortedMap<String, String> places = new TreeMap<>();

  /// The files of some groups and of the labels of nodes, as they are now.
  public ReleasedFiles(Deployment deployment, Set<String> groups) {
    SortedMap<Integer, List<Group>> zones = new TreeMap<>();
    Set<Integer> wanted = new TreeSet<>();
    for (Group group : deployment.groups().values()) {
      zones.computeIfAbsent(group.zone().id(), _ -> new ArrayList<>()).add(group);
      if (groups.contains(group.id())) {
        wanted.add(group.zone().id());
      }
    }
    zones.keySet().retainAll(wanted);
    ZoneObjects objects =
        new ZoneObjects(deployment, new PodShapes(deployment), NetworkPlugin.load());
    zones.forEach(
        (id, of) ->
            add(of.getFirst().zone().body().game() + "/zone-" + id + ".yaml", objects.of(of)));
    add(NODE_LABELS, NodeLabels.documents(deployment));
  }

  private void add(String path, List<Map<String, Object>> documents) {
    List<ObjectNode> nodes = new ArrayList<>();
    for (Map<String, Object> document : documents) {
      ObjectNode node = json.valueToTree(document);
      nodes.add(node);
      places.put(key(node), path);
    }
    files.put(path, nodes);
  }

  private static String key(ObjectNode object) {
    return key(
        object.path("kind").asText(),
        object.at("/metadata/namespace").asText(),
        object.at("/metadata/name").asText());
  }

  private static String key(String kind, String namespace, String name) {
    return kind + "/" + namespace + "/" + name;
  }

  /// The file of an object, below the folder of the manifests.
  public String path(String kind, String namespace, String name) {
    String key = key(kind, namespace, name);
    return Objects.requireNonNull(places.get(key), key);
  }

  /// An object, to be changed in place.
  public ObjectNode object(String kind, String namespace, String name) {
    String key = key(kind, namespace, name);
    return Objects.requireNonNull(files.get(path(kind, namespace, name))).stream()
        .filter(object -> key(object).equals(key))
        .findFirst()
        .orElseThrow();
  }

  /// Paths of all files.
  public Set<String> paths() {
    return files.keySet();
  }

  /// What a file says now.
  public String text(String path) {
    return ManifestFiles.text(Objects.requireNonNull(files.get(path), path));
  }
}
