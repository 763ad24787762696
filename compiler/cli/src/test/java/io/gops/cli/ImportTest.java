package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

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
      remove(folder);
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
      remove(folder);
    }
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
      remove(folder);
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
      remove(folder);
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

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
