package io.gops.controlplane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gops.compilation.Compiled;
import io.gops.controlplane.StandInKubelets.Pod;
import io.gops.deployment.Deployment;
import io.gops.deployment.Group;
import io.gops.deployment.Workload;
import io.gops.fleet.Host;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A compiled fleet on a real scheduler: its hosts as nodes, its sets as StatefulSets, and what
/// became of it against what was proved.
final class PlacedFleet implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /// Kinds that guard a namespace or are referred to by pods; the others change no placement.
  private static final Set<String> GUARDS =
      Set.of("Namespace", "PriorityClass", "LimitRange", "ResourceQuota");

  private final Cluster cluster;
  private final StandInKubelets kubelets;
  private final Compiled compiled;
  private final Deployment deployment;
  private final SortedMap<String, JsonNode> sets = new TreeMap<>();
  private final List<JsonNode> labels = new ArrayList<>();

  /// What [#label] gave to nodes.
  private final Map<String, SortedMap<String, String>> labelled = new TreeMap<>();

  /// Hosts that are not as they were at first.
  private final SortedSet<String> broken = new TreeSet<>();

  /// Registers the hosts and applies the guards and the node labels.
  PlacedFleet(Cluster cluster, Compiled compiled, Collection<String> manifests)
      throws IOException, InterruptedException {
    this.cluster = cluster;
    this.kubelets = new StandInKubelets(cluster.api());
    this.compiled = compiled;
    this.deployment = compiled.deployment();
    for (Host host : deployment.hosts().values()) {
      kubelets.add(host);
    }
    List<JsonNode> guards = new ArrayList<>();
    for (JsonNode object : Cluster.objects(manifests)) {
      String kind = object.path("kind").asText();
      if (Projection.isGameServerSet(object)) {
        sets.put(Projection.name(object), object);
      } else if (kind.equals("Node")) {
        labels.add(object);
      } else if (GUARDS.contains(kind)) {
        guards.add(object);
      }
    }
    List<String> problems = new ArrayList<>(cluster.apply(guards));
    problems.addAll(cluster.apply(labels));
    if (!problems.isEmpty()) {
      throw new IOException(problems.toString());
    }
  }

  /// The live side of every group runs.
  SortedMap<String, Integer> liveSides() {
    SortedMap<String, Integer> replicas = new TreeMap<>();
    for (Group group : deployment.groups().values()) {
      // Before a release changes the number of servers, those that run are there.
      int running = group.live().replicas();
      replicas.put(group.live().name(), running > 0 ? running : group.live().wanted());
    }
    return replicas;
  }

  /// States in which both sides run of as many groups of each host as may move at once. Each pair
  /// is in one of them.
  List<SortedMap<String, Integer>> waves() {
    List<SortedMap<String, Integer>> waves = new ArrayList<>();
    List<Group> left = new ArrayList<>(pairs(deployment.groups().values()));
    while (!left.isEmpty()) {
      SortedMap<String, Integer> wave = liveSides();
      left.removeAll(startBothSides(left, wave));
      waves.add(wave);
    }
    return waves;
  }

  /// The live sides of all groups, and both sides of as many groups of these hosts as may move.
  SortedMap<String, Integer> wavesOn(Collection<String> hosts) {
    SortedMap<String, Integer> state = liveSides();
    for (String host : hosts) {
      startBothSides(pairs(groupsOf(host)), state);
    }
    return state;
  }

  private static List<Group> pairs(Collection<Group> groups) {
    return groups.stream().filter(group -> group.b().isPresent()).toList();
  }

  /// @return the groups of which both sides run now
  private List<Group> startBothSides(List<Group> candidates, Map<String, Integer> replicas) {
    List<Group> started = new ArrayList<>();
    Map<String, Integer> moving = new HashMap<>();
    for (Group group : candidates) {
      int most = perHost(group);
      if (primaries(group).stream().allMatch(host -> moving.getOrDefault(host, 0) < most)) {
        primaries(group).forEach(host -> moving.merge(host, 1, Integer::sum));
        group.workloads().forEach(side -> replicas.put(side.name(), side.wanted()));
        started.add(group);
      }
    }
    return started;
  }

  private int perHost(Group group) {
    String pool = group.zone().body().pool();
    return Objects.requireNonNull(compiled.capacity().pools().get(pool)).perHost();
  }

  /// Makes the pods of some sets one by one in the given order and waits until all of them are
  /// placed. Nothing replaces them. A set that has its pods keeps them.
  void makePods(List<String> order, Map<String, Integer> replicas)
      throws IOException, InterruptedException {
    for (String name : order) {
      int count = podsOf(name).isEmpty() ? replicas.getOrDefault(name, 0) : 0;
      for (int ordinal = 0; ordinal < count; ordinal++) {
        JsonNode pod = Projection.pod(set(name), ordinal);
        if (!Waiting.until(PATIENCE, () -> make(pod))) {
          throw new IOException("the quota does not admit " + Projection.name(pod));
        }
      }
    }
    Map<String, Integer> made = new TreeMap<>(replicas);
    made.keySet().retainAll(order);
    awaitPods(made, Set.of());
  }

  /// Whether the pod was made; a quota still counts pods that have just gone.
  private boolean make(JsonNode pod) throws IOException, InterruptedException {
    Api.Answer answer = cluster.api().post(podsIn(Projection.namespace(pod)), pod);
    if (answer.status() == 403 && answer.message().contains("exceeded quota")) {
      return false;
    }
    answer.orThrow();
    return true;
  }

  /// Removes pods that nothing replaces.
  void remove(Collection<Pod> pods) throws IOException, InterruptedException {
    for (Pod pod : pods) {
      cluster.api().delete(pod.path(), Map.of("gracePeriodSeconds", 0)).orThrow();
    }
    awaitGone(pods.stream().map(Pod::uid).collect(Collectors.toSet()));
  }

  /// Makes the sets, whose controller makes the pods, and waits until all are placed.
  void makeSets(Map<String, Integer> replicas) throws IOException, InterruptedException {
    for (Map.Entry<String, Integer> entry : replicas.entrySet()) {
      scale(entry.getKey(), entry.getValue());
    }
    awaitPods(replicas, Set.of());
  }

  /// Applies the sets as they are generated, for a controller to follow.
  ///
  /// @return the namespaces in which they are
  SortedSet<String> applySets() throws IOException, InterruptedException {
    List<String> problems = cluster.apply(List.copyOf(sets.values()));
    if (!problems.isEmpty()) {
      throw new IOException(problems.toString());
    }
    return namespaces();
  }

  /// Makes a set, or gives it another number of pods.
  void scale(String name, int replicas) throws IOException, InterruptedException {
    cluster.api().apply(Projection.statefulSet(set(name), replicas), "kruise").orThrow();
  }

  private static String podsIn(String namespace) {
    return "/api/v1/namespaces/" + namespace + "/pods";
  }

  private JsonNode set(String name) {
    return Objects.requireNonNull(sets.get(name), name);
  }

  /// Removes all sets and pods and makes every host whole again.
  void clear() throws IOException, InterruptedException {
    for (String namespace : namespaces()) {
      cluster
          .api()
          .delete(
              "/apis/apps/v1/namespaces/" + namespace + "/statefulsets",
              Map.of("propagationPolicy", "Background"))
          .orThrow();
      cluster.api().delete(podsIn(namespace), Map.of("gracePeriodSeconds", 0)).orThrow();
    }
    if (!Waiting.until(PATIENCE, () -> kubelets.pods().isEmpty())) {
      throw new IOException("pods are left: " + kubelets.pods());
    }
    for (String namespace : namespaces()) {
      if (!Waiting.until(PATIENCE, () -> isUnused(namespace))) {
        throw new IOException("the quota of " + namespace + " still counts pods");
      }
    }
    repair();
  }

  private boolean isUnused(String namespace) throws IOException, InterruptedException {
    String path = "/api/v1/namespaces/" + namespace + "/resourcequotas";
    for (JsonNode quota : cluster.api().get(path).orThrow().path("items")) {
      if (quota.path("status").path("used").path("pods").asInt() > 0) {
        return false;
      }
    }
    return true;
  }

  /// Makes every host whole again.
  void repair() throws IOException, InterruptedException {
    for (String host : broken) {
      restore(host);
    }
    broken.clear();
  }

  /// In which the sets are.
  SortedSet<String> namespaces() {
    return sets.values().stream()
        .map(Projection::namespace)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// Waits until every set has its pods and every pod has a node.
  ///
  /// @param gone identities of pods that must have been replaced
  void awaitPods(Map<String, Integer> replicas, Set<String> gone)
      throws IOException, InterruptedException {
    if (!Waiting.until(PATIENCE, () -> missing(replicas, gone).isEmpty())) {
      throw new AssertionError(
          "after %d s: %s%n%s"
              .formatted(PATIENCE.toSeconds(), missing(replicas, gone), whyMissing()));
    }
  }

  /// Waits until pods have ended.
  void awaitGone(Set<String> uids) throws IOException, InterruptedException {
    if (!Waiting.until(
        PATIENCE, () -> kubelets.pods().stream().noneMatch(pod -> uids.contains(pod.uid())))) {
      throw new AssertionError("pods have not ended: " + kubelets.pods());
    }
  }

  private List<String> missing(Map<String, Integer> replicas, Set<String> gone) {
    Map<String, Integer> bound = new HashMap<>();
    List<String> missing = new ArrayList<>();
    for (Pod pod : kubelets.pods()) {
      if (gone.contains(pod.uid())) {
        missing.add(pod.name() + " is not replaced");
      } else if (!pod.node().isEmpty() && !pod.ending()) {
        bound.merge(pod.set(), 1, Integer::sum);
      }
    }
    replicas.forEach(
        (name, count) -> {
          if (!bound.getOrDefault(name, 0).equals(count)) {
            missing.add(name + " has " + bound.getOrDefault(name, 0) + " of " + count);
          }
        });
    return missing;
  }

  /// The scheduler's own words.
  private String whyMissing() throws IOException, InterruptedException {
    Map<String, String> reasons = new LinkedHashMap<>();
    for (Pod pod : kubelets.pods()) {
      if (pod.node().isEmpty()) {
        JsonNode status = cluster.api().get(pod.path()).body().path("status");
        for (JsonNode condition : status.path("conditions")) {
          reasons.put(pod.name(), condition.path("message").asText());
        }
      }
    }
    for (String namespace : namespaces()) {
      String events = "/api/v1/namespaces/" + namespace + "/events";
      for (JsonNode event : cluster.api().get(events).orThrow().path("items")) {
        if (event.path("reason").asText().equals("FailedCreate")) {
          String set = event.path("involvedObject").path("name").asText();
          reasons.put(set, event.path("message").asText());
        }
      }
    }
    return reasons.toString();
  }

  /// What is not as proved: a side on its own, two on one host, a host outside the proof, two
  /// servers together that are not partners.
  ///
  /// @param left hosts whose pods must be on their failover hosts; all others must be at home
  List<String> problems(Map<String, Integer> replicas, Set<String> left) {
    Map<String, List<Pod>> pods = new HashMap<>();
    kubelets.pods().forEach(p -> pods.computeIfAbsent(p.set(), _ -> new ArrayList<>()).add(p));
    List<String> problems = new ArrayList<>();
    for (Group group : deployment.groups().values()) {
      List<String> expected =
          group.placements().stream().map(p -> expected(p, left)).sorted().toList();
      Map<String, Set<String>> together = new TreeMap<>();
      for (Workload side : group.workloads()) {
        List<Pod> found = pods.getOrDefault(side.name(), List.of());
        List<String> hosts = found.stream().map(Pod::node).sorted().toList();
        List<String> wanted = replicas.getOrDefault(side.name(), 0) > 0 ? expected : List.of();
        boolean asProved =
            hosts.size() == wanted.size()
                ? hosts.equals(wanted)
                : hosts.size() == replicas.getOrDefault(side.name(), 0)
                    && wanted.containsAll(hosts)
                    && Set.copyOf(hosts).size() == hosts.size();
        if (!asProved) {
          problems.add(side.name() + " is on " + hosts + ", proved for " + wanted);
        }
        found.forEach(
            pod -> together.computeIfAbsent(pod.node(), _ -> new TreeSet<>()).add(ordinal(pod)));
      }
      together.forEach(
          (host, ordinals) -> {
            if (ordinals.size() > 1) {
              problems.add(host + " has servers " + ordinals + " of " + group.id());
            }
          });
    }
    return problems;
  }

  private static String expected(Group.Placement placement, Set<String> left) {
    return left.contains(placement.primary())
        ? placement.failover().orElse("nowhere")
        : placement.primary();
  }

  private static String ordinal(Pod pod) {
    return pod.name().substring(pod.name().lastIndexOf('-') + 1);
  }

  /// Groups at home on a host.
  List<Group> groupsOf(String host) {
    return deployment.groups().values().stream()
        .filter(group -> primaries(group).contains(host))
        .toList();
  }

  /// Hosts that are home to a group.
  SortedSet<String> hosts() {
    return deployment.groups().values().stream()
        .flatMap(group -> primaries(group).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// A host that is home to no group.
  String emptyHost() {
    return deployment.hosts().keySet().stream()
        .filter(host -> !hosts().contains(host))
        .findFirst()
        .orElseThrow();
  }

  /// Labels a node for a group, as a release does; [#repair] takes it back.
  void label(String host, String group, String value) throws IOException, InterruptedException {
    broken.add(host);
    SortedMap<String, String> ofHost = labelled.computeIfAbsent(host, _ -> new TreeMap<>());
    ofHost.put("node-restriction.kubernetes.io/gops-" + group, value);
    cluster.api().apply(node(host, ofHost), Cluster.RELEASE).orThrow();
  }

  private static ObjectNode node(String host, Map<String, String> labels) {
    ObjectNode node = Api.JSON.createObjectNode();
    node.put("apiVersion", "v1").put("kind", "Node");
    ObjectNode metadata = node.putObject("metadata").put("name", host);
    metadata.set("labels", Api.JSON.valueToTree(labels));
    return node;
  }

  private static List<String> primaries(Group group) {
    return group.placements().stream().map(Group.Placement::primary).toList();
  }

  /// Whether the loss of a host is part of the proof.
  boolean survives(String host) {
    return placementsOn(host).allMatch(placement -> placement.failover().isPresent());
  }

  /// A host and the hosts that take its groups when it is lost.
  Set<String> concernedBy(String host) {
    Set<String> hosts = new TreeSet<>(List.of(host));
    placementsOn(host).forEach(placement -> placement.failover().ifPresent(hosts::add));
    return hosts;
  }

  private Stream<Group.Placement> placementsOn(String host) {
    return deployment.groups().values().stream()
        .flatMap(group -> group.placements().stream())
        .filter(placement -> placement.primary().equals(host));
  }

  List<Pod> podsOf(String set) {
    return kubelets.pods().stream().filter(pod -> pod.set().equals(set)).toList();
  }

  List<Pod> podsOfGroup(String id) {
    Set<String> names =
        Objects.requireNonNull(deployment.groups().get(id)).workloads().stream()
            .map(Workload::name)
            .collect(Collectors.toSet());
    return kubelets.pods().stream().filter(pod -> names.contains(pod.set())).toList();
  }

  /// @param host empty for pods that wait
  List<Pod> podsOn(String host) {
    return kubelets.pods().stream().filter(pod -> pod.node().equals(host)).toList();
  }

  List<Pod> pods() {
    return kubelets.pods();
  }

  Workload workload(String set) {
    return deployment.workload(set);
  }

  Group group(Workload workload) {
    return deployment.group(workload.group());
  }

  void delete(Collection<Pod> pods) throws IOException, InterruptedException {
    for (Pod pod : pods) {
      cluster.api().delete(pod.path(), Map.of()).orThrow();
    }
  }

  void evict(Collection<Pod> pods) throws IOException, InterruptedException {
    for (Pod pod : pods) {
      ObjectNode eviction = Api.JSON.createObjectNode();
      eviction.put("apiVersion", "policy/v1").put("kind", "Eviction");
      eviction.putObject("metadata").put("name", pod.name()).put("namespace", pod.namespace());
      cluster.api().post(pod.path() + "/eviction", eviction).orThrow();
    }
  }

  /// No new pod is placed on the host.
  void cordon(String host) throws IOException, InterruptedException {
    broken.add(host);
    ObjectNode change = Api.JSON.createObjectNode();
    change.putObject("spec").put("unschedulable", true);
    cluster.api().merge(node(host), change).orThrow();
  }

  /// The machine dies; waits until the controllers know.
  void lose(String host) throws IOException, InterruptedException {
    broken.add(host);
    kubelets.lose(host);
    if (!Waiting.until(PATIENCE, () -> isTainted(host))) {
      throw new IOException("nobody sees that " + host + " is lost");
    }
  }

  private boolean isReady(String host) throws IOException, InterruptedException {
    for (JsonNode condition :
        cluster.api().get(node(host)).orThrow().path("status").path("conditions")) {
      if (condition.path("type").asText().equals("Ready")) {
        return condition.path("status").asText().equals("True");
      }
    }
    return false;
  }

  /// Declares a lost machine dead, as the plan for a lost host does.
  void fence(String host) throws IOException, InterruptedException {
    ObjectNode change = Api.JSON.createObjectNode();
    change
        .putObject("spec")
        .putArray("taints")
        .addObject()
        .put("key", "node.kubernetes.io/out-of-service")
        .put("value", "nodeshutdown")
        .put("effect", "NoExecute");
    cluster.api().strategic(node(host), change).orThrow();
  }

  void removeNode(String host) throws IOException, InterruptedException {
    cluster.api().delete(node(host), Map.of()).orThrow();
  }

  private void restore(String host) throws IOException, InterruptedException {
    kubelets.add(Objects.requireNonNull(deployment.hosts().get(host)));
    if (labelled.remove(host) != null) {
      cluster.api().apply(node(host, Map.of()), Cluster.RELEASE).orThrow();
    }
    ObjectNode change = Api.JSON.createObjectNode();
    change.putObject("spec").putNull("taints").putNull("unschedulable");
    cluster.api().merge(node(host), change).orThrow();
    cluster.apply(labels.stream().filter(node -> Projection.name(node).equals(host)).toList());
    if (!Waiting.until(PATIENCE, () -> isReady(host) && !isTainted(host))) {
      throw new IOException(host + " does not come back");
    }
  }

  private boolean isTainted(String host) throws IOException, InterruptedException {
    return !cluster.api().get(node(host)).orThrow().path("spec").path("taints").isEmpty();
  }

  private static String node(String host) {
    return "/api/v1/nodes/" + host;
  }

  @Override
  public void close() throws InterruptedException {
    kubelets.close();
  }
}
