package io.gops.controlplane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gops.artifact.Artifact;
import io.gops.compilation.Compiled;
import io.gops.controlplane.StandInKubelets.Pod;
import io.gops.deployment.Group;
import io.gops.deployment.Workload;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Percent;
import io.gops.fleet.Release;
import io.gops.kubernetes.CompiledFleet;
import io.gops.plan.Plan;
import io.gops.plan.Planner;
import io.gops.rollout.KruiseGameTarget;
import io.gops.rollout.RolloutFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The runner of a release and kubectl on a real scheduler: a host is lost while every host moves
/// as many pairs as it may. With the command that is generated for that, each live side comes to
/// the host that was proved for it, beside whatever moves there, and no pod waits.
@Tag("control-plane")
class LostWhileMovingTest {
  @TempDir Path folder;

  private static boolean hasKubectl() throws IOException, InterruptedException {
    try {
      return new ProcessBuilder("kubectl", "version", "--client")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException _) {
      return false;
    }
  }

  @Test
  void wuxiaInAFullWave() throws Exception {
    assumeTrue(hasKubectl(), "there is no kubectl");
    try (Cluster cluster = Cluster.start(Files.createDirectories(folder.resolve("plane")))) {
      assumeTrue(cluster.runsPods(), "there is no kube-scheduler or no kube-controller-manager");
      CompiledFleet source = CompiledFleet.of(Fleets.example("wuxia"));
      Compiled compiled = Objects.requireNonNull(source.compiled().get("prod"));
      Plan plan = allAtOnce(compiled);
      write(plan);
      try (PlacedFleet fleet =
              new PlacedFleet(cluster, compiled, Fleets.manifests(source, "prod"));
          StandInController _ = new StandInController(cluster.api(), fleet.applySets())) {
        fleet.awaitPods(fleet.liveSides(), Set.of());
        long start = System.nanoTime();
        run(cluster, 0, "run", "--until", "w1.start");
        tell("both sides of " + plan.waves().getFirst().zones().size() + " zones", start);
        SortedMap<String, Integer> state = moving(plan, compiled);
        fleet.awaitPods(state, Set.of());
        lose(cluster, fleet, state);
      }
    }
  }

  private void lose(Cluster cluster, PlacedFleet fleet, SortedMap<String, Integer> state)
      throws Exception {
    String host = victim(fleet, state);
    List<Pod> pods = fleet.podsOn(host);
    List<String> idle =
        pods.stream().map(Pod::set).filter(set -> !fleet.workload(set).live()).toList();
    assertFalse(idle.isEmpty(), "nothing moves on " + host);
    run(cluster, 3, "lost", host, "--as", "test");
    fleet.lose(host);
    long start = System.nanoTime();
    run(cluster, 0, "lost", host, "--as", "test");
    tell("lost " + host + " with " + pods.size() + " pods", start);
    state.keySet().removeAll(idle);
    Set<String> uids = pods.stream().map(Pod::uid).collect(Collectors.toSet());
    fleet.awaitPods(state, uids);
    assertEquals(List.of(), fleet.problems(state, Set.of(host)));
    tell("its " + (pods.size() - idle.size()) + " live sides run elsewhere", start);
    run(cluster, 9, "run");
    run(cluster, 0, "abort");
    String written = Files.readString(folder.resolve("state.jsonl"));
    for (String set : idle) {
      String group = fleet.workload(set).group();
      String line =
          written.lines().filter(l -> l.contains('"' + group + '"')).findFirst().orElse("");
      assertTrue(line.contains("\"replicas\":0"), line);
    }
  }

  /// A host whose failover hosts move pairs, too.
  private static String victim(PlacedFleet fleet, SortedMap<String, Integer> state) {
    Set<String> moving = new TreeSet<>();
    for (Pod pod : fleet.pods()) {
      if (!fleet.workload(pod.set()).live() && state.containsKey(pod.set())) {
        moving.add(pod.node());
      }
    }
    return moving.stream()
        .filter(fleet::survives)
        .filter(host -> moving.containsAll(fleet.concernedBy(host)))
        .findFirst()
        .orElseThrow();
  }

  /// The example's release without its window, in one wave that fills every host.
  private static Plan allAtOnce(Compiled compiled) {
    Release.AbSwitch release =
        compiled.fleet().releases().values().stream()
            .filter(Release.AbSwitch.class::isInstance)
            .map(Release.AbSwitch.class::cast)
            .findFirst()
            .orElseThrow();
    Release.AbSwitch full =
        new Release.AbSwitch(
            release.name(),
            release.zoneSets(),
            release.to(),
            new Release.Waves(0, new Percent(10_000), release.waves().perHost()),
            release.soak(),
            release.drain(),
            release.stopRules(),
            release.pull(),
            Optional.empty(),
            release.origins());
    KruiseGameTarget target = new KruiseGameTarget();
    return new Planner(
            compiled.deployment(),
            compiled.state(),
            target.podTemplates(compiled.deployment()),
            target.loginSteering(compiled.overlay()),
            new Diagnostics())
        .plan(full)
        .orElseThrow();
  }

  /// The live sides, and the sides that the first wave starts.
  private static SortedMap<String, Integer> moving(Plan plan, Compiled compiled) {
    SortedMap<String, Integer> state = new TreeMap<>();
    Set<Integer> zones = Set.copyOf(plan.waves().getFirst().zones());
    for (Group group : compiled.deployment().groups().values()) {
      for (Workload side : group.workloads()) {
        if (side.live() || (zones.contains(group.zone().id()) && group.b().isPresent())) {
          state.put(side.name(), side.wanted());
        }
      }
    }
    return state;
  }

  private void write(Plan plan) throws IOException {
    for (Artifact file : RolloutFiles.of(plan, "")) {
      Path path = folder.resolve(file.path());
      Files.createDirectories(path.getParent());
      try (OutputStream out = Files.newOutputStream(path)) {
        file.content().writeTo(out);
      }
    }
  }

  private void run(Cluster cluster, int expected, String... words)
      throws IOException, InterruptedException {
    new ServerRunner(folder, cluster, Map.of()).run(expected, words);
  }

  private static void tell(String what, long start) {
    System.out.println(
        "wuxia, moving: " + what + " after " + (System.nanoTime() - start) / 1_000_000 + " ms");
  }
}
