package io.gops.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Quantity;
import io.gops.compilation.Compiled;
import io.gops.deployment.Workload;
import io.gops.fleet.Host;
import io.gops.fleet.Resource;
import io.gops.plan.Plan;
import io.gops.plan.Simulation;
import io.gops.plan.Step;
import io.gops.plan.Task;
import io.gops.state.State;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/// LimitRange and ResourceQuota of each namespace against what is generated: they admit every pod
/// of every version, and all pods that run at any moment of any plan; and no looser than that.
class GuardsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> RESOURCES = List.of("cpu", "memory");

  @TempDir Path folder;

  /// Sum of the limits and of the requests of one pod, by resource.
  private record Pod(Map<String, BigDecimal> limits, Map<String, BigDecimal> requests) {
    static Pod of(JsonNode containers) {
      Map<String, BigDecimal> limits = new TreeMap<>();
      Map<String, BigDecimal> requests = new TreeMap<>();
      for (JsonNode container : containers) {
        for (String resource : RESOURCES) {
          JsonNode own = container.path("resources");
          add(limits, resource, own.path("limits"));
          add(requests, resource, own.path("requests"));
        }
      }
      return new Pod(limits, requests);
    }

    private static void add(Map<String, BigDecimal> to, String resource, JsonNode amounts) {
      if (amounts.has(resource)) {
        to.merge(resource, amount(amounts.path(resource)), BigDecimal::add);
      }
    }
  }

  private static BigDecimal amount(JsonNode quantity) {
    return Quantity.getAmountInBytes(new Quantity(quantity.asText()));
  }

  static Stream<Path> fleets() throws IOException {
    Path root = Path.of(System.getProperty("gops.root"));
    List<Path> found = new ArrayList<>();
    try (Stream<Path> examples = Files.list(root.resolve("examples"))) {
      examples.filter(Files::isDirectory).sorted().forEach(found::add);
    }
    WrittenFleetsTest.sources().forEach(found::add);
    return found.stream();
  }

  @ParameterizedTest
  @MethodSource("fleets")
  void admitWhatTheExamplesMake(Path source) throws IOException {
    check(CompiledFleet.of(source));
  }

  /// Fleets with two versions that need something else, so that a release changes what pods ask.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void admitWhatReleasesMake(long seed) throws IOException {
    Random random = new Random(seed);
    Path source = Files.writeString(folder.resolve("fleet.gops"), text(random));
    CompiledFleet fleet = CompiledFleet.of(source);
    assertEquals(
        1, fleet.compiled().values().iterator().next().plans().size(), "the release has a plan");
    check(fleet);
  }

  private static String profile(Random random) {
    return """
        profile {
          base { cpu = %dmcores, memory = %dMi }, per_player { cpu = %dmcores, memory = %dKi }
          keeps_after_logout { memory = 100%% }
          login { cpu = %dmcores, at_most = 10/s }, overlap = %d%%
        }
        """
        .formatted(
            100 + random.nextInt(400),
            100 + random.nextInt(900),
            1 + random.nextInt(4),
            100 + random.nextInt(4000),
            random.nextInt(20),
            random.nextInt(20));
  }

  private static String text(Random random) {
    return """
        cluster hz { kubernetes = "1.34", kruise = "1.9", kruise_game = "1.0.0" }
        site hz { pool std { hosts 1..4 {
          name = "m${n}", underlay = 10.2.0.11..10.2.0.14, cpu = 64cores, memory = 256Gi
        } } }
        vpc v { cidr = 10.64.0.0/16 }
        game arena {
          container engine { port client { number = 7001 } }
          %s
          version "1" { engine = "registry.example.com/arena:1@sha256:%s" }
          version "2" from "1" {
            engine = "registry.example.com/arena:2@sha256:%s"
            %s
          }
        }
        zones arena {
          game = arena, ids = 1..%d, run = "1", pool = hz.std, players = %d
          pair { switch = directory }
        }
        directory arena-zones {
          game = arena, endpoints = ["https://etcd.example.com:2379"], prefix = "/arena/"
        }
        release ab_switch two {
          zones = arena, to = "2", waves { per_host = 1, then = 50%% }
          drain { remaining = [0min -> 100%%, 6h -> 2%%], kick_after = 6h, kick_budget = 5%% }
        }
        """
        .formatted(
            profile(random),
            "ab".repeat(32),
            "cd".repeat(32),
            profile(random),
            1 + random.nextInt(8),
            50 + random.nextInt(500))
        .replace("vpc v { cidr = 10.64.0.0/16 }\n", "");
  }

  private static void check(CompiledFleet fleet) {
    for (Map.Entry<String, Compiled> environment : fleet.compiled().entrySet()) {
      String folder = environment.getKey() + "/";
      List<JsonNode> objects = new ArrayList<>();
      fleet
          .manifests()
          .subMap(folder, folder + "\uffff")
          .forEach((path, text) -> objects.addAll(documents(path, text)));
      new Check(environment.getValue(), objects).run();
    }
  }

  private static List<JsonNode> documents(String path, String text) {
    List<JsonNode> documents = new ArrayList<>();
    if (path.endsWith(".yaml")) {
      for (Object document : new Yaml().loadAll(text)) {
        documents.add(JSON.valueToTree(document));
      }
    }
    return documents;
  }

  /// One environment.
  private static final class Check {
    private final Compiled compiled;
    private final Map<String, JsonNode> ratios = new TreeMap<>();
    private final Map<String, JsonNode> quotas = new TreeMap<>();
    private final SortedMap<String, Pod> pods = new TreeMap<>();
    private final Map<String, String> namespaces = new TreeMap<>();
    private final Map<String, Set<Pod>> seen = new TreeMap<>();
    private final Map<String, Pod> byTemplate = new HashMap<>();

    Check(Compiled compiled, List<JsonNode> objects) {
      this.compiled = compiled;
      Map<Pod, Pod> equal = new HashMap<>();
      for (JsonNode object : objects) {
        String namespace = object.at("/metadata/namespace").asText();
        switch (object.path("kind").asText()) {
          case "LimitRange" ->
              ratios.put(namespace, object.at("/spec/limits/0/maxLimitRequestRatio"));
          case "ResourceQuota" -> quotas.put(namespace, object.at("/spec/hard"));
          case "GameServerSet" -> {
            String name = object.at("/metadata/name").asText();
            Pod pod = Pod.of(object.at("/spec/gameServerTemplate/spec/containers"));
            pods.put(name, equal.computeIfAbsent(pod, same -> same));
            namespaces.put(name, namespace);
          }
          default -> {}
        }
      }
    }

    void run() {
      assertFalse(pods.isEmpty());
      admitted(new TreeMap<>(), Map.of());
      for (Plan plan : compiled.plans()) {
        Map<String, String> templates = new TreeMap<>(plan.from().templates());
        templates.putAll(plan.to().templates());
        Simulation simulation = new Simulation(plan.from());
        for (Step step : plan.steps()) {
          for (Task task : step.tasks()) {
            assertTrue(simulation.apply(task.action()).isEmpty());
            admitted(simulation.groups(), templates);
          }
        }
      }
      ratios.forEach((namespace, all) -> all.fields().forEachRemaining(r -> tight(namespace, r)));
      quotas.forEach(this::physical);
    }

    /// All pods of a moment.
    private void admitted(Map<String, State.GroupState> groups, Map<String, String> templates) {
      Map<String, Map<Pod, Integer>> running = new TreeMap<>();
      pods.forEach(
          (name, manifest) -> {
            Workload workload = compiled.deployment().workload(name);
            State.GroupState group = groups.get(workload.group());
            State.SideState side = group == null ? null : group.sides().get(workload.side());
            int count = side == null ? workload.replicas() : side.replicas();
            String template = side == null ? null : templates.get(side.template());
            Pod pod =
                template == null
                    ? manifest
                    : byTemplate.computeIfAbsent(template, text -> Pod.of(containers(text)));
            running
                .computeIfAbsent(namespaces.get(name), _ -> new IdentityHashMap<>())
                .merge(pod, count, Integer::sum);
          });
      Map<String, BigDecimal> used = new TreeMap<>();
      running.forEach(
          (namespace, counts) ->
              counts.forEach(
                  (pod, count) -> {
                    seen.computeIfAbsent(namespace, _ -> new HashSet<>()).add(pod);
                    add(used, namespace + " limits.", pod.limits(), count);
                    add(used, namespace + " requests.", pod.requests(), count);
                    used.merge(namespace + " pods", BigDecimal.valueOf(count), BigDecimal::add);
                    ratio(namespace, pod);
                  }));
      quotas.forEach(
          (namespace, hard) ->
              hard.fields()
                  .forEachRemaining(
                      limit -> {
                        BigDecimal sum =
                            used.getOrDefault(namespace + " " + limit.getKey(), BigDecimal.ZERO);
                        assertTrue(sum.compareTo(amount(limit.getValue())) <= 0, limit::getKey);
                      }));
    }

    private static JsonNode containers(String template) {
      try {
        return JSON.readTree(template).at("/spec/containers");
      } catch (IOException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    private static void add(
        Map<String, BigDecimal> used, String prefix, Map<String, BigDecimal> each, int count) {
      each.forEach(
          (resource, amount) ->
              used.merge(
                  prefix + resource, amount.multiply(BigDecimal.valueOf(count)), BigDecimal::add));
    }

    private void ratio(String namespace, Pod pod) {
      Objects.requireNonNull(ratios.get(namespace))
          .fields()
          .forEachRemaining(
              most -> assertTrue(fits(pod, most.getKey(), amount(most.getValue())), most::getKey));
    }

    private static boolean fits(Pod pod, String resource, BigDecimal ratio) {
      BigDecimal limit = Objects.requireNonNull(pod.limits().get(resource));
      BigDecimal request = Objects.requireNonNull(pod.requests().get(resource));
      return limit.compareTo(ratio.multiply(request)) <= 0;
    }

    /// A thousandth less would refuse a pod.
    private void tight(String namespace, Map.Entry<String, JsonNode> ratio) {
      BigDecimal less = amount(ratio.getValue()).subtract(new BigDecimal("0.001"));
      assertTrue(
          seen.getOrDefault(namespace, Set.of()).stream()
              .anyMatch(pod -> !fits(pod, ratio.getKey(), less)),
          () -> "the ratio of " + namespace + " is looser than need be");
    }

    /// Requests may be as much as the hosts of the game's pools offer, not more.
    private void physical(String namespace, JsonNode hard) {
      Set<String> pools = new HashSet<>();
      for (Workload workload : compiled.deployment().workloads().values()) {
        if (workload.game().namespace().equals(namespace)) {
          pools.add(workload.zone().body().pool());
        }
      }
      BigDecimal cpu = BigDecimal.ZERO;
      BigDecimal memory = BigDecimal.ZERO;
      for (Host host : compiled.deployment().hosts().values()) {
        if (pools.contains(host.pool())) {
          cpu = cpu.add(BigDecimal.valueOf(host.allocatable().get(Resource.CPU), 3));
          memory = memory.add(BigDecimal.valueOf(host.allocatable().get(Resource.MEMORY)));
        }
      }
      assertEquals(0, cpu.compareTo(amount(hard.path("requests.cpu"))));
      assertEquals(0, memory.compareTo(amount(hard.path("requests.memory"))));
    }
  }

  @Test
  void aPodBeyondTheRatioIsSeen() {
    Map<String, BigDecimal> one = Map.of("cpu", BigDecimal.ONE);
    Map<String, BigDecimal> two = Map.of("cpu", BigDecimal.TWO);
    assertTrue(Check.fits(new Pod(two, one), "cpu", BigDecimal.TWO));
    assertFalse(Check.fits(new Pod(two, one), "cpu", new BigDecimal("1.999")));
  }
}
