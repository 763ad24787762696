package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// Nothing is dropped without a word: every value of an object stands in what the imported source
/// compiles to, or the report names it.
class ImportLeavesTest {
  private static final String IMAGE =
      "registry.example.com/x:1@sha256:d8af52c933a02a3b8da5fd830674593aef861eacd836bb08c4bba53d4e4213a8";

  /// Fields that teams write, each with a value, where `POD` is the pod template.
  private static final List<String> FIELDS =
      List.of(
          "metadata.labels.team=\"sre\"",
          "metadata.annotations.note=\"中文\"",
          "POD.metadata.labels.app=\"x\"",
          "POD.metadata.annotations.prometheus=\"true\"",
          "POD.spec.nodeSelector.disk=\"fast\"",
          "POD.spec.tolerations=[{\"key\":\"game\",\"operator\":\"Exists\"}]",
          "POD.spec.hostNetwork=true",
          "POD.spec.serviceAccountName=\"robot\"",
          "POD.spec.enableServiceLinks=true",
          "POD.spec.terminationGracePeriodSeconds=95",
          "POD.spec.hostAliases=[{\"ip\":\"10.1.2.3\",\"hostnames\":[\"db\"]}]",
          "POD.spec.dnsConfig.options=[{\"name\":\"ndots\",\"value\":\"2\"}]",
          "POD.spec.priorityClassName=\"high\"",
          "POD.spec.initContainers=[{\"name\":\"prepare\",\"image\":\"busybox:1\"}]",
          "POD.spec.imagePullSecrets=[{\"name\":\"login\"}]",
          "POD.spec.securityContext.fsGroup=1000",
          "POD.spec.topologySpreadConstraints=[{\"maxSkew\":1,\"topologyKey\":\"zone\"}]",
          "POD.spec.volumes=[{\"name\":\"conf\",\"configMap\":{\"name\":\"c\"}},"
              + "{\"name\":\"tmp\",\"emptyDir\":{\"sizeLimit\":\"1Gi\"}},"
              + "{\"name\":\"shm\",\"emptyDir\":{\"medium\":\"Memory\",\"sizeLimit\":\"64Mi\"}},"
              + "{\"name\":\"host\",\"hostPath\":{\"path\":\"/var/log\"}}]",
          "MAIN.volumeMounts=[{\"name\":\"conf\",\"mountPath\":\"/etc/conf\"},"
              + "{\"name\":\"tmp\",\"mountPath\":\"/tmp\"},{\"name\":\"shm\",\"mountPath\":\"/dev/shm\"}]",
          "MAIN.workingDir=\"/srv\"",
          "MAIN.imagePullPolicy=\"Always\"",
          "MAIN.stdin=true",
          "MAIN.env=[{\"name\":\"ZONE\",\"value\":\"7\"},{\"name\":\"bad.name\",\"value\":\"$(X) ${y}\"},"
              + "{\"name\":\"NODE\",\"valueFrom\":{\"fieldRef\":{\"fieldPath\":\"spec.nodeName\"}}}]",
          "MAIN.envFrom=[{\"configMapRef\":{\"name\":\"all\"}}]",
          "MAIN.args=[\"--zone=7\",\"$(ZONE)\",\"--x\"]",
          "MAIN.lifecycle.preStop.exec.command=[\"/bin/save\"]",
          "MAIN.livenessProbe={\"grpc\":{\"port\":9}}",
          "MAIN.startupProbe={\"tcpSocket\":{\"port\":7001},\"failureThreshold\":30}",
          "MAIN.readinessProbe={\"httpGet\":{\"path\":\"/ok\",\"port\":\"web\",\"httpHeaders\":"
              + "[{\"name\":\"A\",\"value\":\"b\"}]},\"successThreshold\":2}",
          "MAIN.resources.limits={\"cpu\":\"2\",\"memory\":\"3Gi\"}",
          "MAIN.securityContext.runAsUser=1000",
          "MAIN.securityContext.privileged=true");

  private static final List<String> OF_SETS =
      List.of(
          "spec.updateStrategy.rollingUpdate={\"podUpdatePolicy\":\"ReCreate\",\"maxUnavailable\":\"20%\"}",
          "spec.scaleStrategy.maxUnavailable=3",
          "spec.reserveGameServerIds=[3,\"5-7\"]",
          "spec.lifecycle.preDelete.labelsHandler={\"drained\":\"true\"}",
          "spec.network={\"networkType\":\"Kubernetes-NodePort\",\"networkConf\":"
              + "[{\"name\":\"PortProtocols\",\"value\":\"7001/TCP\"}]}",
          "spec.serviceQualities=[{\"name\":\"up\",\"containerName\":\"main\",\"permanent\":true,"
              + "\"httpGet\":{\"path\":\"/\",\"port\":7001}}]",
          "POD.volumeClaimTemplates=[{\"metadata\":{\"name\":\"saves\"},\"spec\":{\"accessModes\":"
              + "[\"ReadWriteMany\"],\"resources\":{\"requests\":{\"storage\":\"20Gi\"}}}}]");

  @Property(tries = 14)
  void everyValueIsCarriedOrReported(
      @ForAll("kinds") String kind,
      @ForAll("names") String name,
      @ForAll("fields") List<String> fields)
      throws IOException {
    Json object = object(kind, name, fields);
    Path folder = Files.createTempDirectory("leaves");
    try {
      Run run = Gops.fed(object.print(), "import", "-", "-o", folder.toString());
      assertEquals(0, run.code(), object.print() + run.out() + run.err());
      List<String> report = Files.readAllLines(folder.resolve("import-report.txt"));
      Run compiled =
          Gops.run("compile", folder + "/imported.gops", "-o", folder.resolve("out").toString());
      assertEquals(0, compiled.code(), compiled.out() + compiled.err());
      Set<String> carried = carried(folder.resolve("out"));
      Set<String> reported = reported(report);
      List<String> silent = new ArrayList<>();
      leaves(new Yaml(new SafeConstructor(new LoaderOptions())).load(object.print()), "")
          .forEach(
              (path, values) -> {
                String known = path.replaceFirst("^(" + Pattern.quote(pod(kind)) + ")\\b", "pod");
                for (String value : values) {
                  if (!carried.contains(known + "=" + value) && !reported.contains(known)) {
                    silent.add(known + " = " + value);
                  }
                }
              });
      silent.removeIf(leaf -> leaf.matches("(apiVersion|kind|metadata\\.name(space)?) = .*"));
      assertTrue(
          silent.isEmpty(),
          () -> silent + "\n" + object.print() + "\n" + String.join("\n", report));
    } finally {
      Gops.delete(folder);
    }
  }

  @Provide
  Arbitrary<String> kinds() {
    return Arbitraries.of("GameServerSet", "GameServerSet", "StatefulSet", "Fleet");
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of("chess-7", "chess", "chess-7-b", "zone7-a", "chess-7-gate");
  }

  @Provide
  Arbitrary<List<String>> fields() {
    return Combinators.combine(
            Arbitraries.of(FIELDS).set().ofMinSize(3).ofMaxSize(16),
            Arbitraries.of(OF_SETS).set().ofMaxSize(4))
        .as((common, ofSets) -> Stream.concat(common.stream(), ofSets.stream()).sorted().toList());
  }

  private static String pod(String kind) {
    return switch (kind) {
      case "GameServerSet" -> "spec.gameServerTemplate";
      case "StatefulSet" -> "spec.template";
      default -> "spec.template.spec.template";
    };
  }

  private static Json object(String kind, String name, List<String> fields) throws IOException {
    Map<String, Object> main = new TreeMap<>();
    main.put("name", Json.of("main"));
    main.put("image", Json.of(IMAGE));
    main.put(
        "ports",
        Json.parse(
            "[{\"name\":\"web\",\"containerPort\":7001},{\"containerPort\":7002,\"protocol\":\"UDP\"}]"));
    Map<String, Object> root = new TreeMap<>();
    put(root, "kind", Json.of(kind));
    put(root, "metadata.name", Json.of(name));
    put(root, "metadata.namespace", Json.of("games"));
    put(root, "spec.replicas", Json.of(2));
    for (String field : fields) {
      int equals = field.indexOf('=');
      String path = field.substring(0, equals);
      Json value = Json.parse(field.substring(equals + 1));
      if (path.startsWith("MAIN.")) {
        put(main, path.substring(5), value);
      } else if (kind.equals("GameServerSet") || !OF_SETS.contains(field)) {
        put(root, path.replace("POD", pod(kind)), value);
      }
    }
    put(root, pod(kind) + ".spec.containers", new Json.Arr(List.of(json(main))));
    return json(root);
  }

  @SuppressWarnings("unchecked")
  private static void put(Map<String, Object> into, String path, Json value) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      into.put(path, value);
      return;
    }
    Object inner = into.computeIfAbsent(path.substring(0, dot), _ -> new TreeMap<String, Object>());
    put((Map<String, Object>) inner, path.substring(dot + 1), value);
  }

  @SuppressWarnings("unchecked")
  private static Json json(Object value) {
    if (value instanceof Json json) {
      return json;
    }
    Json.Members members = Json.object();
    ((Map<String, Object>) value).forEach((name, member) -> members.with(name, json(member)));
    return members.end();
  }

  /// Values by path; elements of lists have the path of their list.
  private static Map<String, Set<String>> leaves(Object value, String path) {
    Map<String, Set<String>> leaves = new TreeMap<>();
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      map.forEach(
          (name, member) ->
              merge(leaves, leaves(member, path.isEmpty() ? name.toString() : path + "." + name)));
    } else if (value instanceof List<?> list && !list.isEmpty()) {
      list.forEach(item -> merge(leaves, leaves(item, path)));
    } else {
      // A check may name its port by name or by number.
      boolean isPort = path.matches(".*(httpGet|tcpSocket)\\.port") && "web".equals(value);
      leaves.put(path, new TreeSet<>(Set.of(isPort ? "7001" : String.valueOf(value))));
    }
    return leaves;
  }

  private static void merge(Map<String, Set<String>> into, Map<String, Set<String>> more) {
    more.forEach((path, values) -> into.computeIfAbsent(path, _ -> new TreeSet<>()).addAll(values));
  }

  /// `path=value` of all compiled objects, the pod template at `pod`.
  private static Set<String> carried(Path folder) throws IOException {
    Set<String> carried = new TreeSet<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
        for (Object document :
            new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(Files.readString(file))) {
          String kind = String.valueOf(((Map<?, ?>) document).get("kind"));
          leaves(document, "")
              .forEach(
                  (path, values) ->
                      values.forEach(
                          value ->
                              carried.add(
                                  path.replaceFirst("^(" + Pattern.quote(pod(kind)) + ")\\b", "pod")
                                      + "="
                                      + value)));
        }
      }
    }
    return carried;
  }

  /// The paths of the report's lines, elements of lists with the path of their list.
  private static Set<String> reported(List<String> report) {
    Set<String> reported = new TreeSet<>();
    for (String line : report) {
      int colon = line.indexOf(": ");
      if (colon > 0) {
        reported.add(line.substring(colon + 2).replaceFirst(" .*", "").replaceAll("\\[[^]]*]", ""));
      }
    }
    return reported;
  }
}
