package io.gops.controlplane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gops.controlplane.StandInKubelets.Pod;
import io.gops.deployment.Workload;
import io.gops.fleet.Side;
import io.gops.kubernetes.CompiledFleet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Whatever the order in which pods are made, and whatever happens to them: one A and one B of a
/// group stand together on the host that was proved for them, and no pod waits.
///
/// Both sides run only of as many pairs of a host as may move at once, which is what was proved.
/// Proved for the loss of a host is that each of its groups finds room for its *live* side; so
/// where everything happens to hosts whose failover hosts are moving pairs themselves, idle sides
/// of the lost pairs are stopped first.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PlacedExample {
  /// Long enough for a scheduler that would place a waiting pod.
  private static final Duration PAUSE = Duration.ofSeconds(3);

  private final String name;
  private final Path source;
  private final String environment;
  private Cluster cluster;
  private PlacedFleet fleet;

  /// Hosts to which something happens, each as far from the others as one fault from another: no
  /// host takes groups of two of them.
  private List<String> victims;

  /// What runs as sets.
  private SortedMap<String, Integer> state = Collections.emptySortedMap();

  /// Victims to which it has happened.
  private final Set<String> struck = new HashSet<>();

  /// Hosts whose pods have left for their failover hosts.
  private final Set<String> left = new HashSet<>();

  /// @param name how the figures call it
  /// @param source a fleet's folder or file
  /// @param environment which of its environments
  PlacedExample(String name, Path source, String environment) {
    this.name = name;
    this.source = source;
    this.environment = environment;
  }

  PlacedFleet fleet() {
    return fleet;
  }

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    cluster = Cluster.start(folder);
    assumeTrue(cluster.runsPods(), "there is no kube-scheduler or no kube-controller-manager");
    CompiledFleet compiled = CompiledFleet.of(source);
    fleet =
        new PlacedFleet(
            cluster,
            Objects.requireNonNull(compiled.compiled().get(environment), environment),
            Fleets.manifests(compiled, environment));
    victims = victims(fleet);
  }

  @AfterAll
  void stop() throws Exception {
    if (fleet != null) {
      fleet.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void pairsGoHomeTogetherInEveryOrder() throws Exception {
    clear();
    SortedMap<String, Integer> live = fleet.liveSides();
    place(live, "live sides, random order", List.of(shuffled(live, 0)));
    int number = 0;
    for (SortedMap<String, Integer> wave : fleet.waves()) {
      number++;
      String what = "both sides of wave " + number;
      List<String> a = names(wave, workload -> workload.side() == Side.A);
      List<String> b = names(wave, workload -> workload.side() == Side.B);
      if (number == 1) {
        clear();
      }
      place(wave, what + ", A first", List.of(a, b));
      place(wave, what + ", B first", List.of(b, a));
      place(wave, what + ", random order", List.of(shuffled(wave, number)));
    }
  }

  /// Pairs whose sides both run in the new state are made anew; the other live sides stay if they
  /// run already.
  ///
  /// @param parts each is placed before the next is made
  private void place(SortedMap<String, Integer> replicas, String what, List<List<String>> parts)
      throws IOException, InterruptedException {
    state = replicas;
    fleet.remove(fleet.pods().stream().filter(this::isMadeAnew).toList());
    int stay = fleet.pods().size();
    long start = System.nanoTime();
    for (List<String> part : parts) {
      fleet.makePods(part, replicas);
    }
    assertEquals(List.of(), fleet.problems(replicas, Set.of()), what);
    int placed = fleet.pods().size() - stay;
    tell(what + ": " + placed + " pods placed beside " + stay, start);
  }

  private boolean isMadeAnew(Pod pod) {
    return !state.containsKey(pod.set())
        || isPartnered(fleet.workload(pod.set()), Side.A)
        || isPartnered(fleet.workload(pod.set()), Side.B);
  }

  @Test
  void inTheMiddleOfAWave() throws Exception {
    List<SortedMap<String, Integer>> waves = fleet.waves();
    if (waves.isEmpty()) {
      return;
    }
    clear();
    state = waves.getFirst();
    fleet.makeSets(state);
    for (Side side : Side.values()) {
      List<Pod> deleted = partnered(fleet.pods(), side);
      fleet.delete(deleted);
      awaitReplaced("side " + side + " deleted everywhere", deleted);
    }
    String host = victims.getFirst();
    List<Pod> idle = fleet.podsOn(host).stream().filter(this::isIdle).toList();
    for (Pod pod : idle) {
      fleet.scale(pod.set(), 0);
      state.remove(pod.set());
    }
    fleet.awaitGone(uids(idle));
    struck.addAll(victims);
    leave(host);
    List<Pod> pods = fleet.podsOn(host);
    fleet.cordon(host);
    fleet.evict(pods);
    awaitReplaced("a host drained while all others move a pair", pods);
  }

  @Test
  void aDrainedHostMovesToTheFailoverHosts() throws Exception {
    String host = nextVictim();
    List<Pod> pods = fleet.podsOn(host);
    fleet.cordon(host);
    fleet.evict(pods);
    awaitReplaced("a host drained", pods);
  }

  @Test
  void aHalfDrainedPairWaitsForItsOtherHalf() throws Exception {
    for (Side side : Side.values()) {
      String host = nextVictim();
      List<Pod> pods = fleet.podsOn(host);
      List<Pod> half = partnered(pods, side);
      fleet.cordon(host);
      fleet.evict(half);
      Thread.sleep(PAUSE);
      assertWaiting(half);
      fleet.evict(pods.stream().filter(pod -> !half.contains(pod)).toList());
      awaitReplaced("a host drained after side " + side, pods);
    }
  }

  @Test
  void aLostHostMovesWhenItIsFenced() throws Exception {
    String host = nextVictim();
    List<Pod> pods = fleet.podsOn(host);
    fleet.lose(host);
    assertEquals(uids(pods), uids(fleet.podsOn(host)), "pods were replaced before the fence");
    fleet.fence(host);
    awaitReplaced("a host lost and fenced", pods);
  }

  /// Takes about a minute, because the garbage collection of pods waits to be sure.
  final void loseHostAndItsNode() throws IOException, InterruptedException {
    String host = nextVictim();
    List<Pod> pods = fleet.podsOn(host);
    fleet.lose(host);
    fleet.removeNode(host);
    awaitReplaced("a host lost and its node deleted", pods);
  }

  /// Even where labels of a node would allow both, one of two groups waits until the other is gone.
  final void twoGroupsNeverShareAHost(String one, String other)
      throws IOException, InterruptedException {
    clear();
    state = fleet.liveSides();
    fleet.makeSets(state);
    String refuge = fleet.emptyHost();
    List<Pod> pods = new ArrayList<>();
    for (String group : List.of(one, other)) {
      fleet.label(refuge, group, "failover");
      pods.addAll(fleet.podsOfGroup(group));
    }
    for (String host : fleet.hosts()) {
      fleet.cordon(host);
    }
    fleet.evict(pods);
    fleet.awaitGone(uids(pods));
    Thread.sleep(PAUSE);
    assertEquals(1, fleet.podsOn(refuge).size(), "groups on " + refuge);
    List<Pod> waiting = fleet.podsOn("");
    assertEquals(1, waiting.size(), "groups that wait");
    String first = fleet.podsOn(refuge).getFirst().set();
    fleet.scale(first, 0);
    fleet.awaitPods(new TreeMap<>(Map.of(waiting.getFirst().set(), 1)), Set.of());
    assertEquals(
        List.of(refuge), fleet.podsOf(waiting.getFirst().set()).stream().map(Pod::node).toList());
    clear();
  }

  /// All pods run again where they were proved to. Where nothing was proved they wait until their
  /// host is back.
  private void awaitReplaced(String what, List<Pod> pods) throws IOException, InterruptedException {
    long start = System.nanoTime();
    List<Pod> stranded = pods.stream().filter(this::isStranded).toList();
    if (!stranded.isEmpty()) {
      fleet.awaitGone(uids(stranded));
      Thread.sleep(PAUSE);
      assertWaiting(stranded);
      fleet.repair();
    }
    fleet.awaitPods(state, uids(pods));
    assertEquals(List.of(), fleet.problems(state, left), what);
    tell(what + ": " + pods.size() + " pods replaced", start);
  }

  private boolean isIdle(Pod pod) {
    return !fleet.workload(pod.set()).live();
  }

  private boolean isStranded(Pod pod) {
    return struck.contains(pod.node()) && !fleet.survives(pod.node());
  }

  private void assertWaiting(Collection<Pod> deleted) {
    for (Pod pod : deleted) {
      List<String> hosts =
          fleet.podsOf(pod.set()).stream()
              .filter(replacement -> replacement.name().equals(pod.name()))
              .map(Pod::node)
              .toList();
      assertEquals(List.of(""), hosts, pod.name() + " must wait");
    }
  }

  final void clear() throws IOException, InterruptedException {
    fleet.clear();
    state = Collections.emptySortedMap();
    struck.clear();
    left.clear();
  }

  /// A host to which nothing has happened yet, which moves as many pairs as it may; everything
  /// starts anew when there is none.
  private String nextVictim() throws IOException, InterruptedException {
    if (struck.isEmpty() || struck.containsAll(victims)) {
      clear();
      state = fleet.wavesOn(victims);
      fleet.makeSets(state);
    }
    String host = victims.stream().filter(v -> !struck.contains(v)).findFirst().orElseThrow();
    struck.add(host);
    leave(host);
    return host;
  }

  private void leave(String host) {
    if (fleet.survives(host)) {
      left.add(host);
    }
  }

  private static List<String> victims(PlacedFleet fleet) {
    List<String> hosts = new ArrayList<>(fleet.hosts());
    Collections.shuffle(hosts, new Random(7));
    List<String> victims = new ArrayList<>();
    Set<String> concerned = new TreeSet<>();
    for (String host : hosts) {
      if (Collections.disjoint(concerned, fleet.concernedBy(host))) {
        victims.add(host);
        concerned.addAll(fleet.concernedBy(host));
      }
    }
    return victims;
  }

  private List<String> names(SortedMap<String, Integer> replicas, Predicate<Workload> wanted) {
    return replicas.keySet().stream().filter(name -> wanted.test(fleet.workload(name))).toList();
  }

  private static List<String> shuffled(SortedMap<String, Integer> replicas, long seed) {
    List<String> names = new ArrayList<>(replicas.keySet());
    Collections.shuffle(names, new Random(seed));
    return names;
  }

  /// The pods of one side whose partner runs, too.
  private List<Pod> partnered(List<Pod> pods, Side side) {
    return pods.stream().filter(pod -> isPartnered(fleet.workload(pod.set()), side)).toList();
  }

  private boolean isPartnered(Workload workload, Side side) {
    return workload.paired()
        && workload.side() == side
        && fleet.group(workload).workloads().stream()
            .allMatch(partner -> state.containsKey(partner.name()));
  }

  private static Set<String> uids(Collection<Pod> pods) {
    return pods.stream().map(Pod::uid).collect(Collectors.toSet());
  }

  private void tell(String what, long start) {
    long milliseconds = (System.nanoTime() - start) / 1_000_000;
    System.out.println(name + ": " + what + " in " + milliseconds + " ms");
  }
}
