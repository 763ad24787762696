package io.gops.kubernetes.inspection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.kubernetes.GeneratedObjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A generated fleet is broken in one place, and the inspection finds this and nothing else.
class InspectionTest {
  private static final List<SortedMap<String, List<Object>>> FLEETS =
      GeneratedObjects.ofManyFleets();
  private static final SortedMap<String, List<Object>> SAMPLE = FLEETS.getFirst();
  private static final String ZONE = "default/hz/kubernetes/clx/zone-10001.yaml";
  private static final String POD = "spec.gameServerTemplate.spec.";

  private static List<Defect> defects(Map<String, List<Object>> files) {
    Inspection inspection =
        new Inspection(
            new ObjectInspection(Set.of("Kubernetes-HostPort", "AlibabaCloud-NLB")),
            Map.of(
                "clx-db",
                Set.of("password"),
                "go-db",
                Set.of("password"),
                "weiqi-store",
                Set.of("access-key")));
    files.forEach((path, documents) -> inspection.file(path, documents, Long.MAX_VALUE));
    return inspection.defects();
  }

  /// What is found after one object of a file is changed.
  private static List<Defect> afterChange(String file, String kind, UnaryOperator<Object> change) {
    SortedMap<String, List<Object>> files = new TreeMap<>(SAMPLE);
    List<Object> documents = new ArrayList<>(files.get(file));
    for (int i = 0; i < documents.size(); i++) {
      if (new Tree(documents.get(i)).at("kind").scalar().equals(kind)) {
        documents.set(i, change.apply(documents.get(i)));
        break;
      }
    }
    files.put(file, documents);
    return defects(files);
  }

  @Test
  void generatedFleetsAreRight() {
    for (SortedMap<String, List<Object>> fleet : FLEETS) {
      assertEquals(List.of(), defects(fleet));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "containers[0].ports[1].containerPort | 7001 | containers[0].ports",
        "containers[1].ports | [{name: x, containerPort: 7001, protocol: TCP}] |"
            + " containers[1].ports[0].containerPort",
        "containers[1].name | engine | containers[1].name",
        "containers[0].volumeMounts[0].name | none | containers[0].volumeMounts[0].name",
        "containers[0].volumeMounts[0].mountPath | srv | containers[0].volumeMounts[0].mountPath",
        "containers[0].readinessProbe.httpGet.port | admn | containers[0].readinessProbe.httpGet.port",
        "containers[0].readinessProbe.exec | {command: [x]} | containers[0].readinessProbe",
        "containers[0].resources.requests.cpu | 9 | containers[0].resources.requests.cpu",
        "containers[0].image | engine 1 | containers[0].image",
        "containers[0].env[0].valueFrom.secretKeyRef.key | pasword | containers.env",
        "containers[0].env[0].valueFrom.secretKeyRef.name | clxdb | containers.env",
        "volumes[2].configMap.name | gops-hot-update-2 | volumes",
        "volumes[1].name | gops-scripts | volumes",
        "priorityClassName | gops-clxx | priorityClassName",
        "serviceAccountName | games | serviceAccountName",
        "imagePullSecrets | [{name: pull}] | imagePullSecrets",
        "restartPolicy | Never | restartPolicy",
        "tolerations | [{operator: Exists, value: x}] | tolerations[0].value",
        "tolerations | [{effect: NoSchedule}] | tolerations[0].key",
      })
  void inAPod(String path, String value, String found) {
    Object parsed = new org.yaml.snakeyaml.Yaml().load(value);
    List<Defect> defects =
        afterChange(ZONE, "GameServerSet", set -> Change.put(set, POD + path, parsed));
    assertTrue(
        defects.stream().anyMatch(defect -> defect.path().startsWith(POD + found)),
        () -> path + ": " + defects);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spec.updateStrategy.type | OnDelet",
        "spec.updateStrategy.type | OnDelete",
        "spec.updateStrategy.rollingUpdate.podUpdatePolicy | ReCreate",
        "spec.updateStrategy.rollingUpdate.partition | 2",
        "spec.updateStrategy.rollingUpdate.maxUnavailable | 0%",
        "spec.reserveGameServerIds | [-1]",
        "spec.reserveGameServerIds | ['9-2']",
        "spec.reserveGameServerIds | [3, '2-4']",
        "spec.scaleStrategy.scaleDownStrategyType | Reserve",
        "spec.network | {networkType: Kubernetes-Hostport, networkConf: []}",
        "spec.network | {networkType: Kubernetes-HostPort, networkConf: [{name: x, value: true}]}",
        "spec.serviceQualities[0].containerName | engin",
        "spec.serviceQualities[0].grpc | {port: 1}",
        "spec.serviceQualities[0].serviceQualityAction[0].opsState | kill",
        "spec.serviceQualities[0].serviceQualityAction[0].updatePriority | -5",
        "spec.lifecycle | {preDelete: {labelsHandler: {guard: 'true'}}}",
        "spec.serviceName | clx-10001-c",
        "spec.gameServerTemplate.metadata.labels.gops.dev/zone | a b",
        "metadata.namespace | clxx",
        "metadata.name | clx-10001-b",
      })
  void inASet(String path, String value) {
    Object parsed = new org.yaml.snakeyaml.Yaml().load(value);
    List<String> steps = new ArrayList<>(Change.steps(path.replace("gops.dev/zone", "ZONE")));
    steps.replaceAll(step -> step.equals("ZONE") ? "gops.dev/zone" : step);
    List<Defect> defects =
        afterChange(
            ZONE,
            "GameServerSet",
            set -> Change.change(set, steps, _ -> java.util.Optional.of(parsed)));
    assertTrue(!defects.isEmpty(), path);
  }

  /// The label of its machines has another name: no pod of the group would find a place.
  @Test
  void machinesThatNobodyLabelled() {
    List<Defect> defects =
        afterChange(
            "default/hz/kubernetes/node-labels.yaml",
            "Node",
            node -> Change.put(node, "metadata.labels", Map.of()));
    assertTrue(
        defects.stream().anyMatch(defect -> defect.path().contains("nodeAffinity")),
        defects::toString);
  }

  @Test
  void selectorsThatFindNothing() {
    assertTrue(
        afterChange(
                ZONE,
                "Service",
                service ->
                    Change.put(
                        service, "spec.selector", Map.of("game.kruise.io/owner-gss", "clx-1")))
            .stream()
            .anyMatch(defect -> defect.path().equals("spec.selector")));
    String policy = "default/hz/kubernetes/clx/policy.yaml";
    assertTrue(
        afterChange(
                policy,
                "NetworkPolicy",
                object ->
                    Change.put(object, "spec.podSelector", Map.of("matchLabels", Map.of("a", "b"))))
            .stream()
            .anyMatch(defect -> defect.path().equals("spec.podSelector")));
  }

  @Test
  void somethingTwice() {
    SortedMap<String, List<Object>> files = new TreeMap<>(SAMPLE);
    List<Object> documents = new ArrayList<>(files.get(ZONE));
    documents.add(documents.getFirst());
    files.put(ZONE, documents);
    assertTrue(defects(files).stream().anyMatch(defect -> defect.found().startsWith("twice")));
  }

  @Test
  void filesThatNobodyListed() {
    assertTrue(
        afterChange(
                "default/hz/kubernetes/clx/kustomization.yaml",
                "Kustomization",
                list -> Change.put(list, "resources", List.of("namespace.yaml")))
            .stream()
            .anyMatch(defect -> defect.path().equals("resources")));
    SortedMap<String, List<Object>> fewer = new TreeMap<>(SAMPLE);
    fewer.remove(ZONE);
    assertTrue(defects(fewer).stream().anyMatch(defect -> defect.path().equals("resources")));
  }

  @Test
  void objectsThatAreTooLarge() {
    assertTrue(
        afterChange(
                ZONE,
                "NetworkAttachmentDefinition",
                object -> Change.put(object, "spec.config", "\"" + "x".repeat(1_600_000) + "\""))
            .stream()
            .anyMatch(defect -> defect.path().isEmpty()));
  }

  @Test
  void exceptionsOutsideTheirPrefix() {
    List<Defect> defects = new ArrayList<>();
    Object policy =
        Change.put(
            Change.put(SAMPLE.get("default/hz/kubernetes/clx/policy.yaml").getLast(), "x", 1),
            "spec.egress",
            List.of(
                Map.of(
                    "ports",
                    List.of(Map.of("port", 20, "endPort", 10, "protocol", "TCP")),
                    "to",
                    List.of(
                        Map.of(
                            "ipBlock",
                            Map.of("cidr", "10.0.0.0/8", "except", List.of("11.0.0.0/16")))))));
    new Relations(
            new Tree(policy),
            new Seen(),
            (path, found, wanted) -> defects.add(new Defect("", path, found, wanted)))
        .check();
    assertEquals(
        List.of("spec.egress[0].ports[0].endPort", "spec.egress[0].to[0].ipBlock.except"),
        defects.stream().map(Defect::path).toList());
  }
}
