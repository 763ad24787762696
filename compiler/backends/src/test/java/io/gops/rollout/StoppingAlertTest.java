package io.gops.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.gops.fleet.Fleet;
import io.gops.fleet.Release;
import io.gops.fleet.Rollouts;
import io.gops.fleet.Side;
import io.gops.fleet.StopRule;
import io.gops.plan.Plan;
import io.gops.state.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A stand-in for Prometheus answers `/api/v1/rules` as its documentation says.
class StoppingAlertTest {
  @TempDir Path folder;
  private final Fleet fleet = RolloutTest.fleet(1);
  private HttpServer prometheus;
  private volatile String answer = "";
  private StopRule.Reaction reaction = StopRule.Reaction.PAUSE;

  @BeforeEach
  void serve() throws IOException {
    prometheus = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    prometheus.createContext(
        "/api/v1/rules",
        exchange -> {
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(body.length == 0 ? 503 : 200, Math.max(1, body.length));
          exchange.getResponseBody().write(body.length == 0 ? new byte[] {'\n'} : body);
          exchange.close();
        });
    prometheus.start();
  }

  @AfterEach
  void stop() {
    prometheus.stop(0);
  }

  private static String rules(String... rules) {
    return "{\"status\":\"success\",\"data\":{\"groups\":[{\"name\":\"gops-clx\",\"file\":\"f\",\"rules\":["
        + String.join(",", rules)
        + "],\"interval\":30}]}}\n";
  }

  private static String rule(String state, String game, String health) {
    String active =
        state.equals("inactive")
            ? ""
            : "{\"labels\":{\"alertname\":\"engine-crash\",\"game\":\"clx\"},"
                + "\"annotations\":{\"summary\":\"so \\\"state\\\":\\\"firing\\\"\"},\"state\":\""
                + state
                + "\",\"value\":\"1e+00\"}";
    return "{\"state\":\""
        + state
        + "\",\"name\":\"engine-crash\",\"query\":\"up == 0\",\"duration\":60,\"labels\":{\"game\":\""
        + game
        + "\",\"severity\":\"critical\"},\"annotations\":{},\"alerts\":["
        + active
        + "],\"health\":\""
        + health
        + "\",\"type\":\"alerting\"}";
  }

  private Rollout rollout() throws IOException {
    return rollout(RolloutTest.abSwitch(RolloutTest.ONE_BY_ONE));
  }

  private Rollout rollout(Release release) throws IOException {
    Plan plan =
        RolloutTest.plan(fleet, State.EMPTY, release)
            .under(
                List.of(new Plan.StoppingAlert("clx", "engine-crash", reaction)), Rollouts.USUAL);
    Rollout rollout = new Rollout(folder, plan, RolloutTest.deployment(fleet, State.EMPTY));
    int port = prometheus.getAddress().getPort();
    rollout.set("GOPS_PROMETHEUS", "http://127.0.0.1:" + port + "/");
    return rollout;
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh", "bash --posix"})
  void noStepBeginsWhileItFires(String shell) throws Exception {
    try (Rollout rollout = rollout()) {
      answer = rules(rule("inactive", "other", "ok"), rule("firing", "clx", "ok"));
      Rollout.Result stopped = rollout.run(shell, "run");
      assertEquals(11, stopped.code(), stopped.text());
      assertEquals(List.of(), rollout.cluster.writes());
      assertTrue(Files.readString(rollout.journal()).contains("fires: engine-crash"));
      // The same alert of another game is none of this release.
      answer = rules(rule("firing", "other", "ok"), rule("pending", "clx", "ok"));
      Rollout.Result quiet = rollout.run(shell, "run", "--until", "w1.start");
      assertEquals(0, quiet.code(), quiet.text());
      answer = rules(rule("firing", "clx", "ok"));
      assertEquals(11, rollout.run(shell, "run").code());
      assertEquals(
          0, rollout.run(shell, "run", "--despite-alerts", "it is the old version").code());
      assertTrue(Files.readString(rollout.journal()).contains(": it is the old version"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"status\":\"error\"}\n",
        "{\"status\":\"success\",\"data\":{\"groups\":[]}}\n"
      })
  void whatIsNotKnownIsNotQuiet(String said) throws Exception {
    try (Rollout rollout = rollout()) {
      answer = said;
      Rollout.Result result = rollout.run("dash", "run");
      assertEquals(11, result.code(), result.text());
      assertEquals(List.of(), rollout.cluster.writes());
    }
  }

  @Test
  void aRuleThatCannotBeEvaluatedIsNotQuiet() throws Exception {
    try (Rollout rollout = rollout()) {
      answer = rules(rule("inactive", "clx", "err"));
      assertEquals(11, rollout.run("dash", "run").code());
    }
  }

  @Test
  void aSoakEndsWhenItFires() throws Exception {
    Release.AbSwitch quick = RolloutTest.abSwitch(RolloutTest.ONE_BY_ONE);
    Release watched =
        new Release.AbSwitch(
            quick.name(),
            quick.zoneSets(),
            quick.to(),
            quick.waves(),
            Duration.ofMinutes(5),
            quick.drain(),
            quick.stopRules(),
            quick.pull(),
            quick.window(),
            quick.origins());
    try (Rollout rollout = rollout(watched)) {
      answer = rules(rule("inactive", "clx", "ok"));
      Process runner = rollout.start("dash", "run");
      while (!Files.exists(rollout.journal())
          || !Files.readString(rollout.journal())
              .contains("\"event\":\"begin\",\"step\":\"w1.soak\"")) {
        Thread.sleep(5);
      }
      answer = rules(rule("firing", "clx", "ok"));
      assertEquals(11, runner.waitFor(), Files.readString(rollout.output()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh", "bash --posix"})
  void anAlertThatAbortsEndsTheRelease(String shell) throws Exception {
    reaction = StopRule.Reaction.ABORT;
    try (Rollout rollout = rollout()) {
      answer = rules(rule("inactive", "clx", "ok"));
      assertEquals(0, rollout.run(shell, "run", "--until", "w1.start").code());
      int writes = rollout.cluster.writes().size();
      answer = rules(rule("firing", "clx", "ok"));
      Rollout.Result ended = rollout.run(shell, "run");
      assertEquals(11, ended.code(), ended.text());
      assertEquals(writes, rollout.cluster.writes().size());
      assertTrue(Files.readString(rollout.journal()).contains("\"event\":\"abort\""));
      // The state is as far as it came: side b runs, and logins are where they were.
      State.GroupState group = RolloutTest.read(rollout.state()).groups().get("10001");
      assertEquals(Side.A, group.live());
      assertEquals(1, group.sides().get(Side.B).replicas());
      answer = rules(rule("inactive", "clx", "ok"));
      assertEquals(9, rollout.run(shell, "run").code());
    }
  }

  /// What Prometheus does not know is no reason to end a release that somebody can still judge.
  @Test
  void whatIsNotKnownDoesNotAbort() throws Exception {
    reaction = StopRule.Reaction.ABORT;
    try (Rollout rollout = rollout()) {
      answer = rules(rule("inactive", "clx", "err"));
      assertEquals(11, rollout.run("dash", "run").code());
      answer = rules(rule("inactive", "clx", "ok"));
      assertEquals(0, rollout.run("dash", "run", "--until", "w1.start").code());
    }
  }
}
