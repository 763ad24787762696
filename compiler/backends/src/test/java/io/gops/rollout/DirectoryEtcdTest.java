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

  @Test
  void anAbortNamesTheGatesThatStayClosed() throws Exception {
    try (Etcd etcd = new Etcd(folder)) {
      Fleet fleet = SampleReleases.withoutPairs(fleet(1, etcd.endpoint()));
      Plan plan = plan(fleet, SampleReleases.canaryWaves(Practice.NONE, Duration.ofSeconds(1)));
      try (Rollout rollout = new Rollout(folder, plan, deployment(fleet))) {
        assertEquals(0, rollout.run("dash", "run", "--until", "w1.replace").code());
        Rollout.Result aborted = rollout.run("dash", "abort");
        assertEquals(0, aborted.code(), aborted.text());
        assertTrue(aborted.text().contains(KEY + " is maintenance"), aborted.text());
      }
    }
  }

  private static void assertStatus(String status, String version, Etcd etcd) throws Exception {
    String entry = etcd.value(KEY);
    String wanted = "\"status\":\"" + status + "\",\"version\":\"" + version + "\"";
    assertTrue(entry.contains(wanted), entry);
  }
}
