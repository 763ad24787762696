package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A source for what a cluster runs.
class ImportTest {
  private static final String DIGEST =
      "@sha256:d8af52c933a02a3b8da5fd830674593aef861eacd836bb08c4bba53d4e4213a8";

  /// The hot-update setup of OpenKruiseGame's documentation: a web server and a sidecar that brings
  /// its scripts through a folder that both mount.
  private static final String HOT_UPDATE =
      """
      apiVersion: game.kruise.io/v1alpha1
      kind: GameServerSet
      metadata:
        name: gs-demo
        namespace: default
      spec:
        replicas: 1
        updateStrategy:
          rollingUpdate:
            podUpdatePolicy: InPlaceIfPossible
        gameServerTemplate:
          spec:
            containers:
            - name: server
              image: registry.example.com/2048:v1.0
              ports:
              - name: admin
                containerPort: 3000
              resources: { requests: { cpu: 100m, memory: 128Mi } }
              volumeMounts:
              - name: share-data
                mountPath: /var/www/html/js
            - name: sidecar
              image: registry.example.com/2048-sidecar:v1.0
              command: [bash, "-c", "rsync -aP /app/js/* /app/scripts/ && while true; do echo 11; sleep 2; done"]
              lifecycle:
                postStart:
                  httpGet: { host: 127.0.0.1, port: 3000, path: /reload }
              volumeMounts:
              - name: share-data
                mountPath: /app/scripts
            volumes:
            - name: share-data
              emptyDir: {}
      """;

  @Test
  void theHotUpdateOfTheDocumentationBecomesAHotUpdate() throws IOException {
    Path folder = Files.createTempDirectory("import");
    try {
      Run run = Gops.fed(HOT_UPDATE, "import", "-o", folder.toString());
      assertEquals(0, run.code(), run.out() + run.err());
      String source = Files.readString(folder.resolve("imported.gops"));
      assertTrue(source.contains("hot_update sidecar {\n    files = \"/app/js\"\n"), source);
      assertTrue(source.contains("mount server { path = \"/var/www/html/js\" }"), source);
      assertTrue(
          source.contains("reload http  { port = server.admin, path = \"/reload\" }"), source);
      assertTrue(
          run.out().contains("GameServerSet default/gs-demo: is called gs-demo-1"), run.out());
      assertTrue(
          run.out().contains("pod.spec.containers[sidecar].command[2] was rsync")
              || run.out().contains("pod.spec.containers[sidecar].command"),
          run.out());
      assertFalse(run.out().contains("].image "), run.out());
      assertFalse(run.out().contains("containers[server].ports"), run.out());
    } finally {
      Gops.delete(folder);
    }
  }

  @Test
  void otherControllersAreReadAndSaidToBecomeGameServerSets() throws IOException {
    Path folder = Files.createTempDirectory("import");
    try {
      String objects =
          """
          apiVersion: apps/v1
          kind: StatefulSet
          metadata: { name: chess-7, namespace: chess }
          spec:
            replicas: 3
            template:
              spec:
                nodeSelector: { disk: fast }
                containers:
                - name: engine
                  image: registry.example.com/chess:1
                  resources: { limits: { cpu: "1", memory: 1Gi } }
          ---
          apiVersion: agones.dev/v1
          kind: Fleet
          metadata: { name: shooter, namespace: shooter }
          spec:
            replicas: 2
            template:
              spec:
                ports: [ { name: default, containerPort: 7654 } ]
                template:
                  spec:
                    containers:
                    - { name: shooter, image: "registry.example.com/shooter:2" }
          ---
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata: { name: deny-all, namespace: chess }
          spec: { podSelector: {} }
          """;
      Run run = Gops.fed(objects, "import", "-o", folder.toString());
      assertEquals(0, run.code(), run.out() + run.err());
      assertTrue(
          run.out().contains("StatefulSet chess/chess-7: becomes a GameServerSet"), run.out());
      assertTrue(
          run.out().contains("chess-7: pod.spec.nodeSelector.disk is lost (fast)"), run.out());
      assertTrue(run.out().contains("Fleet shooter/shooter: is called shooter-1"), run.out());
      assertTrue(
          run.out().contains("NetworkPolicy chess/deny-all: no object like it is compiled"),
          run.out());
    } finally {
      Gops.delete(folder);
    }
  }

  private static String set(String name, String labels, String rest) {
    return """
        apiVersion: game.kruise.io/v1alpha1
        kind: GameServerSet
        metadata: { name: %s, namespace: chess }
        spec:
          replicas: 1
          gameServerTemplate:
            metadata: { labels: { %s } }
            spec:
              containers:
              - { name: engine, image: "registry.example.com/chess:1", env: [{ name: WHO, value: "%s" }] }
        %s---
        """
        .formatted(name, labels, name, rest);
  }

  private String source(String objects, Path folder) throws IOException {
    Run run = Gops.fed(objects, "import", "-o", folder.toString());
    assertEquals(0, run.code(), run.out() + run.err());
    return Files.readString(folder.resolve("imported.gops"));
  }

  @Test
  void namesLabelsAndAffinitiesSayWhatIsAPair(@TempDir Path dir) throws IOException {
    String byName =
        source(set("chess-7-a", "x: y", "") + set("chess-7-b", "x: y", ""), dir.resolve("name"));
    assertTrue(byName.contains("ids  = 7\n") && byName.contains("pair {"), byName);
    assertTrue(byName.contains("WHO = \"chess-${zone.id}-${side}\""), byName);
    String byLabel =
        source(
            (set("chess-8-blue", "color: blue", "") + set("chess-8-green", "color: green", ""))
                .replaceAll(", env: \\[.*?]", ""),
            dir.resolve("label"));
    assertTrue(byLabel.contains("ids  = 8\n") && byLabel.contains("pair {"), byLabel);
    String follows =
        """
              affinity:
                podAffinity:
                  requiredDuringSchedulingIgnoredDuringExecution:
                  - { topologyKey: kubernetes.io/hostname, labelSelector: { matchLabels: { app: main } } }
        """;
    String byAffinity =
        source(
            (set("chess-9", "app: main", "") + set("shadow", "app: other", follows))
                .replaceAll(", env: \\[.*?]", ""),
            dir.resolve("affinity"));
    assertTrue(byAffinity.contains("ids  = 9\n") && byAffinity.contains("pair {"), byAffinity);
    String alone = source(set("chess-7-a", "x: y", ""), dir.resolve("alone"));
    assertFalse(alone.contains("pair {"), alone);
  }

  @Test
  void zonesThatSayTheSameAreOneRangeAndOthersAGameOfTheirOwn(@TempDir Path dir)
      throws IOException {
    StringBuilder objects = new StringBuilder();
    for (int zone = 101; zone <= 120; zone++) {
      objects.append(set("chess-" + zone, "x: y", ""));
    }
    objects.append(set("chess-130", "x: y", "").replace("name: WHO", "name: OTHER"));
    String source = source(objects.toString(), dir);
    assertTrue(source.contains("ids  = 101..120\n") && source.contains("ids  = 130\n"), source);
    assertTrue(source.contains("WHO = \"chess-${zone.id}\""), source);
    assertTrue(source.contains("OTHER = \"chess-130\""), source);
  }

  @Test
  void whatNoAttributeCarriesIsPatchedAndTheRestReported(@TempDir Path dir) throws IOException {
    String more =
        """
              serviceAccountName: robot
              hostAliases: [{ ip: 10.1.2.3, hostnames: [db] }]
              nodeSelector: { disk: fast }
        """;
    Run run = Gops.fed(set("chess-7", "team: sre", more), "import", "-o", dir.toString());
    assertEquals(0, run.code(), run.out() + run.err());
    String source = Files.readString(dir.resolve("imported.gops"));
    assertTrue(source.contains("spec.serviceAccountName"), source);
    assertTrue(source.contains("metadata.labels.team"), source);
    assertTrue(source.contains("hostnames = [\"db\"]"), source);
    assertFalse(source.contains("nodeSelector"), source);
    assertTrue(run.out().contains("pod.spec.nodeSelector.disk is lost (fast)"), run.out());
    assertFalse(run.out().contains("hostAliases"), run.out());
    assertEquals(0, Gops.run("fmt", "--check", dir + "/imported.gops").code());
  }

  @Test
  void foldersListsAnchorsAndWhatTheClusterWritesAreRead(@TempDir Path dir) throws IOException {
    Path in = Files.createDirectories(dir.resolve("in/more"));
    String list =
        """
        kind: List
        apiVersion: v1
        items:
        - &a
          apiVersion: apps/v1
          kind: StatefulSet
          metadata: { name: 楚留香, namespace: games, managedFields: [{ manager: x }],
            annotations: { kubectl.kubernetes.io/last-applied-configuration: y } }
          status: { replicas: 1 }
          spec: &spec { replicas: 1, template: { spec: { containers:
            [{ name: e, image: "registry.example.com/x:1" }] } } }
        - { <<: *a, metadata: { name: second, namespace: games } }
        """
            .replace("\n", "\r\n");
    Files.writeString(in.resolve("list.yml"), list);
    Files.writeString(
        dir.resolve("in/odd.json"), "{\"kind\":\"Widget\",\"metadata\":{\"name\":\"w\"}}");
    Files.writeString(dir.resolve("in/notes.txt"), "not: [yaml");
    Run run = Gops.run("import", "-o", dir + "/out", dir + "/in");
    assertEquals(0, run.code(), run.out() + run.err());
    assertTrue(run.out().contains("2 sets of servers"), run.out());
    assertTrue(run.out().contains("Widget: 1 object is no part of a source: w"), run.out());
    assertTrue(
        run.out()
            .contains("ignored, for the cluster writes it: metadata.managedFields of 1 object"),
        run.out());
    assertTrue(run.out().contains("the game of 楚留香 is called game"), run.out());
    String source = Files.readString(dir.resolve("out/imported.gops"));
    assertTrue(source.contains("display   = \"楚留香\""), source);
  }

  @Test
  void bombsAndWhatIsNoYamlAreRefused(@TempDir Path dir) {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      bomb.append("a%s: &a%s [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(9)));
    }
    assertEquals(3, Gops.fed(bomb.toString(), "import", "-o", dir.toString()).code());
    assertEquals(3, Gops.fed("kind: {{ .Values.kind }}\n", "import", "-o", dir.toString()).code());
  }

  @Test
  void aFleetOfAgonesStaysOne(@TempDir Path dir) throws IOException {
    String objects =
        """
        apiVersion: agones.dev/v1
        kind: Fleet
        metadata: { name: shooter-3, namespace: shooter }
        spec:
          replicas: 2
          scheduling: Packed
          template:
            spec:
              health: { disabled: true }
              counters: { players: { capacity: 50, count: 0 } }
              ports: [ { name: game, container: shooter, portPolicy: Dynamic, containerPort: 7654, protocol: UDP } ]
              template:
                spec:
                  containers:
                  - { name: shooter, image: "registry.example.com/shooter:2" }
        ---
        apiVersion: autoscaling.agones.dev/v1
        kind: FleetAutoscaler
        metadata: { name: scale, namespace: shooter }
        spec:
          fleetName: shooter-3
          policy: { type: Buffer, buffer: { bufferSize: 2, minReplicas: 2, maxReplicas: 6 } }
        """;
    Run run = Gops.fed(objects, "import", "-o", dir.toString());
    assertEquals(0, run.code(), run.out() + run.err());
    String source = Files.readString(dir.resolve("imported.gops"));
    assertTrue(source.contains("target      = agones"), source);
    assertTrue(source.contains("expose game { network = Dynamic }"), source);
    assertTrue(
        source.contains("autoscale spare { min = 2, max = 6, keep = 2, at_most = 2 }"), source);
    assertFalse(run.out().contains("ports"), run.out());
    assertFalse(run.out().contains("policy.buffer"), run.out());
    assertFalse(run.out().contains("counters"), run.out());
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    Path folder = Files.createTempDirectory("import");
    try {
      Files.writeString(folder.resolve("imported.gops"), "mine");
      assertEquals(8, Gops.fed(HOT_UPDATE, "import", "-o", folder.toString()).code());
      assertEquals("mine", Files.readString(folder.resolve("imported.gops")));
      assertEquals(8, Gops.fed("kind: Pod\n", "import", "-o", folder + "/x").code());
    } finally {
      Gops.delete(folder);
    }
  }

  /// Fleets of random games are compiled, their manifests imported, and the imported source
  /// compiled: the sets and services are the same.
  @Property(tries = 12)
  void whatWasCompiledComesBack(@ForAll("fleets") String fleet) throws IOException {
    Path folder = Files.createTempDirectory("import");
    try {
      Path source = Files.writeString(folder.resolve("x.gops"), fleet);
      Run compiled = Gops.run("compile", source.toString(), "-o", folder + "/out");
      assertEquals(0, compiled.code(), fleet + compiled.out() + compiled.err());
      List<String> arguments = new ArrayList<>(List.of("import", "-o", folder + "/back"));
      try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
        files
            .filter(file -> file.getFileName().toString().startsWith("zone-"))
            .sorted()
            .map(Path::toString)
            .forEach(arguments::add);
      }
      Run imported = Gops.run(arguments.toArray(String[]::new));
      assertEquals(0, imported.code(), fleet + imported.out() + imported.err());
      String back = Files.readString(folder.resolve("back/imported.gops"));
      assertTrue(
          imported.out().contains("everything comes back when it is compiled"),
          () -> fleet + imported.out() + back);
    } finally {
      Gops.delete(folder);
    }
  }

  @Provide
  Arbitrary<String> fleets() {
    return Combinators.combine(game("alpha", 1), game("beta-two", 40))
        .as(
            (one, two) ->
                """
                cluster c { kubernetes = "1.34", kruise = "1.9", kruise_game = "1.0.0" }
                site s {
                  pool p {
                    hosts 1..4 {
                      name     = "h${n}"
                      underlay = 10.1.0.11..10.1.0.14
                      cpu      = 64cores
                      memory   = 256Gi
                    }
                  }
                }
                secret keys { keys = ["one", "two"] }
                """
                    + one
                    + two);
  }

  private static Arbitrary<String> game(String name, int firstId) {
    Arbitrary<String> words =
        Arbitraries.of(
            "plain", "with \\\"quotes\\\"", "$${BRACES}", "back\\\\slash", "汉字", "a: b # c");
    Arbitrary<String> check =
        Arbitraries.of(
            "",
            "    ready http { port = web, path = \"/ok\", every = 5s }\n",
            "    ready tcp { port = web, timeout = 2s, failures = 5 }\n",
            "    live exec { command = [\"/bin/true\"] }\n");
    Arbitrary<String> body =
        Combinators.combine(
                words.list().ofMaxSize(3),
                words,
                Arbitraries.integers().between(1, 4),
                Arbitraries.integers().between(1, 20),
                check,
                Arbitraries.of("", "  expose web { network = Kubernetes-HostPort }\n"),
                Arbitraries.of("", "    save { within = 45s }\n"),
                Arbitraries.integers().between(1, 3))
            .as(
                (args, value, replicas, tenths, ready, expose, save, zones) ->
                    "game "
                        + name
                        + " {\n  replicas = "
                        + replicas
                        + "\n  container main {\n"
                        + (args.isEmpty()
                            ? ""
                            : "    args = [\"" + String.join("\", \"", args) + "\"]\n")
                        + "    env { WORD = \""
                        + value
                        + "\", KEY = secret.keys.two }\n"
                        + "    port web { number = 8080 }\n"
                        + "    port game { number = 7000, protocol = udp }\n"
                        + ready
                        + save
                        + "  }\n  profile { base { cpu = "
                        + 100 * tenths
                        + "mcores, memory = "
                        + 64 * tenths
                        + "Mi } }\n"
                        + expose
                        + "  version \"1.0\" { main = \"registry.example.com/"
                        + name
                        + ":1.0"
                        + DIGEST
                        + "\" }\n}\nzones "
                        + name
                        + "-z { game = "
                        + name
                        + ", ids = "
                        + firstId
                        + ".."
                        + (firstId + zones)
                        + ", run = \"1.0\", pool = s.p }\n");
    return body;
  }
}
