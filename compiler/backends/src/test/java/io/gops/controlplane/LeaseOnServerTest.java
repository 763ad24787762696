package io.gops.controlplane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.allocate.Assignments;
import io.gops.allocate.Lock;
import io.gops.artifact.Artifact;
import io.gops.deployment.SampleDeployment;
import io.gops.deployment.SampleFleet;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Fleet;
import io.gops.fleet.Percent;
import io.gops.fleet.Release;
import io.gops.fleet.Window;
import io.gops.plan.Plan;
import io.gops.plan.Planner;
import io.gops.plan.SamplePods;
import io.gops.rollout.RolloutFiles;
import io.gops.source.Origins;
import io.gops.state.State;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runners with kubectl share the Lease of a real API server. Their window never opens, so they
/// wait and do nothing but hold it.
@Tag("control-plane")
class LeaseOnServerTest {
  private static final int SECONDS = 9;

  @TempDir Path folder;

  private static Plan plan() {
    Window never =
        new Window(
            "never",
            ZoneId.of("UTC"),
            Set.of(),
            LocalTime.of(4, 0),
            LocalTime.of(8, 0),
            List.of(new Window.Dates(LocalDate.of(2000, 1, 1), LocalDate.of(2999, 12, 31))),
            Origins.NONE);
    Release.Drain drain =
        new Release.Drain(
            List.of(new Release.Drain.Remaining(Duration.ZERO, Percent.ZERO)),
            Duration.ofHours(1),
            Percent.ALL);
    Release release =
        new Release.AbSwitch(
            "next",
            List.of("clx-main"),
            "1.8.4",
            new Release.Waves(1, Percent.ALL, 1),
            Duration.ofSeconds(1),
            drain,
            List.of(),
            Optional.empty(),
            Optional.of(never),
            Origins.NONE);
    Fleet fleet = SampleFleet.of(1);
    fleet.directories().clear();
    return new Planner(
            SampleDeployment.of(fleet, State.EMPTY, new Assignments(Lock.EMPTY)),
            State.EMPTY,
            new SamplePods(),
            SamplePods.steering(),
            new Diagnostics())
        .plan(release)
        .orElseThrow();
  }

  private Process start(ControlPlane plane, String machine) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            "sh", folder.resolve("rollout/next/rollout.sh").toString(), "run", "--wait");
    builder.environment().put("KUBECONFIG", plane.kubeconfig().toString());
    builder.environment().put("GOPS_JOURNAL", folder.resolve(machine + ".jsonl").toString());
    builder.environment().put("GOPS_STATE", folder.resolve("state.jsonl").toString());
    builder.environment().put("GOPS_LEASE_SECONDS", Integer.toString(SECONDS));
    builder.environment().put("GOPS_POLL", "1");
    builder.redirectErrorStream(true).redirectOutput(output(machine).toFile());
    return builder.start();
  }

  private Path output(String machine) {
    return folder.resolve(machine + ".txt");
  }

  private void awaitOutput(String machine, String words) throws Exception {
    long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (!Files.readString(output(machine)).contains(words)) {
      assertTrue(System.nanoTime() < until, Files.readString(output(machine)));
      Thread.sleep(100);
    }
  }

  private static String lease(ControlPlane plane, String path) throws Exception {
    List<String> command = new ArrayList<>(List.of("kubectl", "get", "lease"));
    command.addAll(List.of("gopsc-default-next", "-o", "jsonpath={" + path + "}"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("KUBECONFIG", plane.kubeconfig().toString());
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), text);
    return text;
  }

  @Test
  void twoMachinesNeverHoldIt() throws Exception {
    for (Artifact file : RolloutFiles.of(plan(), "")) {
      Path path = folder.resolve(file.path());
      Files.createDirectories(path.getParent());
      try (OutputStream out = Files.newOutputStream(path)) {
        file.content().writeTo(out);
      }
    }
    try (ControlPlane plane = ControlPlane.start(Files.createDirectories(folder.resolve("p")))) {
      Process one = start(plane, "one");
      awaitOutput("one", "w1.prepare waits");
      String renewed = lease(plane, ".spec.renewTime");
      // The second one sees that it is renewed, and leaves it alone.
      Process two = start(plane, "two");
      assertEquals(75, two.waitFor(), Files.readString(output("two")));
      assertNotEquals(renewed, lease(plane, ".spec.renewTime"));
      assertTrue(lease(plane, ".spec.holderIdentity").endsWith("one.jsonl"));
      // The first one dies; the second one follows when the lease is over.
      one.destroyForcibly().waitFor();
      two = start(plane, "two");
      awaitOutput("two", "w1.prepare waits");
      assertTrue(lease(plane, ".spec.holderIdentity").endsWith("two.jsonl"));
      assertTrue(Files.readString(folder.resolve("two.jsonl")).contains("taken from"));
      // Ended by a person, it gives the lease back.
      two.destroy();
      assertEquals(130, two.waitFor());
      assertEquals("", lease(plane, ".spec.holderIdentity"));
    }
  }
}
