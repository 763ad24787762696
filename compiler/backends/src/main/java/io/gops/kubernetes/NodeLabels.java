package io.gops.kubernetes;

import io.gops.deployment.Deployment;
import io.gops.deployment.Group;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The placement of the capacity proof as labels of nodes, which pod templates ask for.
///
/// The scheduler ignores a changed node label for running pods, so a placement may change without
/// touching a pod; the next start goes to the new host. The documents are for server-side apply:
/// a label that is no longer in them is removed from the node.
final class NodeLabels {
  private NodeLabels() {}

  static List<Map<String, Object>> documents(Deployment deployment) {
    SortedMap<String, SortedMap<String, String>> labels = new TreeMap<>();
    deployment.hosts().keySet().forEach(host -> labels.put(host, new TreeMap<>()));
    for (Group group : deployment.groups().values()) {
      String label = Labels.NODE_GROUP + group.id();
      for (Group.Placement placement : group.placements()) {
        placement
            .failover()
            .ifPresent(
                host ->
                    labels
                        .computeIfAbsent(host, _ -> new TreeMap<>())
                        .putIfAbsent(label, Pairing.FAILOVER));
      }
      // A host may be the failover of one replica and the home of another: home wins.
      for (Group.Placement placement : group.placements()) {
        labels
            .computeIfAbsent(placement.primary(), _ -> new TreeMap<>())
            .put(label, Pairing.PRIMARY);
      }
    }
    List<Map<String, Object>> documents = new ArrayList<>();
    labels.forEach((host, ofHost) -> documents.add(node(host, ofHost)));
    return documents;
  }

  private static Map<String, Object> node(String host, SortedMap<String, String> labels) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("labels", labels);
    metadata.put("name", host);
    Map<String, Object> node = new LinkedHashMap<>();
    node.put("apiVersion", "v1");
    node.put("kind", "Node");
    node.put("metadata", metadata);
    return node;
  }
}
