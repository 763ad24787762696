package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// Policies that were imported let through what they let through before. Both are judged as the
/// documentation of Kubernetes says, by code that the importer does not share.
class ImportedPoliciesTest {
  private static final List<String> APPS = List.of("gate", "scene", "world");
  private static final List<Integer> PORTS = List.of(7001, 7002, 9000);
  private static final List<String> ADDRESSES = List.of("8.8.8.8", "10.1.2.3", "10.200.8.5");

  private static final String DENY_ALL =
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: { name: deny-all, namespace: chess }
      spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
      ---
      """;

  @Test
  void whatNoRuleSaysIsReportedByItsPath(@TempDir Path dir) throws IOException {
    String policy =
        policy(
            "gate",
            "ingress: [{ from: [{ ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8] } }],"
                + " ports: [{ port: p7001 }, { port: 7001, protocol: SCTP }, { port: 4444 }] },"
                + " { from: [{ namespaceSelector: { matchLabels: { name: monitoring } } }] }]");
    Run run = Gops.fed(sets() + DENY_ALL + policy, "import", "-o", dir.toString());
    assertEquals(0, run.code(), run.out() + run.err());
    String source = Files.readString(dir.resolve("imported.gops"));
    assertEquals(
        List.of("allow net-1 -> gate:p7001"),
        source.lines().map(String::strip).filter(l -> l.startsWith("allow")).toList());
    for (String line :
        List.of(
            "spec.ingress[0].ports[1].protocol is SCTP, for which there is no word",
            "spec.ingress[0].ports[2].port is no declared port of gate",
            "spec.ingress[1].from[0] means pods that are no servers of the source")) {
      assertTrue(run.out().contains("NetworkPolicy chess/gate: " + line), run.out());
    }
  }

  @Property(tries = 8)
  void rulesLetThroughWhatThePoliciesDid(@ForAll("policies") List<String> policies)
      throws IOException {
    Path dir = Files.createTempDirectory("policies");
    try {
      String objects = sets() + DENY_ALL + String.join("", policies);
      Run run = Gops.fed(objects, "import", "-o", dir.toString());
      assertEquals(0, run.code(), objects + run.out() + run.err());
      Run compiled = Gops.run("compile", dir + "/imported.gops", "-o", dir + "/out");
      assertEquals(0, compiled.code(), compiled.out() + compiled.err());
      StringBuilder after = new StringBuilder();
      try (Stream<Path> files = Files.walk(dir.resolve("out"))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
          after.append(Files.readString(file)).append("\n---\n");
        }
      }
      String source = Files.readString(dir.resolve("imported.gops"));
      assertEquals(
          open(objects),
          open(after.toString()),
          () -> String.join("", policies) + source + run.out());
    } finally {
      Gops.delete(dir);
    }
  }

  @Provide
  Arbitrary<List<String>> policies() {
    Arbitrary<String> peer =
        Arbitraries.of(
            "{ podSelector: { matchLabels: { app: gate } } }",
            "{ podSelector: { matchExpressions: [{ key: app, operator: In, values: [scene, world] }] } }",
            "{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: chess } }, podSelector: {} }",
            "{ ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8] } }",
            "{ ipBlock: { cidr: 10.200.8.0/24 } }");
    Arbitrary<String> ports =
        Arbitraries.of(
            "",
            ", ports: [{ port: 7001 }]",
            ", ports: [{ port: 7001, endPort: 7002 }, { port: 9000 }]");
    Arbitrary<String> ingress =
        Combinators.combine(peer.list().ofMinSize(1).ofMaxSize(2), ports)
            .as((from, open) -> "{ from: [" + String.join(", ", from) + "]" + open + " }");
    Arbitrary<String> egress =
        Combinators.combine(peer.list().ofMinSize(1).ofMaxSize(2), ports)
            .as((to, open) -> "{ to: [" + String.join(", ", to) + "]" + open + " }");
    return Combinators.combine(
            Arbitraries.of(APPS), ingress.list().ofMaxSize(2), egress.list().ofMaxSize(2))
        .as(
            (app, in, out) ->
                policy(
                    app,
                    "policyTypes: [Ingress, Egress], ingress: ["
                        + String.join(", ", in)
                        + "], egress: ["
                        + String.join(", ", out)
                        + "]"))
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  private static String policy(String app, String rules) {
    return """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: { name: %s, namespace: chess }
        spec: { podSelector: { matchLabels: { app: %s } }, %s }
        ---
        """
        .formatted(app, app, rules);
  }

  private static String sets() {
    StringBuilder sets = new StringBuilder();
    for (String app : APPS) {
      sets.append(
          """
          apiVersion: game.kruise.io/v1alpha1
          kind: GameServerSet
          metadata: { name: %s-%s, namespace: chess }
          spec:
            replicas: 1
            gameServerTemplate:
              metadata: { labels: { app: %s } }
              spec:
                containers:
                - name: engine
                  image: "registry.example.com/%s:1"
                  ports: [{ name: p7001, containerPort: 7001 }, { name: p7002, containerPort: 7002 }, { name: p9000, containerPort: 9000 }]
          ---
          """
              .formatted(app, 1 + APPS.indexOf(app), app, app));
    }
    return sets.toString();
  }

  /// What is open between the servers and to addresses outside, `gate -> scene:7001`.
  private static List<String> open(String text) {
    SortedMap<String, Map<?, ?>> pods = new TreeMap<>();
    List<Map<?, ?>> policies = new ArrayList<>();
    for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text)) {
      if (document instanceof Map<?, ?> object && "GameServerSet".equals(object.get("kind"))) {
        Map<?, ?> labels = map(at(object, "spec", "gameServerTemplate", "metadata", "labels"));
        pods.put(
            map(object.get("metadata")).get("name").toString().replaceFirst("-.*", ""), labels);
      } else if (document instanceof Map<?, ?> object
          && "NetworkPolicy".equals(object.get("kind"))) {
        policies.add(map(object.get("spec")));
      }
    }
    List<String> open = new ArrayList<>();
    for (int port : PORTS) {
      pods.forEach(
          (from, labels) -> {
            pods.forEach(
                (to, others) -> {
                  if (passes(policies, labels, "egress", "to", others, "", port)
                      && passes(policies, others, "ingress", "from", labels, "", port)) {
                    open.add(from + " -> " + to + ":" + port);
                  }
                });
            for (String address : ADDRESSES) {
              if (passes(policies, labels, "egress", "to", Map.of(), address, port)) {
                open.add(from + " -> " + address + ":" + port);
              }
              if (passes(policies, labels, "ingress", "from", Map.of(), address, port)) {
                open.add(address + " -> " + from + ":" + port);
              }
            }
          });
    }
    return open;
  }

  private static boolean passes(
      List<Map<?, ?>> policies,
      Map<?, ?> pod,
      String direction,
      String peers,
      Map<?, ?> other,
      String address,
      int port) {
    boolean isIsolated = false;
    for (Map<?, ?> policy : policies) {
      if (!selects(map(policy.get("podSelector")), pod)) {
        continue;
      }
      isIsolated = true;
      for (Object rule : list(policy.get(direction))) {
        List<?> ends = list(map(rule).get(peers));
        List<?> ports = list(map(rule).get("ports"));
        boolean isPeer =
            ends.isEmpty() || ends.stream().anyMatch(end -> isPeer(map(end), other, address));
        boolean isPort = ports.isEmpty() || ports.stream().anyMatch(p -> isPort(map(p), port));
        if (isPeer && isPort) {
          return true;
        }
      }
    }
    return !isIsolated;
  }

  private static boolean isPeer(Map<?, ?> end, Map<?, ?> other, String address) {
    Map<?, ?> block = map(end.get("ipBlock"));
    if (!block.isEmpty()) {
      return !address.isEmpty()
          && contains(block.get("cidr").toString(), address)
          && list(block.get("except")).stream().noneMatch(e -> contains(e.toString(), address));
    }
    return address.isEmpty() && selects(map(end.get("podSelector")), other);
  }

  private static boolean isPort(Map<?, ?> entry, int port) {
    int first = (Integer) entry.get("port");
    int last = entry.get("endPort") == null ? first : (Integer) entry.get("endPort");
    return first <= port && port <= last;
  }

  private static boolean selects(Map<?, ?> selector, Map<?, ?> labels) {
    boolean isMeant = labels.entrySet().containsAll(map(selector.get("matchLabels")).entrySet());
    for (Object each : list(selector.get("matchExpressions"))) {
      Map<?, ?> expression = map(each);
      Object value = labels.get(expression.get("key"));
      isMeant &=
          "Exists".equals(expression.get("operator"))
              ? value != null
              : list(expression.get("values")).contains(value);
    }
    return isMeant;
  }

  private static boolean contains(String cidr, String address) {
    int bits = Integer.parseInt(cidr.substring(cidr.indexOf('/') + 1));
    long mask = bits == 0 ? 0 : -1L << (32 - bits);
    return (number(cidr.substring(0, cidr.indexOf('/'))) & mask) == (number(address) & mask);
  }

  private static long number(String address) {
    long number = 0;
    for (String part : address.split("\\.", -1)) {
      number = number * 256 + Integer.parseInt(part);
    }
    return number;
  }

  private static Object at(Map<?, ?> from, String... path) {
    Map<?, ?> found = from;
    for (String name : path) {
      found = map(found.get(name));
    }
    return found;
  }

  private static Map<?, ?> map(Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static List<?> list(Object value) {
    return value instanceof List<?> list ? list : List.of();
  }
}
