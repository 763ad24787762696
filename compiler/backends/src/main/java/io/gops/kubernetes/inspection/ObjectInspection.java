package io.gops.kubernetes.inspection;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/// Looks at single objects. Safe for several threads.
public final class ObjectInspection {
  /// What etcd takes of one object; the server may take more from a client.
  static final long LARGEST = 1536 << 10;

  /// The kind of an object that says only with how many servers a set starts.
  static final String START = "start";

  private final Map<String, FieldRules> rules = new HashMap<>();
  private final FieldRules unknown = KindFields.unknown().build();
  private final Set<String> networks;
  private final Seen seen = new Seen();
  private final ObjectMapper json = new ObjectMapper();

  /// @param networks names of the network plugins
  public ObjectInspection(Set<String> networks) {
    this.networks = Set.copyOf(networks);
    KindFields.tables().forEach((kind, table) -> rules.put(kind, table.build()));
    rules.put(START, KindFields.start().build());
  }

  /// What is wrong with an object, as far as it alone can say.
  public List<Defect> defects(Object document) {
    return facts(document, true).defects();
  }

  /// @param large whether the object may be larger than is allowed
  Facts facts(Object document, boolean large) {
    Tree object = new Tree(document);
    boolean start = isStart(object);
    String kind = start ? START : object.at("kind").scalar();
    String name =
        Facts.name(
            kind,
            object.at("metadata", "namespace").scalar(),
            object.at("metadata", "name").scalar());
    List<Defect> defects = new ArrayList<>();
    rules
        .getOrDefault(kind, unknown)
        .walk(
            document,
            seen,
            (path, fault) -> defects.add(new Defect(name, path, fault.found(), fault.wanted())));
    new Relations(
            object,
            seen,
            (path, found, wanted) -> defects.add(new Defect(name, path, found, wanted)))
        .check();
    network(object, name, defects);
    long size = large ? Length.ofObject(document) : 0;
    if (size > LARGEST) {
      defects.add(new Defect(name, "", size + " bytes", "at most " + LARGEST + " bytes"));
    }
    Links links = new Links(object, json).find();
    return new Facts(
        name,
        kind,
        kind.equals("GameServerSet") ? OptionalInt.empty() : OptionalInt.of(document.hashCode()),
        keys(object),
        links.labelled(),
        object.at("resources").elements().stream().map(Tree::scalar).toList(),
        List.copyOf(links.references()),
        List.copyOf(links.selectors()),
        List.copyOf(defects));
  }

  /// What others may name of an object: its data, or the volumes that it claims for each server.
  private static List<String> keys(Tree object) {
    Tree claims = object.at("spec", "gameServerTemplate", "volumeClaimTemplates");
    return claims.isPresent()
        ? claims.elements().stream()
            .map(claim -> claim.at("metadata", "name").scalar())
            .map(claim -> claim + "-" + object.at("metadata", "name").scalar() + "-")
            .toList()
        : object.at("data").members().map(Map.Entry::getKey).toList();
  }

  /// Whether an object says only with how many servers a set starts.
  private static boolean isStart(Tree object) {
    return object.at("kind").scalar().equals("GameServerSet")
        && !object.at("spec", "gameServerTemplate").isPresent();
  }

  private void network(Tree object, String name, List<Defect> defects) {
    Tree type = object.at("spec", "network", "networkType");
    if (type.isPresent() && !networks.contains(type.scalar())) {
      defects.add(
          new Defect(
              name,
              "spec.network.networkType",
              FieldRule.print(type.scalar()),
              "the name of a network plugin"));
    }
  }
}
