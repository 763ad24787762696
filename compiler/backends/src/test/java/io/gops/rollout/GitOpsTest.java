package io.gops.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gops.deployment.Deployment;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Fleet;
import io.gops.fleet.Rollouts;
import io.gops.gitops.ManifestRepository;
import io.gops.kubernetes.PodShapes;
import io.gops.kubernetes.ReleasedFiles;
import io.gops.plan.Plan;
import io.gops.plan.Planner;
import io.gops.plan.SamplePods;
import io.gops.state.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A runner that commits to a real repository, and a loop that applies its newest commit, as Argo
/// CD and Flux do.
class GitOpsTest {
  private static final String CONTROLLER = "argocd-controller";

  @TempDir Path folder;

  private final Fleet fleet = RolloutTest.fleet(2);
  private final Deployment deployment = RolloutTest.deployment(fleet, State.EMPTY);
  private Plan plan;
  private ManifestRepository repository;
  private Rollout rollout;
  private Thread controller;

  @BeforeEach
  void start() throws Exception {
    plan = plan(SampleRollouts.git("clusters/hz", CONTROLLER));
    repository =
        new ManifestRepository(
            Files.createDirectories(folder.resolve("git")), "clusters/hz", manifests(State.EMPTY));
    rollout = new Rollout(folder, plan, deployment, new PodShapes(deployment));
    rollout.set("GIT_CONFIG_GLOBAL", "/dev/null");
    rollout.set("GOPS_REPOSITORY", repository.checkout().toString());
    rollout.cluster.owners(CONTROLLER);
    controller = Thread.ofPlatform().daemon().start(this::follow);
  }

  @AfterEach
  void stop() throws Exception {
    controller.interrupt();
    controller.join();
    rollout.close();
  }

  private Plan plan(Rollouts rollouts) {
    return new Planner(
            deployment,
            State.EMPTY,
            new PodShapes(deployment),
            SamplePods.steering(),
            new Diagnostics())
        .plan(RolloutTest.abSwitch(RolloutTest.ONE_BY_ONE))
        .orElseThrow()
        .under(List.of(), rollouts);
  }

  /// What a compile writes when this runs.
  private SortedMap<String, String> manifests(State state) {
    Deployment then = RolloutTest.deployment(fleet, state);
    ReleasedFiles files = new ReleasedFiles(then, then.groups().keySet());
    SortedMap<String, String> texts = new TreeMap<>();
    files.paths().forEach(path -> texts.put(path, files.text(path)));
    return texts;
  }

  /// Applies the newest commit, again and again.
  private void follow() {
    String applied = "";
    while (!Thread.currentThread().isInterrupted()) {
      try {
        String head = repository.head();
        if (!head.equals(applied)) {
          for (String text : repository.files(head).values()) {
            for (JsonNode object : WorkflowFile.documents(text)) {
              if (object.path("kind").asText().equals("GameServerSet")) {
                rollout.cluster.put(
                    "set",
                    object.at("/metadata/namespace").asText(),
                    object.at("/metadata/name").asText(),
                    object);
              }
            }
          }
          applied = head;
        }
        Thread.sleep(20);
      } catch (InterruptedException _) {
        return;
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private List<String> steps(String what) throws Exception {
    String start = "gopsc-step: " + rollout("--version").text().strip() + " ";
    return repository.messages().reversed().stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith(start) && line.endsWith(" " + what))
        .map(line -> line.substring(start.length(), line.length() - what.length() - 1))
        .toList();
  }

  private Rollout.Result rollout(String... words) throws Exception {
    return rollout.run("dash", words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh", "bash --posix"})
  void eachStepThatChangesSetsIsOneCommit(String shell) throws Exception {
    Rollout.Result waiting = rollout.run(shell, "run");
    assertEquals(6, waiting.code(), waiting.text());
    assertEquals(0, rollout.run(shell, "approve", "w1.approve", "--as", "li.lei").code());
    Rollout.Result done = rollout.run(shell, "run");
    assertEquals(0, done.code(), done.text());
    List<String> expected =
        plan.steps().stream()
            .map(step -> step.id())
            .filter(id -> Files.exists(rollout.files().resolve("commits/" + id + ".patch")))
            .toList();
    assertFalse(expected.isEmpty());
    assertEquals(expected, steps("do"));
    assertEquals(0, rollout.run(shell, "finish").code());
    assertEquals(plan.to(), RolloutTest.read(rollout.state()));
    // The next compile has nothing to commit.
    assertEquals(manifests(plan.to()), repository.files(repository.head()));
    assertEquals(
        List.of(),
        rollout.cluster.writes().stream().filter(write -> write.startsWith("clx-")).toList());
  }

  @Test
  void whatWasDoneIsTakenBackByCommitsThatRevert() throws Exception {
    assertEquals(0, rollout("run", "--until", "w1.start").code());
    List<String> committed = steps("do");
    assertNotEquals(manifests(State.EMPTY), repository.files(repository.head()));
    Rollout.Result back = rollout("rollback");
    assertEquals(0, back.code(), back.text());
    assertEquals(committed.reversed(), steps("undo"));
    assertTrue(repository.messages().getFirst().startsWith("Revert \"next"));
    assertEquals(manifests(State.EMPTY), repository.files(repository.head()));
    // And forth again: a step that was reverted is committed anew.
    assertEquals(0, rollout("run", "--until", "w1.start").code());
    assertEquals(2 * committed.size(), steps("do").size());
  }

  /// Killed while the commit is pushed, before or after the repository has it: there is one in the
  /// end.
  @ParameterizedTest
  @ValueSource(strings = {"pre-receive", "post-receive"})
  void aRunnerThatIsKilledInACommitMakesNoSecondOne(String hook) throws Exception {
    Path reached = folder.resolve("reached");
    Path released = folder.resolve("released");
    Path script = repository.bare().resolve("hooks").resolve(hook);
    Files.createDirectories(script.getParent());
    Files.writeString(
        script,
        "#!/bin/sh\n: >'"
            + reached
            + "'\nwhile [ ! -e '"
            + released
            + "' ]; do sleep 0.05; done\nexec rm '"
            + script
            + "'\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    Process runner = rollout.start("dash", "run", "--until", "w1.start");
    while (!Files.exists(reached)) {
      assertTrue(runner.isAlive(), () -> "ended early: " + runner.exitValue());
      Thread.sleep(5);
    }
    runner.destroyForcibly().waitFor();
    Files.createFile(released);
    Rollout.Result done = rollout("run", "--until", "w1.start");
    assertEquals(0, done.code(), done.text());
    assertEquals(List.of("w1.prepare", "w1.start"), steps("do"));
  }

  @Test
  void aPlanOfTheOtherKindIsRefused() throws Exception {
    rollout.cluster.owners("gopsc", "gopsc-release");
    Rollout.Result git = rollout("run");
    assertEquals(12, git.code(), git.text());
    assertTrue(git.text().contains("argocd-controller does not own"), git.text());
    assertEquals(List.of(), steps("do"));
    rollout.write(plan(Rollouts.USUAL));
    Files.delete(rollout.journal());
    rollout.cluster.owners("gopsc", CONTROLLER);
    Rollout.Result direct = rollout("run");
    assertEquals(12, direct.code(), direct.text());
    assertTrue(direct.text().contains("would take back what this plan patches"), direct.text());
    assertEquals(List.of(), rollout.cluster.writes());
  }

  @Test
  void manifestsThatSomebodyChangedAreNotOverwritten() throws Exception {
    SortedMap<String, String> changed = new TreeMap<>(manifests(State.EMPTY));
    changed.replaceAll((_, text) -> text.replace("engine:1.8.3", "engine:9.9.9"));
    repository.commit(changed, "Somebody's change");
    String head = repository.head();
    Rollout.Result refused = rollout("run");
    assertEquals(4, refused.code(), refused.text());
    assertEquals(head, repository.head());
  }

  @Test
  void whatSomebodyElseCommitsMeanwhileStays() throws Exception {
    assertEquals(0, rollout("run", "--until", "w1.prepare").code());
    repository.commit(Map.of("README.md", "hello\n"), "Another file");
    Rollout.Result started = rollout("run", "--until", "w1.start");
    assertEquals(0, started.code(), started.text());
    assertEquals("hello\n", repository.files(repository.head()).get("README.md"));
  }

  /// The runbook does not name a verb that ends with an error here.
  @Test
  void theRunbookSaysWhatToDoAboutALostHost() throws Exception {
    String runbook = Files.readString(rollout.files().resolve("runbook.md"));
    assertTrue(runbook.contains("to 0 in clusters/hz, and commit"), runbook);
    Rollout.Result refused = rollout("lost", "hz-g001", "--as", "li.lei");
    assertEquals(12, refused.code(), refused.text());
  }

  @Test
  void aChangedCommitIsRefused() throws Exception {
    Path patch = rollout.files().resolve("commits/w1.prepare.patch");
    Files.writeString(patch, Files.readString(patch).replace("1.8.4", "1.8.5"));
    assertEquals(9, rollout("run").code());
    assertEquals(List.of(), steps("do"));
  }
}
