package io.gops.kubernetes.inspection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// What one object names and selects, and what it brings that others select.
final class Links {
  /// The label by which the controller marks the pods of a set.
  private static final String OWNER = "game.kruise.io/owner-gss";

  private static final String TEMPLATE = "spec.gameServerTemplate";
  private static final List<String> NETWORKS =
      List.of("k8s.v1.cni.cncf.io/networks", "v1.multus-cni.io/default-network");

  private final Tree object;
  private final String namespace;
  private final ObjectMapper json;
  private final List<Reference> references = new ArrayList<>();
  private final List<Selector> selectors = new ArrayList<>();
  private Optional<Facts.Labelled> labelled = Optional.empty();

  Links(Tree object, ObjectMapper json) {
    this.object = object;
    this.namespace = object.at("metadata", "namespace").scalar();
    this.json = json;
  }

  /// Finds them.
  Links find() {
    if (!namespace.isEmpty()) {
      names("metadata.namespace", "Namespace", "", namespace);
    }
    String name = object.at("metadata", "name").scalar();
    switch (object.at("kind").scalar()) {
      case "CronJob" ->
          template(
              object.at("spec", "jobTemplate", "spec", "template"),
              "spec.jobTemplate.spec.template.");
      case "Fleet" -> {
        Tree template = object.at("spec", "template", "spec", "template");
        brings(Selector.Labelled.POD, namespace, template, "agones.dev/fleet", name);
        template(template, "spec.template.spec.template.");
      }
      case "FleetAutoscaler" ->
          names("spec.fleetName", "Fleet", namespace, object.at("spec", "fleetName").scalar());
      case "GameServer" ->
          names(
              "metadata.labels",
              "GameServerSet",
              namespace,
              object.at("metadata", "labels", OWNER).scalar());
      case "GameServerSet" -> gameServerSet(name);
      case "HorizontalPodAutoscaler", "ScaledObject" -> scaled();
      case "ImagePullJob" ->
          object
              .at("spec", "selector", "names")
              .elements()
              .forEach(node -> names("spec.selector.names", "Node", "", node.scalar()));
      case "Namespace" ->
          brings(Selector.Labelled.NAMESPACE, "", object, "kubernetes.io/metadata.name", name);
      case "NetworkPolicy" -> networkPolicy();
      case "Node" -> brings(Selector.Labelled.NODE, "", object, "kubernetes.io/hostname", name);
      case "PodUnavailableBudget" -> selects("spec.selector", object.at("spec", "selector"));
      case "Service" -> service();
      default -> {}
    }
    return this;
  }

  List<Reference> references() {
    return references;
  }

  List<Selector> selectors() {
    return selectors;
  }

  Optional<Facts.Labelled> labelled() {
    return labelled;
  }

  private void brings(
      Selector.Labelled what, String in, Tree withMetadata, String more, String value) {
    SortedMap<String, String> labels = Selector.labels(withMetadata.at("metadata", "labels"));
    labels.put(more, value);
    labelled = Optional.of(new Facts.Labelled(what, in, labels));
  }

  private void names(String path, String kind, String in, String name) {
    references.add(new Reference(path, kind, in, name, ""));
  }

  private void selects(String path, Tree selector) {
    selectors.add(Selector.of(path, Selector.Labelled.POD, namespace, selector));
  }

  private void service() {
    SortedMap<String, String> labels = Selector.labels(object.at("spec", "selector"));
    if (!labels.isEmpty()) {
      selectors.add(
          new Selector("spec.selector", Selector.Labelled.POD, namespace, labels, List.of()));
    }
  }

  private void networkPolicy() {
    selects("spec.podSelector", object.at("spec", "podSelector"));
    for (String side : new String[] {"ingress", "egress"}) {
      for (Tree rule : object.at("spec", side).elements()) {
        String peers = side.equals("ingress") ? "from" : "to";
        for (Tree peer : rule.at(peers).elements()) {
          peer(peer, "spec." + side + "." + peers + ".");
        }
      }
    }
  }

  private void peer(Tree peer, String path) {
    Tree namespaces = peer.at("namespaceSelector");
    if (namespaces.isPresent()) {
      selectors.add(
          Selector.of(path + "namespaceSelector", Selector.Labelled.NAMESPACE, "", namespaces));
    }
    if (peer.at("podSelector").isPresent()) {
      String in = namespaces.isPresent() ? "" : namespace;
      selectors.add(
          Selector.of(path + "podSelector", Selector.Labelled.POD, in, peer.at("podSelector")));
    }
  }

  private void gameServerSet(String name) {
    Tree template = object.at("spec", "gameServerTemplate");
    if (!template.isPresent()) {
      names("metadata.name", "GameServerSet", namespace, name);
      return;
    }
    object
        .at("spec", "serviceName")
        .text()
        .ifPresent(service -> names("spec.serviceName", "Service", namespace, service));
    brings(Selector.Labelled.POD, namespace, template, OWNER, name);
    template(template, TEMPLATE + ".");
    networks(template.at("metadata", "annotations"));
  }

  /// @param prefix of the paths in the template
  private void template(Tree template, String prefix) {
    List<String> patched = PatchMark.paths(template.at("metadata"));
    int before = references.size();
    pod(template.at("spec"), "spec.");
    // Whatever people patch in may be theirs and made elsewhere.
    List<Reference> all = List.copyOf(references.subList(before, references.size()));
    references.subList(before, references.size()).clear();
    for (Reference one : all) {
      if (patched.stream().noneMatch(one.path()::startsWith)) {
        references.add(
            new Reference(prefix + one.path(), one.kind(), one.namespace(), one.name(), one.key()));
      }
    }
    affinity(template.at("spec", "affinity"), prefix + "spec.affinity.");
  }

  private void scaled() {
    Tree target = object.at("spec", "scaleTargetRef");
    names("spec.scaleTargetRef", target.at("kind").scalar(), namespace, target.at("name").scalar());
  }

  /// Networks that Multus plugs a pod into.
  private void networks(Tree annotations) {
    for (String key : NETWORKS) {
      String text = annotations.at(key).scalar();
      if (!text.isEmpty()) {
        String path = TEMPLATE + ".metadata.annotations." + key;
        try {
          for (JsonNode network : json.readTree(text)) {
            names(
                path,
                "NetworkAttachmentDefinition",
                network.path("namespace").asText(),
                network.path("name").asText());
          }
        } catch (JsonProcessingException e) {
          names(path, "NetworkAttachmentDefinition", namespace, text);
        }
      }
    }
  }

  private void pod(Tree spec, String path) {
    spec.at("priorityClassName")
        .text()
        .ifPresent(name -> names(path + "priorityClassName", "PriorityClass", "", name));
    spec.at("serviceAccountName")
        .text()
        .ifPresent(name -> names(path + "serviceAccountName", "ServiceAccount", namespace, name));
    for (Tree secret : spec.at("imagePullSecrets").elements()) {
      names(path + "imagePullSecrets", "Secret", namespace, secret.at("name").scalar());
    }
    for (Tree volume : spec.at("volumes").elements()) {
      volume(volume, spec, path + "volumes");
    }
    for (String list : new String[] {"initContainers", "containers"}) {
      for (Tree container : spec.at(list).elements()) {
        for (Tree variable : container.at("env").elements()) {
          Tree from = variable.at("valueFrom");
          key(from.at("secretKeyRef"), "Secret", path + list + ".env");
          key(from.at("configMapKeyRef"), "ConfigMap", path + list + ".env");
        }
      }
    }
  }

  private void key(Tree from, String kind, String path) {
    if (from.isPresent() && !from.at("optional").isTrue()) {
      references.add(
          new Reference(path, kind, namespace, from.at("name").scalar(), from.at("key").scalar()));
    }
  }

  private void volume(Tree volume, Tree spec, String path) {
    Tree claim = volume.at("persistentVolumeClaim");
    if (claim.isPresent()) {
      names(path, "PersistentVolumeClaim", namespace, claim.at("claimName").scalar());
    }
    source(volume.at("secret"), "Secret", volume.at("secret", "secretName").scalar(), path);
    Tree map = volume.at("configMap");
    source(map, "ConfigMap", map.at("name").scalar(), path);
    if (map.isPresent() && map.at("items").elements().isEmpty()) {
      String name = map.at("name").scalar();
      for (String file : mounted(spec, volume.at("name").scalar())) {
        references.add(new Reference(path, "ConfigMap", namespace, name, file));
      }
    }
  }

  private void source(Tree source, String kind, String name, String path) {
    if (!source.isPresent() || source.at("optional").isTrue()) {
      return;
    }
    names(path, kind, namespace, name);
    for (Tree item : source.at("items").elements()) {
      references.add(new Reference(path, kind, namespace, name, item.at("key").scalar()));
    }
  }

  /// The single files of a volume that containers see.
  private static List<String> mounted(Tree spec, String volume) {
    return spec.at("containers").elements().stream()
        .flatMap(container -> container.at("volumeMounts").elements().stream())
        .filter(mount -> mount.at("name").scalar().equals(volume))
        .map(mount -> mount.at("subPath").scalar())
        .filter(file -> !file.isEmpty())
        .distinct()
        .toList();
  }

  private void affinity(Tree affinity, String path) {
    String required = "requiredDuringSchedulingIgnoredDuringExecution";
    String preferred = "preferredDuringSchedulingIgnoredDuringExecution";
    Tree node = affinity.at("nodeAffinity");
    for (Tree term : node.at(required, "nodeSelectorTerms").elements()) {
      nodes(term, path + "nodeAffinity." + required);
    }
    for (Tree term : node.at(preferred).elements()) {
      nodes(term.at("preference"), path + "nodeAffinity." + preferred);
    }
    for (String kind : new String[] {"podAffinity", "podAntiAffinity"}) {
      for (Tree term : affinity.at(kind, required).elements()) {
        selects(path + kind + "." + required, term.at("labelSelector"));
      }
    }
  }

  private void nodes(Tree term, String path) {
    selectors.add(Selector.of(path, Selector.Labelled.NODE, "", term));
  }
}
