package io.gops.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.bind.FleetLoader;
import io.gops.deployment.Deployment;
import io.gops.deployment.SampleDeployment;
import io.gops.deployment.Workload;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.Message;
import io.gops.fleet.Fleet;
import io.gops.fleet.Patch;
import io.gops.fleet.Role;
import io.gops.yaml.YamlWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What people patch into generated objects: merged as Kubernetes merges, typed, marked, and kept
/// away from everything that a proof rests on.
class PatchTest {
  private static final Path BASE =
      Path.of(System.getProperty("gops.root"), "docs", "diagnostics", "example-fleet.gops");

  /// The patches of a game with the containers of the sample.
  static Role role(String patches) throws IOException {
    Diagnostics diagnostics = new Diagnostics();
    Map<String, String> files =
        Map.of(
            "base.gops",
            Files.readString(BASE),
            "fleet.gops",
            "fleet demo { environment default { cluster = hz, include = [\"base.gops\","
                + " \"go.gops\"] } }",
            "go.gops",
            """
            game go {
              container engine { port client { number = 7001 } }
              volume scratch logs { limit = 1Gi }
              profile { base { cpu = 1cores, memory = 1Gi } }
            """
                + patches
                + "\n}\n");
    Optional<Fleet> fleet = FleetLoader.load(files, "fleet.gops", diagnostics);
    assertEquals(List.of(), diagnostics.sorted());
    return Objects.requireNonNull(fleet.orElseThrow().games().get("go"))
        .roles()
        .firstEntry()
        .getValue();
  }

  private static Deployment patched(Deployment deployment, String patches) throws IOException {
    List<Patch> all = role(patches).patches();
    return Variations.withRole(deployment, role -> Variations.patched(role, all));
  }

  /// What is wrong with patches, as code and hint.
  private static List<String> problems(String patches) throws IOException {
    Diagnostics diagnostics = new Diagnostics();
    new PatchChecks(diagnostics).role(role(patches));
    return diagnostics.sorted().stream().map(PatchTest::describe).toList();
  }

  private static String describe(Diagnostic diagnostic) {
    Optional<Message> hint = diagnostic.hint();
    String reason = hint.map(h -> h.key().substring(h.key().indexOf('.') + 1)).orElse("-");
    String instead = hint.map(h -> String.join(" ", h.arguments())).orElse("");
    return (diagnostic.code() + " " + reason + " " + instead).strip();
  }

  @Test
  void theObjectsOfAZone() throws IOException {
    Deployment deployment =
        patched(
            SampleDeployment.of(1),
            """
            patch kubernetes Pod {
              metadata {
                labels."example.com/team" = "sre"
                annotations."prometheus.io/port" = "3000"
              }
              spec {
                hostAliases += [{ ip = "10.200.8.4", hostnames = ["accounts-${zone.id:06d}"] }]
                tolerations = [{ key = "games", operator = "Exists", effect = "NoSchedule" }]
                securityContext = { runAsUser = 1000, runAsNonRoot = true }
                volumes = [{ name = "ca", configMap = { name = "ca-${side}" } }]
                containers = [{
                  name         = "engine"
                  workingDir   = "/srv/game"
                  lifecycle    = { preStop = { sleep = { seconds = 5s } } }
                  volumeMounts = [{ name = "ca", mountPath = "/etc/ca", readOnly = true }]
                  readinessProbe = { initialDelaySeconds = 1min }
                }]
              }
            }
            patch kubernetes GameServerSet {
              spec.scaleStrategy.maxUnavailable = 25%
              metadata.annotations."example.com/zone" = "${zone.id}"
            }
            patch kubernetes Service { spec.trafficDistribution = "PreferClose" }
            """);
    SortedMap<String, String> files = ManifestsTest.generate(deployment);
    GoldenFiles.verify(
        files.getOrDefault("default/hz/kubernetes/clx/zone-10001.yaml", ""),
        "kubernetes-patch",
        "zone-10001",
        "yaml");
  }

  @Test
  void aPatchAddsTolerationsToTheConstantOne() throws IOException {
    Deployment patched =
        patched(
            SampleDeployment.of(1),
            """
            patch kubernetes Pod {
              spec.tolerations = [{ key = "gpu", operator = "Exists" }]
            }
            """);
    String zone =
        ManifestsTest.generate(patched)
            .getOrDefault("default/hz/kubernetes/clx/zone-10001.yaml", "");
    assertTrue(
        zone.contains(
            """
                  tolerations:
                  - key: gops.dev/pool
                    operator: Exists
                  - key: gpu
                    operator: Exists
            """),
        zone);
  }

  @Test
  void aPatchIsPartOfTheFrozenTemplate() throws IOException {
    Deployment plain = SampleDeployment.of(2);
    Deployment patched = patched(plain, "patch kubernetes Pod { spec.enableServiceLinks = true }");
    assertNotEquals(shape(plain, "clx-10001-a"), shape(patched, "clx-10001-a"));
  }

  @Test
  void zonesShareOneShapeWhateverTheirIds() throws IOException {
    Deployment patched =
        patched(
            SampleDeployment.of(2),
            "patch kubernetes Pod { metadata.annotations.zone = \"${zone.id} ${side}\" }");
    assertEquals(shape(patched, "clx-10001-a"), shape(patched, "clx-10002-b"));
    Workload workload = Objects.requireNonNull(patched.workloads().get("clx-10002-b"));
    String text = YamlWriter.print(new PodShapes(patched).template(workload));
    assertTrue(text.contains("zone: \"10002 b\""), text);
  }

  private static Object shape(Deployment deployment, String workload) {
    return new PodShapes(deployment)
        .shape(Objects.requireNonNull(deployment.workloads().get(workload)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spec.replicas = 3 | GOPS6122 -",
        "spec.hostNetwork = true | GOPS6124 network-instead expose",
        "spec.nodeSelector.zone = \"a\" | GOPS6124 placement-instead pool",
        "spec.affinity.nodeAffinity = {} | GOPS6124 placement-instead pool",
        "spec.affinity = { nodeAffinity = { x = 1 } } | GOPS6124 placement-instead pool",
        "spec.topologySpreadConstraints = [] | GOPS6124 placement-instead pool",
        "spec.hostPID = true | GOPS6124 security",
        "spec.automountServiceAccountToken = true | GOPS6124 security",
        "spec.terminationGracePeriodSeconds = 5min | GOPS6124 attribute-instead save",
        "spec.hostname = \"x\" | GOPS6124 name-instead zones",
        "spec.initContainers = [{ name = \"x\" }] | GOPS6124 attribute-instead container",
        "spec.restartPolicy = \"Never\" | GOPS6124 release-instead release",
        "spec.securityContext.runAsUser = 0 | GOPS6124 security",
        "spec.securityContext.runAsNonRoot = false | GOPS6124 security",
        "spec.securityContext.sysctls = [] | GOPS6124 security",
        "spec.securityContext.seccompProfile.type = \"Unconfined\" | GOPS6124 security",
        "spec.volumes = [{ name = \"x\", hostPath = { path = \"/\" } }] | GOPS6124 security",
        "spec.volumes = [{ name = \"x\", emptyDir = { medium = \"Memory\" } }] | GOPS6124"
            + " capacity-instead volume scratch",
        "spec.volumes = [{ name = \"logs\", secret = { secretName = \"x\" } }] | GOPS6124"
            + " attribute-instead volume",
        "spec.volumes = [{ name = \"x\", nfs = { server = \"y\", path = \"/\" } }] | GOPS6124"
            + " unjudged",
        "metadata.labels.\"gops.dev/group\" = \"1\" | GOPS6124 name",
        "metadata.annotations.\"k8s.v1.cni.cncf.io/networks\" = \"x\" | GOPS6124 name",
        "metadata.annotations.\"gops.dev/unchecked-by-the-proofs\" = \"\" | GOPS6124 name",
        "metadata.name = \"x\" | GOPS6124 name",
        "metadata.namespace = \"x\" | GOPS6124 name",
        "metadata.finalizers = [\"x\"] | GOPS6124 name",
      })
  void whatProofsRestOn(String patch, String expected) throws IOException {
    assertEquals(
        expected.equals("-") ? List.of() : List.of(expected),
        problems("patch kubernetes Pod { " + patch + " }"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "resources = { limits = { cpu = 8cores } } | GOPS6124 capacity-instead profile",
        "image = \"x\" | GOPS6124 release-instead version",
        "env = [{ name = \"A\", value = \"b\" }] | GOPS6124 attribute-instead env",
        "envFrom = [] | GOPS6124 attribute-instead env",
        "args = [\"x\"] | GOPS6124 attribute-instead args",
        "command = [\"x\"] | GOPS6124 attribute-instead command",
        "ports = [{ containerPort = 1 }] | GOPS6124 attribute-instead port",
        "livenessProbe = { periodSeconds = 3 } | GOPS6124 attribute-instead live",
        "securityContext = { privileged = true } | GOPS6124 security",
        "securityContext = { capabilities = { add = [\"SYS_ADMIN\"] } } | GOPS6124 security",
        "securityContext = { readOnlyRootFilesystem = false } | GOPS6124 security",
        "securityContext = { capabilities = { drop = [\"ALL\"] } } | -",
        "securityContext = { readOnlyRootFilesystem = true, runAsUser = 1000 } | -",
        "tty = \"yes\" | GOPS6123 -",
        "workingDir = 3 | GOPS6123 -",
        "volumeMounts = { name = \"x\" } | GOPS6123 -",
        "volumeMounts = [{ name = \"x\" }] | GOPS6125 hint",
        "workingdir = \"/\" | GOPS6122 meant workingDir",
        "lifecycle = { preStop = { sleep = { seconds = 1500ms } } } | GOPS6123 -",
        "lifecycle = { stopSignal = \"SIGUSR1\" } | GOPS6124 dropped",
        "livenessProbe = { terminationGracePeriodSeconds = 5 } | GOPS6124 attribute-instead save",
        "imagePullPolicy = \"Sometimes\" | GOPS6123 -",
        "imagePullPolicy = \"Never\" | -",
      })
  void insideAContainer(String patch, String expected) throws IOException {
    assertEquals(
        expected.equals("-") ? List.of() : List.of(expected),
        problems(
            "patch kubernetes Pod { spec.containers = [{ name = \"engine\", " + patch + " }] }"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GameServerSet | spec.replicas = 3 | GOPS6124 capacity-instead replicas",
        "GameServerSet | spec.network.networkType = \"x\" | GOPS6124 network-instead expose",
        "GameServerSet | spec.updateStrategy.type = \"x\" | GOPS6124 release-instead release",
        "GameServerSet | spec.gameServerTemplate.spec = {} | GOPS6124 attribute-instead patch"
            + " kubernetes Pod",
        "GameServerSet | spec.reserveGameServerIds = [1] | GOPS6124 name-instead zones",
        "GameServerSet | spec.scaleStrategy.maxUnavailable = true | GOPS6123 -",
        "GameServerSet | spec.scaleStrategy.scaleDownStrategyType = \"ReserveIds\" | GOPS6124"
            + " release-instead replicas",
        "GameServerSet | spec.lifecycle = {} | GOPS6124 release-instead release",
        "GameServerSet | spec.serviceQualities = [] | GOPS6124 attribute-instead probe",
        "Service | spec.selector.app = \"x\" | GOPS6124 name",
        "Service | spec.type = \"LoadBalancer\" | GOPS6124 network-instead expose",
        "Service | spec.externalIPs = [\"192.0.2.1\"] | GOPS6124 network-instead expose",
        "Service | spec.ports = [] | GOPS6124 attribute-instead port",
        "Deployment | spec.replicas = 3 | GOPS6121 -",
      })
  void insideOtherObjects(String object, String patch, String expected) throws IOException {
    assertEquals(
        expected.equals("-") ? List.of() : List.of(expected),
        problems("patch kubernetes " + object + " { " + patch + " }"));
  }

  @Test
  void aContainerThatTheGameDoesNotHave() throws IOException {
    assertEquals(
        List.of("GOPS6122 known engine"),
        problems("patch kubernetes Pod { spec.containers = [{ name = \"log\" }] }"));
  }

  /// A field that a newer model brings is closed until somebody has judged it, and this test says
  /// so: open or closed, each field has a rule.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Pod/spec",
        "Pod/spec.securityContext",
        "Pod/spec.containers[]",
        "Pod/spec.containers[].securityContext",
        "Pod/spec.containers[].readinessProbe",
        "GameServerSet/spec"
      })
  void everyFieldHasARule(String place) {
    String object = place.substring(0, place.indexOf('/'));
    String path = place.substring(place.indexOf('/') + 1);
    ObjectType type = PatchedObjects.type(object).orElseThrow();
    for (String step : path.split("\\.", -1)) {
      ObjectType field =
          Objects.requireNonNull(type.fieldTypes().orElseThrow().get(step.replace("[]", "")), step);
      type = step.endsWith("[]") ? ObjectType.element(field) : field;
    }
    SortedMap<String, PatchRule> rules = PatchRules.of(object);
    List<String> unruled = new ArrayList<>();
    for (String name : new TreeSet<>(type.fieldTypes().orElseThrow().keySet())) {
      String at = path + "." + name;
      if (!rules.containsKey(at) && !PatchRules.goesDeeper(at, rules)) {
        unruled.add(at);
      }
    }
    assertEquals(List.of(), unruled);
  }

  /// And no rule is for a field that does not exist.
  @ParameterizedTest
  @ValueSource(strings = {"Pod", "GameServerSet", "Service"})
  void everyRuleHasAField(String object) {
    for (String path : PatchRules.of(object).keySet()) {
      ObjectType type = PatchedObjects.type(object).orElseThrow();
      for (String step : path.split("\\.", -1)) {
        ObjectType field = type.fieldTypes().orElseThrow().get(step.replace("[]", ""));
        type = Objects.requireNonNull(field, path);
        type = step.endsWith("[]") ? ObjectType.element(type) : type;
      }
    }
  }
}
