package io.gops.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gops.fleet.Fleet;
import io.gops.fleet.Release;
import io.gops.plan.Plan;
import io.gops.plan.PlanJson;
import io.gops.plan.Step;
import io.gops.state.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The generated workflow, carried out as Argo would: its tasks when those before them are done,
/// each container as a process that calls itself another machine.
class ArgoWorkflowTest {
  @TempDir Path folder;

  private final Fleet fleet = RolloutTest.fleet(2);
  private int pods;

  private Plan plan() {
    return plan(RolloutTest.abSwitch(RolloutTest.ONE_BY_ONE));
  }

  private Plan plan(Release release) {
    return RolloutTest.plan(fleet, State.EMPTY, release)
        .under(List.of(), SampleRollouts.workflow(".", "."));
  }

  private Rollout rollout(Plan plan) throws IOException {
    return new Rollout(folder, plan, RolloutTest.deployment(fleet, State.EMPTY));
  }

  /// `uname` says the name of a pod that no other container has.
  private void newPod(Rollout rollout) throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path uname = bin.resolve("uname");
    Files.writeString(uname, "#!/bin/sh\necho pod-" + ++pods + "\n");
    Files.setPosixFilePermissions(uname, PosixFilePermissions.fromString("rwxr-xr-x"));
    rollout.set("PATH", bin + ":" + System.getenv("PATH"));
  }

  private Rollout.Result container(Rollout rollout, List<String> words) throws Exception {
    newPod(rollout);
    return rollout.run("dash", words.toArray(String[]::new));
  }

  @Test
  void carriedOutStepByStepItEndsWhereThePlanDoes() throws Exception {
    Plan plan = plan();
    try (Rollout rollout = rollout(plan)) {
      WorkflowFile workflow = WorkflowFile.read(rollout.files().resolve("workflow.yaml"));
      List<String> steps = new ArrayList<>();
      for (WorkflowFile.Task task : workflow.inOrder()) {
        if (task.isSuspended()) {
          String step = task.name().replace("-person", "").replace('-', '.');
          // Whoever only resumes the workflow has agreed to nothing.
          assertEquals(6, container(rollout, List.of("run", "--only", step)).code());
          assertEquals(0, container(rollout, List.of("approve", step, "--as", "li.lei")).code());
          continue;
        }
        assertEquals("sh", task.command().getFirst());
        assertTrue(
            Files.isSameFile(
                folder.resolve(task.command().get(1)), rollout.files().resolve("rollout.sh")));
        Rollout.Result done = container(rollout, task.words());
        assertEquals(0, done.code(), task.name() + ": " + done.text());
        if (task.words().getFirst().equals("run")) {
          steps.add(task.words().get(2));
        }
      }
      assertEquals(plan.steps().stream().map(Step::id).toList(), steps);
      assertEquals(plan.to(), RolloutTest.read(rollout.state()));
      Rollout.Result status = container(rollout, workflow.exitHandler().words());
      assertEquals(0, status.code(), status.text());
      assertTrue(status.text().contains("of next (default) are done"), status.text());
    }
  }

  /// A pod is killed in the middle of a step; the next one, on another machine, waits until the
  /// lease of the dead one has run out, and does nothing twice.
  @Test
  void aPodThatDiesIsResumedByTheNextOne() throws Exception {
    Plan plan = plan();
    try (Rollout rollout = rollout(plan)) {
      WorkflowFile workflow = WorkflowFile.read(rollout.files().resolve("workflow.yaml"));
      WorkflowFile.Task first = workflow.inOrder().getFirst();
      newPod(rollout);
      // So long the next one waits; it asks for longer itself, because this machine may be busy.
      rollout.set("GOPS_LEASE_SECONDS", "5");
      Process dying = rollout.start("dash", first.words().toArray(String[]::new));
      while (dying.isAlive()
          && rollout.cluster.writes().stream().noneMatch(w -> w.contains("clx-"))) {
        Thread.onSpinWait();
      }
      assertTrue(dying.isAlive(), () -> "ended early: " + dying.exitValue());
      dying.destroyForcibly().waitFor();
      rollout.set("GOPS_LEASE_SECONDS", "60");
      assertTrue(Files.exists(rollout.files().resolve("journal.jsonl.lock")));
      Rollout.Result done = container(rollout, first.words());
      assertEquals(0, done.code(), done.text());
      assertTrue(done.text().contains("watching for"), done.text());
      List<String> sets =
          rollout.cluster.writes().stream().filter(write -> write.contains("clx-")).toList();
      assertEquals(sets.stream().distinct().toList(), sets);
      assertTrue(Files.readString(rollout.journal()).contains("\"event\":\"lease\""));
      assertEquals(0, container(rollout, List.of("verify")).code());
    }
  }

  @Test
  void withoutALeaseNobodyTakesTheLockOfAnotherMachine() throws Exception {
    try (Rollout rollout = rollout(plan())) {
      rollout.set("GOPS_LEASE", "none");
      Path lock = Files.createDirectories(rollout.files().resolve("journal.jsonl.lock"));
      Files.writeString(lock.resolve("pid"), "1 pod-0\n");
      Rollout.Result refused = container(rollout, List.of("run"));
      assertEquals(75, refused.code(), refused.text());
      assertTrue(refused.text().contains("pod-0"), refused.text());
      assertEquals(List.of(), rollout.cluster.writes());
    }
  }

  @Test
  void itRefusesAnotherPlan() throws Exception {
    try (Rollout rollout = rollout(plan())) {
      WorkflowFile workflow = WorkflowFile.read(rollout.files().resolve("workflow.yaml"));
      Release.AbSwitch other =
          RolloutTest.abSwitch(new Release.Waves(0, io.gops.fleet.Percent.ALL, 5));
      rollout.write(plan(other));
      Rollout.Result refused = container(rollout, workflow.inOrder().getFirst().words());
      assertEquals(9, refused.code(), refused.text());
      assertEquals(List.of(), rollout.cluster.writes());
    }
  }

  @Test
  void itPinsThePlanAndNamesNoValueOfAPerson() throws Exception {
    Plan plan = plan();
    String identity = PlanJson.print(plan).identity();
    String text = ArgoWorkflow.print(plan, identity, "default/hz/rollout/next/").orElseThrow();
    JsonNode workflow = WorkflowFile.tree(text);
    assertEquals(identity, workflow.at("/metadata/annotations/gops.dev~1plan").asText());
    assertTrue(workflow.at("/metadata/name").asText().length() <= 63);
    for (WorkflowFile.Task task : new WorkflowFile(workflow).inOrder()) {
      if (!task.isSuspended()) {
        List<String> words = task.words();
        assertEquals(List.of("--plan", identity), words.subList(words.size() - 2, words.size()));
      }
      assertFalse(task.name().contains("."), task.name());
    }
    assertEquals("a { {b} } c", ArgoWorkflow.plain("a {{b}} c"));
    assertEquals("status", workflow.at("/spec/onExit").asText());
    assertEquals("gopsc-release", workflow.at("/spec/serviceAccountName").asText());
  }

  @Test
  void aPlanWithoutItHasNone() {
    Plan plain = RolloutTest.plan(fleet, State.EMPTY, RolloutTest.abSwitch(RolloutTest.ONE_BY_ONE));
    assertEquals(Optional.empty(), ArgoWorkflow.print(plain, "0".repeat(64), ""));
  }
}
