package io.gops.adoption;

import io.gops.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// What of the objects of a cluster does not come back when the imported source is compiled. It is
/// found by comparing the two, so nothing is forgotten because nobody thought of it.
public final class ImportReport {
  /// Members that a cluster adds to every object.
  private static final Set<String> OF_THE_CLUSTER =
      Set.of(
          "metadata.uid",
          "metadata.resourceVersion",
          "metadata.generation",
          "metadata.creationTimestamp",
          "metadata.selfLink",
          "metadata.managedFields");

  private ImportReport() {}

  /// One sentence for each value that is lost or different, by object.
  ///
  /// @param before the objects that were imported
  /// @param names under which name a set comes back
  /// @param after the objects that the source compiles to
  public static List<String> of(
      List<Manifest> before, SortedMap<String, String> names, List<Manifest> after) {
    SortedMap<String, Manifest> compiled = new TreeMap<>();
    after.forEach(manifest -> compiled.put(key(manifest, manifest.name()), manifest));
    List<String> lines = new ArrayList<>();
    for (Manifest manifest : before) {
      String own = manifest.namespace() + "/" + manifest.name();
      String name = names.getOrDefault(own, manifest.name());
      Optional<Manifest> back =
          Optional.ofNullable(compiled.get(key(manifest, name)))
              .or(() -> ServerSet.of(manifest).map(_ -> compiled.get(setKey(manifest, name))));
      String shown = manifest.kind() + " " + own;
      if (back.isEmpty()) {
        lines.add(shown + ": no object like it is compiled");
        continue;
      }
      if (!name.equals(manifest.name())) {
        lines.add(shown + ": is called " + name);
      }
      if (!back.get().kind().equals(manifest.kind())) {
        lines.add(shown + ": becomes a " + back.get().kind());
      }
      compare(manifest, back.get(), shown, lines);
    }
    return lines;
  }

  private static String key(Manifest manifest, String name) {
    return manifest.kind() + " " + manifest.namespace() + "/" + name;
  }

  private static String setKey(Manifest manifest, String name) {
    return "GameServerSet " + manifest.namespace() + "/" + name;
  }

  private static void compare(Manifest manifest, Manifest back, String shown, List<String> lines) {
    SortedMap<String, String> wanted = leaves(manifest);
    SortedMap<String, String> got = leaves(back);
    for (Map.Entry<String, String> leaf : wanted.entrySet()) {
      String now = got.get(leaf.getKey());
      if (leaf.getValue().equals(now)) {
        continue;
      }
      lines.add(
          shown
              + ": "
              + leaf.getKey()
              + (now == null
                  ? " is lost (" + leaf.getValue() + ")"
                  : " was " + leaf.getValue() + ", is " + now));
    }
  }

  /// The values of an object by their path. The pod template has one path in all kinds of sets.
  private static SortedMap<String, String> leaves(Manifest manifest) {
    SortedMap<String, String> leaves = new TreeMap<>();
    Optional<ServerSet> set = ServerSet.of(manifest);
    if (set.isPresent()) {
      leaves(
          Manifest.at(manifest.content(), "metadata").orElse(new Json.Null()), "metadata", leaves);
      leaves(set.get().template(), "pod", leaves);
      set.get().network().ifPresent(network -> leaves(network, "network", leaves));
      leaves.put("replicas", Long.toString(set.get().replicas()));
      leaves.remove("metadata.name");
    } else {
      leaves(manifest.content(), "", leaves);
    }
    leaves.keySet().removeIf(ImportReport::isOfTheCluster);
    return leaves;
  }

  private static boolean isOfTheCluster(String path) {
    return path.startsWith("status")
        || OF_THE_CLUSTER.stream()
            .anyMatch(
                known ->
                    path.equals(known)
                        || path.startsWith(known + ".")
                        || path.startsWith(known + "["));
  }

  private static void leaves(Json value, String path, SortedMap<String, String> into) {
    switch (value) {
      case Json.Obj object when !object.members().isEmpty() ->
          object
              .members()
              .forEach(
                  (name, member) ->
                      leaves(member, path.isEmpty() ? name : path + "." + name, into));
      case Json.Arr(List<Json> items) when !items.isEmpty() -> {
        for (int i = 0; i < items.size(); i++) {
          leaves(items.get(i), path + "[" + index(items.get(i), i) + "]", into);
        }
      }
      case Json.Text _, Json.Num _, Json.Bool _, Json.Obj _, Json.Arr _, Json.Null _ ->
          into.put(path, spelled(path, value));
    }
  }

  /// Containers, variables and the like are the same wherever they stand in their list.
  private static String index(Json item, int position) {
    return Manifest.number(item, "containerPort")
        .map(port -> Long.toString(port))
        .or(() -> Manifest.text(item, "name"))
        .orElse(Integer.toString(position));
  }

  private static String spelled(String path, Json value) {
    String resource = path.substring(path.lastIndexOf('.') + 1);
    boolean isAmount = path.contains(".resources.");
    return (isAmount
            ? Quantity.of(value, resource).map(n -> Long.toString(n))
            : Optional.<String>empty())
        .orElseGet(() -> value instanceof Json.Text(String text) ? text : value.print());
  }
}
