package io.gops.rollout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.compilation.Compiled;
import io.gops.kubernetes.CompiledFleet;
import io.gops.plan.Action;
import io.gops.plan.Plan;
import io.gops.plan.Step;
import io.gops.plan.Task;
import io.gops.plan.Undo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the source asks for, from the source on: the commits of each plan apply in the order of its
/// steps to the manifests that the same compile writes, and back.
class StepCommitsTest {
  private static final String CLUSTER =
      "cluster lab { kubernetes = \"1.34\", kruise = \"1.9\", kruise_game = \"1.0.0\" }";

  private static final String WITH_GIT =
      CLUSTER.replace(
          " }",
          ", rollout { repository { folder = \"k\" }, workflow { image = \"registry.example.com/r:1\","
              + " claim = \"c\" } } }");

  @TempDir Path folder;

  @Test
  void theyApplyToTheManifestsOfTheSameCompile() throws Exception {
    Path example = Path.of(System.getProperty("gops.root"), "examples/web2048/web2048.gops");
    String source = Files.readString(example);
    assertTrue(source.contains(CLUSTER));
    Path file = Files.writeString(folder.resolve("web.gops"), source.replace(CLUSTER, WITH_GIT));
    CompiledFleet fleet = CompiledFleet.of(file);
    Compiled compiled = fleet.compiled().firstEntry().getValue();
    String start = "default/lab/kubernetes/";
    SortedMap<String, String> manifests = new TreeMap<>();
    fleet.manifests().forEach((path, text) -> manifests.put(path.substring(start.length()), text));
    write(manifests);
    assertFalse(compiled.plans().isEmpty());
    for (Plan plan : compiled.plans()) {
      SortedMap<String, String> patches =
          StepCommits.of(plan, compiled.deployment()).orElseThrow().patches();
      List<String> order =
          plan.steps().stream().map(Step::id).filter(id -> patches.containsKey(id)).toList();
      assertFalse(order.isEmpty(), plan.release());
      for (String step : order) {
        apply(Objects.requireNonNull(patches.get(step)));
      }
      assertFalse(manifests.equals(read(manifests)), plan.release());
      for (String step : order.reversed()) {
        apply(Objects.requireNonNull(patches.get(step)), "-R");
      }
      assertEquals(manifests, read(manifests), plan.release());
      assertTrue(
          RolloutFiles.of(plan, "", compiled.deployment()).stream()
              .anyMatch(made -> made.path().endsWith("/workflow.yaml")));
    }
  }

  /// The home of each group that moves is another host then, as its plan says.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "replace_host m2-power { host = m2 }",
        "drain_host m2-away { host = m2, drain { kick_budget = 100% } }"
      })
  void aGroupThatMovesHasItsLabelElsewhere(String release) throws Exception {
    Path five = Path.of(System.getProperty("gops.root"), "examples/five-zones");
    try (Stream<Path> files = Files.walk(five)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = folder.resolve("fleet").resolve(five.relativize(file).toString());
        Files.createDirectories(Objects.requireNonNull(copy.getParent()));
        Files.copy(file, copy);
      }
    }
    Path machines = folder.resolve("fleet/machines.gops");
    Files.writeString(
        machines,
        Files.readString(machines)
            .replace("cluster lab {", "cluster lab {\n  rollout { repository { folder = \"k\" } }")
            .replace("release replace_host m2-power { host = m2 }", "release " + release)
            .replace(release.startsWith("drain") ? "override 2 { state = failed }" : "-", ""));
    Compiled compiled =
        Objects.requireNonNull(CompiledFleet.of(folder.resolve("fleet")).compiled().get("prod"));
    Plan plan =
        compiled.plans().stream()
            .filter(found -> release.startsWith(found.template().word()))
            .findFirst()
            .orElseThrow();
    StepCommits commits = StepCommits.of(plan, compiled.deployment()).orElseThrow();
    int moves = 0;
    for (Step step : plan.steps()) {
      for (Task task : step.tasks()) {
        if (task.action() instanceof Action.MoveHome move) {
          boolean lives = task.undo() instanceof Undo.Back;
          String patch = Objects.requireNonNull(commits.patches().get(step.id()));
          assertTrue(patch.contains("+    " + move.label() + ": primary\n"), patch);
          assertTrue(patch.contains("-    " + move.label() + ": primary\n"), patch);
          assertEquals(lives, patch.contains("+    " + move.label() + ": failover\n"), patch);
          moves++;
        }
      }
    }
    assertTrue(moves > 0, release);
  }

  @Test
  void withoutARepositoryThereAreNone() throws Exception {
    Path example = Path.of(System.getProperty("gops.root"), "examples/web2048/web2048.gops");
    Compiled compiled = CompiledFleet.of(example).compiled().firstEntry().getValue();
    for (Plan plan : compiled.plans()) {
      assertEquals(Optional.empty(), StepCommits.of(plan, compiled.deployment()));
    }
  }

  private Path manifests() {
    return folder.resolve("manifests");
  }

  private void write(Map<String, String> files) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = manifests().resolve(file.getKey());
      Files.createDirectories(Objects.requireNonNull(path.getParent()));
      Files.writeString(path, file.getValue());
    }
  }

  private SortedMap<String, String> read(Map<String, String> files) throws IOException {
    SortedMap<String, String> texts = new TreeMap<>();
    for (String path : files.keySet()) {
      texts.put(path, Files.readString(manifests().resolve(path)));
    }
    return texts;
  }

  private void apply(String patch, String... options) throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("step.patch"), patch);
    List<String> command = new ArrayList<>(List.of("git", "apply", "--whitespace=nowarn"));
    command.addAll(List.of(options));
    command.add(file.toString());
    Process process =
        new ProcessBuilder(command)
            .directory(manifests().toFile())
            .redirectErrorStream(true)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), text);
  }
}
