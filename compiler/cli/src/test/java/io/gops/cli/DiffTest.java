package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.gops.golden.GoldenCase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `gopsc diff` on a fleet of 200 zones: a new version for all of them, and among it two things
/// that nobody meant.
class DiffTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path dir;
  private Path before;
  private Path after;

  @BeforeEach
  void twoRevisions() throws IOException {
    before = fleet("before");
    after = fleet("after");
  }

  private Path fleet(String name) throws IOException {
    Path fleet = Gops.copy("wuxia", dir.resolve(name));
    Files.delete(fleet.resolve("releases.gops"));
    Gops.replace(fleet.resolve("fleet.gops"), "      \"releases.gops\",\n", "");
    return fleet;
  }

  private void bumpWithTwoOutliers() throws IOException {
    Path clx = after.resolve("games/clx.gops");
    Gops.replace(clx, "run        = \"1.8.3\"", "run        = \"1.8.3-hot1\"");
    Gops.replace(
        clx, "  pair { initial", "  override 10137 { run = \"1.8.4\" }\n\n  pair { initial");
    Gops.replace(after.resolve("network.gops"), "[10.200.8.0/24]", "[10.200.0.0/16]");
  }

  private Run diff(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("diff", after.toString(), "--against", before.toString()));
    arguments.addAll(List.of(more));
    return Gops.run(arguments.toArray(String[]::new));
  }

  private String shown(String text) {
    return text.replaceAll("(\\.\\./)+\\S*/after/", "after/").replace(dir + "/", "");
  }

  @Test
  void outliersComeFirstInAThousandBytes() throws IOException {
    bumpWithTwoOutliers();
    Run run = diff("--format", "markdown");
    assertEquals(0, run.code(), run.out() + run.err());
    String comment = shown(run.out());
    assertTrue(comment.getBytes(StandardCharsets.UTF_8).length <= 1000, comment);
    assertTrue(comment.indexOf("10137") > comment.indexOf("service db"), comment);
    assertTrue(comment.indexOf("10001–10200") > comment.indexOf("zone 10137"), comment);
    new GoldenCase("diff-command", "comment").verify(comment);
    new GoldenCase("diff-command", "terminal").verify(shown(diff().out()));
    assertEquals(List.of(), notIn(comment.replace("after/", "")), "README.md shows other changes");
  }

  /// Lines of the comment that the README quotes and that are not there.
  private static List<String> notIn(String comment) throws IOException {
    List<String> quoted =
        Files.readAllLines(Run.ROOT.resolve("README.md")).stream()
            .filter(line -> line.matches("> (- |\\*\\*R\\d).*"))
            .map(line -> line.substring(2))
            .toList();
    assertTrue(quoted.size() >= 3, "README.md quotes no diff");
    return quoted.stream().filter(line -> !comment.contains(line)).toList();
  }

  @Test
  void jsonAndSarifFollowTheirSchemas() throws IOException {
    bumpWithTwoOutliers();
    JsonNode json = JSON.readTree(diff("--format", "json").out());
    try (InputStream in = Files.newInputStream(Run.ROOT.resolve("docs/schemas/diff.schema.json"))) {
      assertEquals(
          Set.of(),
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
              .getSchema(in)
              .validate(json));
    }
    try (InputStream in = DiffTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
      assertEquals(
          Set.of(),
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
              .getSchema(in)
              .validate(JSON.readTree(diff("--format", "sarif").out())));
    }
  }

  @Test
  void buildServersGetFindingsOnLinesOfTheSource() throws Exception {
    bumpWithTwoOutliers();
    List<String> annotations = diff("--format", "github").out().lines().toList();
    assertEquals(3, annotations.size());
    assertTrue(
        annotations.getFirst().contains("network.gops,line=35,title=R6 "), annotations::toString);
    JsonNode quality = JSON.readTree(diff("--format", "gitlab").out());
    assertEquals("blocker", quality.get(0).get("severity").asText());
    String junit = diff("--format", "junit", "--fail-on", "R6").out();
    assertTrue(junit.contains("tests=\"3\" failures=\"1\""), junit);
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(junit.getBytes(StandardCharsets.UTF_8)));
    assertTrue(diff("--format", "html").out().contains("10001–10200 except 10137"));
  }

  @Test
  void exitCodesSayWhetherAnythingOrTooMuchChanges() throws IOException {
    assertEquals(0, diff("--exit-code", "--fail-on", "R0").code());
    bumpWithTwoOutliers();
    assertEquals(6, diff("--exit-code").code());
    assertEquals(7, diff("--exit-code", "--fail-on", "R6").code());
  }

  @Test
  void somebodyMayAnswerForAChange() throws IOException {
    bumpWithTwoOutliers();
    Gops.replace(
        after.resolve("network.gops"),
        "service db",
        "@waive(\"R6\", reason = \"the whole range\", until = \"2027-01-31\")\nservice db");
    assertEquals(0, diff("--fail-on", "R6", "--today", "2027-01-31").code());
    Run late = diff("--fail-on", "R6", "--today", "2027-02-01");
    assertEquals(4, late.code());
    assertTrue(late.out().contains("GOPS7903"), late.out());
  }

  @Test
  void movingTextChangesNothing() throws IOException {
    Path clx = after.resolve("games/clx.gops");
    Gops.replace(clx, "game clx {", "/// A comment.\ngame clx {");
    Gops.replace(
        clx,
        "base               { cpu = 500mcores, memory = 2Gi }",
        "base { cpu = 0.5cores, memory = 2048Mi }");
    Run run = diff("--exit-code");
    assertEquals(0, run.code(), run.out() + run.err());
    assertTrue(run.out().contains("no runtime change"), run.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-such-revision", "-x"})
  void whatIsNoRevisionIsNotReadAsAnOption(String revision) {
    Run run = Gops.run("diff", after.toString(), "--against=" + revision);
    assertEquals(8, run.code(), run.out() + run.err());
    assertTrue(run.out().contains("GOPS2916"), run.out());
    assertEquals(2, Gops.run("diff", after.toString(), "--against=--help").code());
  }

  @Test
  void aCommitIsReadAndNothingOfTheRepositoryRuns() throws Exception {
    Path trap = dir.resolve("trapped");
    Path hook = dir.resolve("hook.sh");
    Files.writeString(hook, "#!/bin/sh\ntouch " + trap + "\n");
    assertTrue(hook.toFile().setExecutable(true));
    git("init", "-q");
    git("config", "core.fsmonitor", hook.toString());
    git("config", "filter.trap.smudge", hook.toString());
    git("config", "diff.trap.textconv", hook.toString());
    Files.writeString(after.resolve(".gitattributes"), "*.gops filter=trap diff=trap\n");
    git("-c", "core.fsmonitor=false", "add", "-A");
    git(
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@example.com",
        "-c",
        "core.fsmonitor=false",
        "commit",
        "-q",
        "-m",
        "before");
    Files.deleteIfExists(trap);
    bumpWithTwoOutliers();
    Run run = Gops.run("diff", after.toString(), "--against", "HEAD");
    assertEquals(0, run.code(), run.out() + run.err());
    assertTrue(run.out().contains("3 changes in 200 zones, worst R6"), run.out());
    assertFalse(Files.exists(trap), "something of the repository ran");
  }

  private void git(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Run run = Run.of(after, Map.of("GIT_CONFIG_GLOBAL", "/dev/null"), command);
    assertEquals(0, run.code(), run.err());
  }
}
