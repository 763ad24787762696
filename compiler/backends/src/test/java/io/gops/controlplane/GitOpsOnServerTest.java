package io.gops.controlplane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gops.artifact.Artifact;
import io.gops.compilation.Compiled;
import io.gops.fleet.Rollouts;
import io.gops.gitops.ManifestRepository;
import io.gops.kubernetes.CompiledFleet;
import io.gops.kubernetes.ReleasedFiles;
import io.gops.plan.Plan;
import io.gops.rollout.RolloutFiles;
import io.gops.rollout.SampleRollouts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A release over git on a real API server: a loop applies the newest commit on the server as the
/// owner of its fields, the runner commits and only reads. Then the same plan without git is
/// refused, because the fields have another owner.
@Tag("control-plane")
class GitOpsOnServerTest {
  private static final String CONTROLLER = "kustomize-controller";
  private static final String FOLDER = "out/prod/hz/kubernetes";

  @TempDir Path folder;

  @Test
  void theCanaryWaveOfWuxiaComesAndGoesByCommits() throws Exception {
    try (Cluster cluster = Cluster.start(Files.createDirectories(folder.resolve("plane")))) {
      assumeTrue(cluster.runsPods(), "there is no kube-scheduler or no kube-controller-manager");
      CompiledFleet source = CompiledFleet.of(Fleets.example("wuxia"));
      Compiled compiled = Objects.requireNonNull(source.compiled().get("prod"));
      Plan plan =
          compiled.plans().stream()
              .filter(found -> found.template() == Plan.Template.AB_SWITCH)
              .findFirst()
              .orElseThrow();
      Set<Integer> canaries = Set.copyOf(plan.waves().getFirst().zones());
      ReleasedFiles files = new ReleasedFiles(compiled.deployment(), plan.from().groups().keySet());
      SortedMap<String, String> manifests = new TreeMap<>();
      for (String path : files.paths()) {
        if (canaries.stream().anyMatch(id -> path.endsWith("/zone-" + id + ".yaml"))) {
          manifests.put(path, files.text(path));
        }
      }
      ManifestRepository repository =
          new ManifestRepository(Files.createDirectories(folder.resolve("git")), FOLDER, manifests);
      write(plan, compiled, true);
      ServerRunner runner =
          new ServerRunner(
              folder, cluster, Map.of("GOPS_REPOSITORY", repository.checkout().toString()));
      try (PlacedFleet fleet =
              new PlacedFleet(cluster, compiled, Fleets.manifests(source, "prod"));
          Loop _ = new Loop(cluster, repository);
          StandInController _ = new StandInController(cluster.api(), fleet.namespaces())) {
        SortedMap<String, Integer> live = fleet.liveSides();
        live.keySet().removeIf(set -> !canaries.contains(fleet.workload(set).zone().id()));
        fleet.awaitPods(live, Set.of());
        runner.run(0, "run", "--until", "w1.start", "--outside-window", "a test");
        assertEquals(2, commits(repository, " do"));
        JsonNode started = set(cluster, "clx-" + canaries.iterator().next() + "-b");
        assertEquals(1, started.at("/spec/replicas").asInt());
        assertTrue(started.at("/spec/gameServerTemplate").toString().contains("engine:1.8.4"));
        List<String> owners = started.at("/metadata/managedFields").findValuesAsText("manager");
        assertTrue(
            owners.contains(CONTROLLER) && !owners.contains("gopsc-release"), owners::toString);
        runner.run(0, "rollback");
        assertEquals(2, commits(repository, " undo"));
        assertEquals(manifests, repository.files(repository.head()));
        runner.run(0, "abort");
        Files.delete(runner.script().resolveSibling("journal.jsonl"));
        write(plan, compiled, false);
        runner.run(12, "run", "--outside-window", "a test");
      }
    }
  }

  private static JsonNode set(Cluster cluster, String name)
      throws IOException, InterruptedException {
    String sets = "/apis/game.kruise.io/v1alpha1/namespaces/clx/gameserversets/";
    return cluster.api().get(sets + name).orThrow();
  }

  private static long commits(ManifestRepository repository, String end) throws Exception {
    return repository.messages().stream()
        .filter(message -> message.contains("gopsc-step: ") && message.endsWith(end))
        .count();
  }

  private void write(Plan plan, Compiled compiled, boolean git) throws IOException {
    Rollouts rollouts = git ? SampleRollouts.git(FOLDER, CONTROLLER) : Rollouts.USUAL;
    Plan ruled = plan.under(List.of(), rollouts);
    for (Artifact file : RolloutFiles.of(ruled, "", compiled.deployment())) {
      Path path = folder.resolve(file.path());
      Files.createDirectories(path.getParent());
      try (OutputStream out = Files.newOutputStream(path)) {
        file.content().writeTo(out);
      }
    }
  }

  /// Applies the newest commit, again and again, and owns what it applies.
  private static final class Loop implements AutoCloseable {
    private final Thread thread;

    Loop(Cluster cluster, ManifestRepository repository) {
      thread = Thread.ofVirtual().start(() -> follow(cluster, repository));
    }

    private static void follow(Cluster cluster, ManifestRepository repository) {
      String applied = "";
      while (true) {
        try {
          String head = repository.head();
          if (!head.equals(applied)) {
            for (JsonNode object : Cluster.objects(repository.files(head).values())) {
              if (Projection.isGameServerSet(object)) {
                cluster.api().applyByForce(object, CONTROLLER).orThrow();
              }
            }
            applied = head;
          }
          Thread.sleep(100);
        } catch (InterruptedException _) {
          return;
        } catch (IOException e) {
          System.err.println("the loop that applies: " + e.getMessage());
        }
      }
    }

    @Override
    public void close() throws InterruptedException {
      thread.interrupt();
      thread.join();
    }
  }
}
