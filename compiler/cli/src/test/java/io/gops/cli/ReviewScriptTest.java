package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// The scripts of docs/ci, run as a build server runs them, on a repository with two commits.
@Tag("cli")
class ReviewScriptTest {
  private static final Path CI = Run.ROOT.resolve("docs/ci");

  @TempDir Path dir;

  private Path repository;
  private String base = "";

  @BeforeEach
  void aRepositoryWithTwoCommits() throws Exception {
    repository = Files.createDirectory(dir.resolve("repository"));
    Gops.copy("five-zones", repository.resolve("fleet"));
    git("init", "-q", "-b", "main", ".");
    compileAndCommit("first");
    base = git("rev-parse", "HEAD").out().strip();
    Gops.replace(repository.resolve("fleet/arena.gops"), "players = 500", "players = 480");
    compileAndCommit("fewer players");
  }

  @Test
  void theStepOfTheActionWritesTheCommentAndItsExitCode() throws Exception {
    Run run = actionStep(Map.of("FAIL_ON", ""));
    assertEquals(0, run.code(), run.out() + run.err());
    assertTrue(comment().startsWith("<!-- gopsc:"), comment());
    assertTrue(comment().length() <= 60_000);
    assertTrue(Files.readString(dir.resolve("outputs")).contains("report=" + dir));
    assertEquals(comment(), Files.readString(dir.resolve("summary")));
  }

  @Test
  void aChangeThatIsTooGraveFailsTheJobAndIsStillExplained() throws Exception {
    Gops.replace(
        repository.resolve("fleet/arena.gops"),
        "  deny  arena.a <-> arena.b",
        "  allow arena.engine -> internet:443\n  deny  arena.a <-> arena.b");
    compileAndCommit("servers may call anybody");
    Run run = actionStep(Map.of("FAIL_ON", "R6"));
    assertEquals(7, run.code(), run.out() + run.err());
    assertTrue(comment().startsWith("<!-- gopsc:"), comment());
  }

  @Test
  void aFleetThatDoesNotCompileIsSaidInTheCommentAndOnItsLine() throws Exception {
    Gops.replace(
        repository.resolve("fleet/arena.gops"),
        "owner   = \"sre-arena\"",
        "ownr = \"@everyone ```\\n::warning::x\"");
    Run run = actionStep(Map.of());
    assertEquals(3, run.code(), run.out());
    assertTrue(run.out().contains("::error file=fleet/arena.gops,line="), run.out());
    assertTrue(
        comment().startsWith("<!-- gopsc:review -->\n### gopsc: the fleet does not compile"));
    for (String line : comment().lines().skip(3).toList()) {
      assertTrue(line.isEmpty() || line.startsWith("    "), line);
    }
  }

  @Test
  void outputThatWasNotCommittedFailsTheJob() throws Exception {
    Gops.replace(repository.resolve("fleet/arena.gops"), "players = 480", "players = 470");
    Run run = actionStep(Map.of());
    assertEquals(5, run.code(), run.out() + run.err());
    assertTrue(comment().contains("    out is out of date:"), comment());
  }

  @Test
  void namesThatLookLikeOptionsAreRefused() throws Exception {
    Run run = actionStep(Map.of("BASE", "--upload-pack=x"));
    assertEquals(2, run.code());
  }

  @Test
  void theJobOfGitLabWritesTheSameAndFindingsForItsWidget() throws Exception {
    Map<?, ?> job = (Map<?, ?>) yaml("gitlab.yml").get("gopsc-review");
    Map<String, String> environment = new HashMap<>();
    ((Map<?, ?>) job.get("variables"))
        .forEach((name, value) -> environment.put((String) name, (String) value));
    environment.put("GOPSC_HOME", Run.ROOT.toString());
    environment.put("FAIL_ON", "");
    environment.put("CI_MERGE_REQUEST_DIFF_BASE_SHA", base);
    String script =
        String.join("\n", ((List<?>) job.get("script")).stream().map(String::valueOf).toList());
    Run run = Run.of(repository, environment, List.of("sh", "-ec", script));
    assertEquals(0, run.code(), run.out() + run.err());
    assertTrue(
        Files.readString(repository.resolve("gopsc-review/comment.md")).startsWith("<!-- gopsc:"));
    assertTrue(Files.readString(repository.resolve("gopsc-review/check.gitlab")).startsWith("["));
  }

  @Test
  void theHooksPassOnAFleetThatIsFine() throws Exception {
    Map<?, ?> local =
        (Map<?, ?>) ((List<?>) yaml("pre-commit-config.yaml").get("repos")).getFirst();
    for (Object hook : (List<?>) local.get("hooks")) {
      String entry = (String) ((Map<?, ?>) hook).get("entry");
      String files =
          Boolean.FALSE.equals(((Map<?, ?>) hook).get("pass_filenames")) ? "" : " fleet/arena.gops";
      Map<String, String> path =
          Map.of("PATH", Run.ROOT.resolve("bin") + ":" + System.getenv("PATH"));
      Run run = Run.of(repository, path, List.of("sh", "-ec", entry + files));
      assertEquals(0, run.code(), entry + "\n" + run.out() + run.err());
    }
  }

  @Test
  void theInstallationIsOneExactCommit() throws Exception {
    String script = CI.resolve("install.sh").toString();
    String folder = dir.resolve("gopsc").toString();
    Run tag = Run.of(dir, Map.of(), List.of(script, repository.toString(), "main", folder));
    assertEquals(2, tag.code());
    assertFalse(Files.exists(Path.of(folder)));
    Run run = Run.of(dir, Map.of(), List.of(script, repository.toString(), base, folder));
    assertEquals(0, run.code(), run.err());
    assertTrue(Files.readString(Path.of(folder, "fleet/arena.gops")).contains("players = 500"));
  }

  /// What may read a stranger's text may not write, and what may write reads none.
  @ParameterizedTest
  @ValueSource(
      strings = {"action.yml", "github-review.yml", "github-comment.yml", "comment/action.yml"})
  void noSecretMeetsAStrangersText(String file) throws Exception {
    String text = Files.readString(CI.resolve(file));
    assertFalse(text.contains("pull_request_target"), file);
    assertFalse(text.contains("secrets."), file);
    Pattern uses = Pattern.compile("uses: (\\S+)");
    uses.matcher(text)
        .results()
        .forEach(
            use ->
                assertTrue(
                    use.group(1).matches("\\S+@[0-9a-f]{40}|\\./\\.gopsc/docs/ci(/comment)?"),
                    use.group(1)));
    Pattern script = Pattern.compile("run: \\|\\n((?: {6,}.*\\n?|\\n)+)");
    script
        .matcher(text)
        .results()
        .forEach(run -> assertFalse(run.group(1).contains("${{"), run.group(1)));
    if (file.equals("github-review.yml")) {
      assertEquals("{contents=read}", yaml(file).get("permissions").toString());
    }
    if (file.equals("github-comment.yml")) {
      assertEquals(
          text.split("checkout@", -1).length,
          text.split("repository: \\$\\{\\{ env.GOPSC_REPOSITORY }}", -1).length,
          "it checks out gopsc and nothing else");
    }
  }

  private Run actionStep(Map<String, String> inputs) throws Exception {
    Map<?, ?> runs = (Map<?, ?>) yaml("action.yml").get("runs");
    Map<?, ?> step = (Map<?, ?>) ((List<?>) runs.get("steps")).getFirst();
    Map<String, String> environment = new HashMap<>();
    environment.put("FLEET", "fleet");
    environment.put("OUTPUT", "out");
    environment.put("BASE", base);
    environment.put("FAIL_ON", "");
    environment.putAll(inputs);
    environment.put("FORMAT", "github");
    environment.put("GOPSC", CI + "/../../bin/gopsc");
    environment.put("REVIEW", CI + "/review.sh");
    assertEquals(((Map<?, ?>) step.get("env")).keySet(), environment.keySet());
    environment.put("RUNNER_TEMP", dir.toString());
    environment.put("GITHUB_OUTPUT", dir.resolve("outputs").toString());
    environment.put("GITHUB_STEP_SUMMARY", dir.resolve("summary").toString());
    return Run.of(repository, environment, List.of("sh", "-e", "-c", (String) step.get("run")));
  }

  private String comment() throws IOException {
    return Files.readString(dir.resolve("gopsc-review/comment.md"));
  }

  private static Map<?, ?> yaml(String file) throws IOException {
    return new Yaml(new SafeConstructor(new LoaderOptions()))
        .load(Files.readString(CI.resolve(file)));
  }

  private void compileAndCommit(String message) throws Exception {
    Run compiled = Run.gopsc(repository, Map.of(), "compile", "fleet", "-o", "out");
    assertEquals(0, compiled.code(), compiled.out() + compiled.err());
    git("add", "-A");
    git("commit", "-qm", message);
  }

  private Run git(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("git", "-c", "user.name=test", "-c", "user.email=test@example.invalid"));
    command.addAll(List.of(arguments));
    Run run =
        Run.of(
            repository,
            Map.of("GIT_CONFIG_NOSYSTEM", "1", "GIT_CONFIG_GLOBAL", "/dev/null"),
            command);
    assertEquals(0, run.code(), run.out() + run.err());
    return run;
  }
}
