package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// The steps that make a comment, run as a build server runs them, against a forge that keeps what
/// it is told.
class CommentScriptTest {
  private static final Path CI = Run.ROOT.resolve("docs/ci");
  private static final String HOSTILE =
      """
      <!-- gopsc:review -->
      **fleet: 1 change** · 2c0420035d47
      - image: engine@sha256:8fde
      @everyone and @team/x, see #12, GH-3, https://evil.example/?q and www.evil.example
      ![shown](http://evil.example/x.png) [here](javascript:x) <img src=x onerror=1>
      [ref]: http://evil.example
      ```
      <details open><script>x</script>
      \u202Erevil\u202C 汉字 \u0007
      """;

  @TempDir Path dir;

  private Forge forge;

  @BeforeEach
  void start() throws IOException {
    forge = new Forge("s3cret");
  }

  @AfterEach
  void stop() {
    forge.close();
  }

  @Test
  void theFirstRunMakesACommentAndTheNextUpdatesIt() throws Exception {
    forge.fill(120, "a person", "hello");
    forge.fill(1, "a person", "<!-- gopsc:review -->\nnot yours");
    forge.report(HOSTILE);
    Run first = gitHub();
    assertEquals(0, first.code(), first.out() + first.err());
    assertEquals(1, forge.by("github-actions[bot]").size());
    forge.report("<!-- gopsc:diff:x -->\nthe second report\n");
    Run second = gitHub();
    assertEquals(0, second.code(), second.out() + second.err());
    assertEquals(
        List.of("<!-- gopsc:review -->\nthe second report\n"), forge.by("github-actions[bot]"));
    assertEquals("<!-- gopsc:review -->\nnot yours", forge.by("a person").getLast());
    assertFalse((first.out() + first.err() + second.out()).contains("s3cret"));
  }

  @Test
  void hostileTextOnlyShowsItself() throws Exception {
    forge.report(HOSTILE);
    assertEquals(0, gitHub().code());
    String body = forge.by("github-actions[bot]").getFirst();
    String text = body.substring("<!-- gopsc:review -->\n".length());
    assertTrue(body.startsWith("<!-- gopsc:review -->\n**fleet: 1 change**"), body);
    assertFalse(text.contains("<"), text);
    assertFalse(text.contains("]("), text);
    assertFalse(text.contains("://"), text);
    assertFalse(text.contains("]:"), text);
    assertFalse(Pattern.compile("(^|\\W)[@#]\\w").matcher(text).find(), text);
    assertFalse(text.codePoints().anyMatch(c -> c < ' ' && c != '\n'), text);
    assertFalse(text.contains("\u202E"), text);
    assertTrue(text.contains("engine@sha256:8fde") && text.contains("汉字"), text);
  }

  @Test
  void aReportThatIsTooLongIsCut() throws Exception {
    forge.report("<汉>".repeat(40_000));
    Run run = gitHub();
    assertEquals(0, run.code(), run.out() + run.err());
    assertTrue(forge.by("github-actions[bot]").getFirst().length() <= 60_100);
  }

  @Test
  void withoutAnOpenRequestOfThisCommitNothingIsSaid() throws Exception {
    forge.report("x");
    forge.head = "another commit";
    Run run = gitHub();
    assertEquals(0, run.code(), run.out() + run.err());
    assertTrue(forge.by("github-actions[bot]").isEmpty());
  }

  @Test
  void aTokenThatMayNotWriteFailsTheJob() throws Exception {
    forge.report("x");
    forge.isReadOnly = true;
    assertTrue(gitHub().code() != 0);
  }

  @Test
  void theNoteOfGitLabIsMadeOnceAndUpdated() throws Exception {
    Map<?, ?> job = (Map<?, ?>) yaml("gitlab.yml").get("gopsc-note");
    forge.fill(100, "a person", "<!-- gopsc:review -->\nhello");
    for (String report : List.of(HOSTILE, "the second report\n")) {
      Files.createDirectories(dir.resolve("gopsc-review"));
      Files.writeString(dir.resolve("gopsc-review/comment.md"), report);
      Map<String, String> environment = new HashMap<>();
      ((Map<?, ?>) job.get("variables"))
          .forEach((name, value) -> environment.put((String) name, (String) value));
      environment.put("GOPSC_HOME", Run.ROOT.toString());
      environment.put("CI_API_V4_URL", forge.address());
      environment.put("CI_PROJECT_ID", "7");
      environment.put("CI_MERGE_REQUEST_IID", "12");
      environment.put("GOPSC_NOTE_TOKEN", "s3cret");
      String script =
          String.join("\n", ((List<?>) job.get("script")).stream().map(String::valueOf).toList());
      Run run = Run.of(dir, environment, List.of("sh", "-ec", script));
      assertEquals(0, run.code(), run.out() + run.err());
    }
    assertEquals(List.of("<!-- gopsc:review -->\nthe second report\n"), forge.by("gopsc"));
  }

  /// Only a merge request from the project itself, and only where somebody gave a token.
  @Test
  void aForkGetsNoToken() throws IOException {
    Map<?, ?> job = (Map<?, ?>) yaml("gitlab.yml").get("gopsc-note");
    String rule = ((Map<?, ?>) ((List<?>) job.get("rules")).getFirst()).get("if").toString();
    assertTrue(rule.contains("$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID"), rule);
    assertEquals(1, ((List<?>) job.get("rules")).size());
    String review = yaml("gitlab.yml").get("gopsc-review").toString();
    assertFalse(review.contains("TOKEN"), review);
    for (String file : List.of("action.yml", "github-review.yml", "review.sh")) {
      String text = Files.readString(CI.resolve(file));
      assertFalse(text.contains("github.token") || text.contains("TOKEN"), file);
    }
    assertEquals(
        "{actions=read, contents=read, pull-requests=write}",
        yaml("github-comment.yml").get("permissions").toString());
  }

  @Test
  void theWorkflowsNameTheCommitThatPutThemThere() throws Exception {
    String script = CI.resolve("set-up.sh").toString();
    Run commit = Run.of(Run.ROOT, Map.of(), List.of("git", "rev-parse", "HEAD"));
    assumeTrue(commit.code() == 0, "the sources are no git repository");
    Run run = Run.of(dir, Map.of(), List.of(script, dir.toString(), "studio/our-gopsc"));
    assertEquals(0, run.code(), run.err());
    for (String name : List.of("review", "comment")) {
      Path file = dir.resolve(".github/workflows/gopsc-" + name + ".yml");
      Map<?, ?> workflow = yaml(file);
      Map<?, ?> environment = (Map<?, ?>) workflow.get("env");
      assertEquals("studio/our-gopsc", environment.get("GOPSC_REPOSITORY"));
      assertEquals(commit.out().strip(), environment.get("GOPSC_COMMIT"));
      Pattern.compile("uses: \\./\\.gopsc/(\\S+)")
          .matcher(Files.readString(file))
          .results()
          .forEach(use -> assertTrue(Files.exists(Run.ROOT.resolve(use.group(1) + "/action.yml"))));
    }
    assertEquals(8, Run.of(dir, Map.of(), List.of(script, dir.toString())).code());
    assertEquals(2, Run.of(dir, Map.of(), List.of(script, dir.toString(), "a/b/c")).code());
  }

  @Test
  void theScriptsAreWhatShellcheckAsksFor() throws Exception {
    boolean isThere =
        Stream.of(System.getenv("PATH").split(":", -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "shellcheck")));
    assumeTrue(isThere, "no shellcheck here");
    for (String name : List.of("review.sh", "comment.sh", "install.sh", "set-up.sh")) {
      Run run = Run.of(CI, Map.of(), List.of("shellcheck", name));
      assertEquals(0, run.code(), run.out());
    }
  }

  private Run gitHub() throws Exception {
    Map<?, ?> runs = (Map<?, ?>) yaml("comment/action.yml").get("runs");
    Map<?, ?> step = (Map<?, ?>) ((List<?>) runs.get("steps")).getFirst();
    Map<String, String> environment = new HashMap<>();
    environment.put("FORGE", "github");
    environment.put("API", forge.address());
    environment.put("TOKEN", "s3cret");
    environment.put("REPOSITORY", "studio/fleet");
    environment.put("RUN", "99");
    environment.put("HEAD", "c0ffee");
    environment.put("OWNER_BRANCH", "somebody:a branch&state=closed");
    environment.put("COMMENT", CI + "/comment/../comment.sh");
    assertEquals(((Map<?, ?>) step.get("env")).keySet(), environment.keySet());
    assertFalse(step.get("run").toString().contains("${{"));
    return Run.of(dir, environment, List.of("sh", "-e", "-c", (String) step.get("run")));
  }

  private static Map<?, ?> yaml(String file) throws IOException {
    return yaml(CI.resolve(file));
  }

  private static Map<?, ?> yaml(Path file) throws IOException {
    return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
  }
}
