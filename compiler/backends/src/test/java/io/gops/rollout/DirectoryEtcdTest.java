package io.gops.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.allocate.Assignments;
import io.gops.allocate.Lock;
import io.gops.deployment.Deployment;
import io.gops.deployment.SampleDeployment;
import io.gops.deployment.SampleFleet;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Directory;
import io.gops.fleet.Fleet;
import io.gops.fleet.Percent;
import io.gops.fleet.Practice;
import io.gops.fleet.Release;
import io.gops.plan.Plan;
import io.gops.plan.Planner;
import io.gops.plan.SamplePods;
import io.gops.plan.SampleReleases;
import io.gops.source.Origins;
import io.gops.state.State;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The zone directory in a real etcd, changed by the runner and watched by a real client.
@Tag("etcd")
class DirectoryEtcdTest {
  private static final String KEY = "/gops/clx/10001";

  @TempDir Path folder;

  private static Fleet fleet(int zones, String endpoint) {
    Fleet fleet = SampleFleet.of(zones);
    fleet
        .directories()
        .put(
            "clx-zones",
            new Directory("clx-zones", "clx", List.of(endpoint), "/gops/clx/", Origins.NONE));
    return fleet;
  }

  private static Deployment deployment(Fleet fleet) {
    return SampleDeployment.of(fleet, State.EMPTY, new Assignments(Lock.EMPTY));
  }

  private static Plan plan(Fleet fleet, Release release) {
    return new Planner(
            deployment(fleet),
            State.EMPTY,
            new SamplePods(),
            SamplePods.steering(),
            new Diagnostics())
        .plan(release)
        .orElseThrow();
  }

  @Test
  void aSwitchOfSidesReachesThoseWhoWatch() throws Exception {
    try (Etcd etcd = new Etcd(folder)) {
      Fleet fleet = fleet(1, etcd.endpoint());
      Plan plan = plan(fleet, RolloutTest.abSwitch(new Release.Waves(0, new Percent(10_000), 1)));
      try (Rollout rollout = new Rollout(folder, plan, deployment(fleet))) {
        Process watcher = etcd.etcdctl("watch", "--prefix", "/gops/clx/");
        // Only what happens after the watch began is seen: wait for the first event.
        BufferedReader events =
            new BufferedReader(
                new InputStreamReader(watcher.getInputStream(), StandardCharsets.UTF_8));
        awaitWatch(etcd, events);
        Rollout.Result done = rollout.run("dash", "run");
        assertEquals(0, done.code(), done.text());
        assertEquals("PUT", events.readLine());
        assertEquals(KEY, events.readLine());
        String seen = events.readLine();
        assertTrue(seen.contains("\"side\":\"b\",\"status\":\"open\",\"version\":\"1.8.4\""), seen);
        assertTrue(seen.contains("\"display\":\"楚留香 10001\""), seen);
        assertEquals(seen, etcd.value(KEY));
        watcher.destroy();
        assertEquals(0, rollout.run("dash", "rollback").code());
        assertTrue(etcd.value(KEY).contains("\"side\":\"a\""), etcd.value(KEY));
      }
    }
  }

  /// Puts something of no interest until the watcher tells of it.
  private static void awaitWatch(Etcd etcd, BufferedReader events)
      throws IOException, InterruptedException {
    while (!events.ready()) {
      etcd.etcdctl("put", "/gops/clx/-", "-").waitFor();
      Thread.sleep(200);
    }
    Thread.sleep(300);
    while (events.ready()) {
      events.readLine();
    }
  }

  @Test
  void anEntryThatSomebodyChangedIsNotOverwritten() throws Exception {
    try (Etcd etcd = new Etcd(folder)) {
      Fleet fleet = fleet(1, etcd.endpoint());
      Plan plan = plan(fleet, RolloutTest.abSwitch(new Release.Waves(0, new Percent(10_000), 1)));
      etcd.etcdctl("put", KEY, "{\"closed\":\"by \\\"hand\\\"\"}").waitFor();
      try (Rollout rollout = new Rollout(folder, plan, deployment(fleet))) {
        Rollout.Result result = rollout.run("dash", "run");
        assertEquals(4, result.code(), result.text());
        assertEquals("{\"closed\":\"by \\\"hand\\\"\"}", etcd.value(KEY));
      }
    }
  }

  @Test
  void theZonesOfALostHostAreClosedAndOpenedAgain() throws Exception {
    try (Etcd etcd = new Etcd(folder)) {
      Fleet fleet = fleet(1, etcd.endpoint());
      fleet.hosts().computeIfPresent("hz-g001", (_, host) -> Hosts.failed(host));
      Plan plan =
          plan(fleet, new Release.ReplaceHost("power", "hz-g001", Optional.empty(), Origins.NONE));
      try (Rollout rollout = new Rollout(folder, plan, deployment(fleet))) {
        for (String host : plan.switches()) {
          Path apply = rollout.files().resolve("openvswitch/" + host + "/apply.sh");
          Files.createDirectories(apply.getParent());
          Files.writeString(apply, "exit 0\n");
        }
        assertEquals(0, rollout.run("dash", "approve", "approve", "--as", "x").code());
        assertEquals(0, rollout.run("dash", "run", "--until", "close").code());
        assertTrue(etcd.value(KEY).contains("\"status\":\"maintenance\""), etcd.value(KEY));
        Rollout.Result done = rollout.run("dash", "run");
        assertEquals(0, done.code(), done.text());
        assertTrue(etcd.value(KEY).contains("\"status\":\"open\""), etcd.value(KEY));
      }
    }
  }

  @Test
  void aZoneThatIsReplacedClosesAdmitsAListAndOpens() throws Exception {
    try (Etcd etcd = new Etcd(folder)) {
      Fleet fleet = SampleReleases.withoutPairs(fleet(1, etcd.endpoint()));
      Plan plan =
          plan(fleet, SampleReleases.canaryWaves(SampleReleases.trial(), Duration.ofSeconds(1)));
      try (Rollout rollout = new Rollout(folder, plan, deployment(fleet))) {
        assertEquals(0, rollout.run("dash", "run", "--until", "w1.close").code());
        assertStatus("maintenance", "1.8.3", etcd);
        Rollout.Result tried = rollout.run("dash", "run");
        assertEquals(6, tried.code(), tried.text());
        assertStatus("listed", "1.8.4", etcd);
        assertEquals(0, rollout.run("dash", "evidence", "w1.smoke", "fine").code());
        assertEquals(0, rollout.run("dash", "run").code());
        assertStatus("open", "1.8.4", etcd);
        Rollout.Result back = rollout.run("dash", "rollback");
        assertEquals(0, back.code(), back.text());
        assertStatus("open", "1.8.3", etcd);
      }
    }
  }

  /// Wherever it is aborted: servers that nobody has touched are let in to as they are, those that
  /// were replaced as they are now.
  @ParameterizedTest
  @CsvSource({
    "dash, w1.close, 1.8.3",
    "busybox sh, w1.drain, 1.8.3",
    "bash --posix, w1.kick, 1.8.3",
    "dash, w1.replace, 1.8.4",
    "busybox sh, w1.replace, 1.8.4",
    "bash --posix, w1.replace, 1.8.4"
  })
  void anAbortOpensTheGateAgain(String shell, String last, String version) throws Exception {
    try (Etcd etcd = new Etcd(folder)) {
      Fleet fleet = SampleReleases.withoutPairs(fleet(2, etcd.endpoint()));
      Release release = SampleReleases.canaryWaves(Practice.NONE, Duration.ofSeconds(1));
      Plan plan = plan(fleet, release);
      try (Rollout rollout = new Rollout(folder, plan, deployment(fleet))) {
        assertEquals(0, rollout.run(shell, "run", "--until", last).code());
        assertStatus("maintenance", "1.8.3", etcd);
        Rollout.Result aborted = rollout.run(shell, "abort");
        assertEquals(0, aborted.code(), aborted.text());
        assertTrue(aborted.text().contains("opened the gate again: " + KEY), aborted.text());
        assertStatus("open", version, etcd);
        assertEquals(0, rollout.run(shell, "abort").code());
        assertStatus("open", version, etcd);
        rest(fleet, release, rollout, etcd);
      }
    }
  }

  /// What an abort has opened is what the plan of the rest expects.
  private void rest(Fleet fleet, Release release, Rollout aborted, Etcd etcd) throws Exception {
    State state = RolloutTest.read(aborted.state());
    Deployment then = SampleDeployment.of(fleet, state, new Assignments(Lock.EMPTY));
    Plan plan =
        new Planner(then, state, new SamplePods(), SamplePods.steering(), new Diagnostics())
            .plan(release)
            .orElseThrow();
    try (Rollout rollout = new Rollout(folder.resolve("rest"), plan, then)) {
      rollout.set("GOPS_STATE", aborted.state().toString());
      Rollout.Result first = rollout.run("dash", "run");
      assertTrue(first.code() == 0 || first.code() == 6, first.text());
      if (first.code() == 6) {
        assertEquals(0, rollout.run("dash", "approve", "w1.approve", "--as", "x").code());
        Rollout.Result done = rollout.run("dash", "run");
        assertEquals(0, done.code(), done.text());
      }
      assertStatus("open", "1.8.4", etcd);
    }
  }

  @Test
  void anAbortLeavesTheGateShutToServersThatAreNotReady() throws Exception {
    try (Etcd etcd = new Etcd(folder)) {
      Fleet fleet = SampleReleases.withoutPairs(fleet(1, etcd.endpoint()));
      Plan plan = plan(fleet, SampleReleases.canaryWaves(Practice.NONE, Duration.ofSeconds(1)));
      try (Rollout rollout = new Rollout(folder, plan, deployment(fleet))) {
        assertEquals(0, rollout.run("dash", "run", "--until", "w1.replace").code());
        rollout.cluster.crash("clx-10001");
        assertStaysShut("not all of its servers are ready", rollout, etcd);
        rollout.cluster.cure("clx-10001");
        assertEquals(0, rollout.run("dash", "abort").code());
        assertStatus("open", "1.8.4", etcd);
      }
    }
  }

  @Test
  void anAbortLetsNobodyInToServersThatNobodyHasTried() throws Exception {
    try (Etcd etcd = new Etcd(folder)) {
      Fleet fleet = SampleReleases.withoutPairs(fleet(1, etcd.endpoint()));
      Plan plan =
          plan(fleet, SampleReleases.canaryWaves(SampleReleases.trial(), Duration.ofSeconds(1)));
      try (Rollout rollout = new Rollout(folder, plan, deployment(fleet))) {
        assertEquals(0, rollout.run("dash", "run", "--until", "w1.replace").code());
        assertStaysShut("its servers are half changed", rollout, etcd);
      }
    }
  }

  /// An entry that somebody has changed meanwhile is theirs.
  @Test
  void anAbortDoesNotOverwriteWhatSomebodyHasWritten() throws Exception {
    try (Etcd etcd = new Etcd(folder)) {
      Fleet fleet = SampleReleases.withoutPairs(fleet(1, etcd.endpoint()));
      Plan plan = plan(fleet, SampleReleases.canaryWaves(Practice.NONE, Duration.ofSeconds(1)));
      try (Rollout rollout = new Rollout(folder, plan, deployment(fleet))) {
        assertEquals(0, rollout.run("dash", "run", "--until", "w1.close").code());
        etcd.etcdctl("put", KEY, "{\"closed\":\"by hand\"}").waitFor();
        Rollout.Result aborted = rollout.run("dash", "abort");
        assertEquals(0, aborted.code(), aborted.text());
        assertTrue(aborted.text().contains("does not have the entry"), aborted.text());
        assertEquals("{\"closed\":\"by hand\"}", etcd.value(KEY));
      }
    }
  }

  private static void assertStaysShut(String why, Rollout rollout, Etcd etcd) throws Exception {
    Rollout.Result aborted = rollout.run("dash", "abort");
    assertEquals(0, aborted.code(), aborted.text());
    assertTrue(aborted.text().contains(KEY + " is maintenance; " + why), aborted.text());
    assertStatus("maintenance", "1.8.3", etcd);
  }

  private static void assertStatus(String status, String version, Etcd etcd) throws Exception {
    String entry = etcd.value(KEY);
    String wanted = "\"status\":\"" + status + "\",\"version\":\"" + version + "\"";
    assertTrue(entry.contains(wanted), entry);
  }
}
