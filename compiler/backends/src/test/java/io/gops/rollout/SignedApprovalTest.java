package io.gops.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.fleet.Fleet;
import io.gops.fleet.Rollouts;
import io.gops.plan.Plan;
import io.gops.plan.PlanJson;
import io.gops.state.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Approvals with the real git and ssh-keygen.
class SignedApprovalTest {
  @TempDir Path folder;
  private final Fleet fleet = RolloutTest.fleet(2);
  private final Plan plan =
      RolloutTest.plan(fleet, State.EMPTY, RolloutTest.abSwitch(RolloutTest.ONE_BY_ONE));
  private final String line = "approve w1.approve of plan " + PlanJson.print(plan).identity();

  private String command(String... words) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    builder.environment().put("GIT_CONFIG_SYSTEM", "/dev/null");
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), List.of(words) + ": " + text);
    return text;
  }

  private void key(String name) throws IOException, InterruptedException {
    command("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", name);
  }

  /// As somebody, with this key.
  private void git(String key, String... words) throws IOException, InterruptedException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "git",
                "-c",
                "user.name=" + key,
                "-c",
                "user.email=" + key + "@example.com",
                "-c",
                "gpg.format=ssh",
                "-c",
                "user.signingkey=" + folder.resolve(key + ".pub")));
    all.addAll(List.of(words));
    command(all.toArray(String[]::new));
  }

  private static int approve(Rollout rollout, String... how) throws Exception {
    String[] words = new String[how.length + 2];
    words[0] = "approve";
    words[1] = "w1.approve";
    System.arraycopy(how, 0, words, 2, how.length);
    return rollout.run("dash", words).code();
  }

  @Test
  void onlyASignatureOfSomebodyWhoMayApprovesThisPlan() throws Exception {
    try (Rollout rollout = new Rollout(folder, plan, RolloutTest.deployment(fleet, State.EMPTY))) {
      rollout.set("GIT_CONFIG_GLOBAL", "/dev/null");
      key("li.lei");
      key("stranger");
      Path signers = folder.resolve("signers");
      Files.writeString(
          signers, "li.lei@example.com " + Files.readString(folder.resolve("li.lei.pub")));
      command("git", "init", "-q");
      git("li.lei", "commit", "-q", "--allow-empty", "-m", "A fleet");
      git("li.lei", "tag", "-a", "-m", line, "unsigned");
      git("stranger", "tag", "-s", "-m", line, "stranger");
      git("li.lei", "tag", "-s", "-m", line.replace("plan ", "plan 0"), "other-plan");
      git("li.lei", "tag", "-s", "-m", line.replace("w1.", "w2."), "other-step");
      git("li.lei", "tag", "-s", "-m", "A release\n\n" + line, "good");
      git("li.lei", "commit", "-q", "-S", "--allow-empty", "-m", "A release\n\n" + line);
      rollout.set("GOPS_SIGNERS", signers.toString());
      assertEquals(6, rollout.run("dash", "run").code());
      for (String tag : List.of("unsigned", "stranger", "other-plan", "other-step")) {
        assertEquals(6, approve(rollout, "--tag", tag), tag);
      }
      assertEquals(2, approve(rollout, "--tag", "nowhere"));
      assertEquals(6, approve(rollout, "--commit", "HEAD~1"));
      // A record is none.
      assertEquals(6, approve(rollout, "--as", "li.lei"));
      assertEquals(6, rollout.run("dash", "run").code());
      assertEquals(0, approve(rollout, "--commit", "HEAD"));
      Rollout.Result done = rollout.run("dash", "run", "--until", "w1.approve");
      assertEquals(0, done.code(), done.text());
      String journal = Files.readString(rollout.journal());
      assertFalse(journal.contains("\"event\":\"record\""), journal);
      assertTrue(journal.contains("\"note\":\"signed by li.lei@example.com\""), journal);
    }
  }

  @Test
  void aSignatureThatIsTakenFromTheListApprovesNoMore() throws Exception {
    try (Rollout rollout = new Rollout(folder, plan, RolloutTest.deployment(fleet, State.EMPTY))) {
      rollout.set("GIT_CONFIG_GLOBAL", "/dev/null");
      key("li.lei");
      Path signers = folder.resolve("signers");
      Files.writeString(
          signers, "li.lei@example.com " + Files.readString(folder.resolve("li.lei.pub")));
      command("git", "init", "-q");
      git("li.lei", "commit", "-q", "--allow-empty", "-m", "A fleet");
      git("li.lei", "tag", "-s", "-m", line, "good");
      rollout.set("GOPS_SIGNERS", signers.toString());
      assertEquals(6, rollout.run("dash", "run").code());
      assertEquals(0, approve(rollout, "--tag", "good"));
      Files.writeString(signers, "");
      assertEquals(6, rollout.run("dash", "run").code());
    }
  }

  /// The keys of the plan, and no others, whatever the machine of the runner says.
  @Test
  void aPlanThatNamesItsSignersKnowsNoOthers() throws Exception {
    key("li.lei");
    key("stranger");
    Rollouts rules =
        SampleRollouts.signedBy(
            new TreeMap<>(Map.of("li.lei@example.com", List.of(publicKey("li.lei")))));
    Plan signed = plan.under(List.of(), rules);
    String wanted = "approve w1.approve of plan " + PlanJson.print(signed).identity();
    try (Rollout rollout =
        new Rollout(folder, signed, RolloutTest.deployment(fleet, State.EMPTY))) {
      rollout.set("GIT_CONFIG_GLOBAL", "/dev/null");
      Path others = folder.resolve("signers");
      Files.writeString(others, "stranger@example.com " + publicKey("stranger") + "\n");
      rollout.set("GOPS_SIGNERS", others.toString());
      command("git", "init", "-q");
      git("li.lei", "commit", "-q", "--allow-empty", "-m", "A fleet");
      git("stranger", "tag", "-s", "-m", wanted, "stranger");
      git("li.lei", "tag", "-a", "-m", wanted, "unsigned");
      git("li.lei", "tag", "-s", "-m", line, "plan-without-signers");
      git("li.lei", "tag", "-s", "-m", wanted, "good");
      Rollout.Result waiting = rollout.run("dash", "run");
      assertEquals(6, waiting.code());
      assertTrue(waiting.text().contains("git tag -s -m '" + wanted + "'"), waiting.text());
      for (String tag : List.of("stranger", "unsigned", "plan-without-signers")) {
        assertEquals(6, approve(rollout, "--tag", tag), tag);
      }
      Rollout.Result record =
          rollout.run("dash", "approve", "w1.approve", "--as", "li.lei@example.com");
      assertEquals(6, record.code());
      assertTrue(record.text().contains("would be a record"), record.text());
      assertEquals(6, rollout.run("dash", "run").code());
      assertEquals(0, approve(rollout, "--tag", "good"));
      Rollout.Result done = rollout.run("dash", "run", "--until", "w1.approve");
      assertEquals(0, done.code(), done.text());
    }
  }

  private String publicKey(String name) throws IOException {
    String[] words = Files.readString(folder.resolve(name + ".pub")).split(" ", -1);
    return words[0] + " " + words[1];
  }
}
