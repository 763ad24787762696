package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/// What `--format` prints, read by the readers of each format.
class ReportFormatsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path dir;
  private Path fleet;

  @BeforeEach
  void copyTheExample() throws IOException {
    fleet = Gops.copy("wuxia", dir.resolve("wu xia,100%"));
  }

  /// Several mistakes in two files, one of them with a fix, one with text that tries to be more.
  private void spoil() throws IOException {
    Gops.replace(fleet.resolve("games/clx.gops"), "display = ", "displya = ");
    Gops.replace(
        fleet.resolve("network.gops"), "{\n  addresses", "{\n  kind = nowhere\n  addresses");
    append(
        """
        game evil { owner = "::error::\\n##[command]<&]]>", x = 1 }
        import "::warning::%0A<b>.gops"
        """);
  }

  private void append(String text) throws IOException {
    Files.writeString(fleet.resolve("network.gops"), text, StandardOpenOption.APPEND);
  }

  private Run check(String format) {
    return Gops.run("check", fleet.toString(), "--format", format);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sarifFollowsItsSchema(boolean isSpoilt) throws IOException {
    if (isSpoilt) {
      spoil();
    }
    Run run = check("sarif");
    assertEquals(isSpoilt ? 3 : 0, run.code(), run.out());
    assertEquals("", run.err());
    assertEquals(Set.of(), schema().validate(JSON.readTree(run.out())));
  }

  private static JsonSchema schema() throws IOException {
    try (InputStream in =
        ReportFormatsTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(in);
    }
  }

  @Test
  void sarifNamesRulesOnceAndPlacesFromOne() throws IOException {
    spoil();
    JsonNode run = JSON.readTree(check("sarif").out()).get("runs").get(0);
    JsonNode driver = run.get("tool").get("driver");
    assertEquals("gopsc", driver.get("name").asText());
    assertFalse(driver.get("version").asText().isEmpty());
    List<String> rules = new ArrayList<>();
    for (JsonNode rule : driver.get("rules")) {
      rules.add(rule.get("id").asText());
      assertTrue(
          rule.get("help").get("markdown").asText().startsWith("# " + rule.get("id").asText()));
      assertFalse(rule.get("shortDescription").get("text").asText().contains("{0}"));
    }
    assertEquals(rules.stream().distinct().sorted().toList(), rules);
    assertTrue(run.get("results").size() >= 3);
    for (JsonNode result : run.get("results")) {
      assertEquals(result.get("ruleId").asText(), rules.get(result.get("ruleIndex").asInt()));
      for (JsonNode location : result.get("locations")) {
        String uri = location.get("physicalLocation").get("artifactLocation").get("uri").asText();
        assertTrue(uri.endsWith(".gops"), uri);
        assertTrue(uri.contains("/wu%20xia%2C100%25/"), uri);
        assertFalse(uri.contains(":") || uri.startsWith("/"), uri);
        URI here = Path.of("").toAbsolutePath().toUri();
        assertTrue(Files.exists(Path.of(here.resolve(uri))), uri);
        JsonNode region = location.get("physicalLocation").get("region");
        region.forEach(number -> assertTrue(number.asInt() >= 1));
      }
    }
  }

  @Test
  void sarifOfAProblemWithoutAPlaceNamesTheFleet() throws IOException {
    Run run = Gops.run("check", fleet.toString(), "--env", "nowhere", "--format", "sarif");
    assertEquals(3, run.code(), run.out());
    JsonNode sarif = JSON.readTree(run.out());
    assertEquals(Set.of(), schema().validate(sarif));
    String uri =
        sarif.at("/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri").asText();
    assertTrue(uri.startsWith("../") && uri.endsWith("/fleet.gops"), uri);
  }

  @Test
  void gitHubCommandsStandOnLinesOfTheirOwn() throws IOException {
    spoil();
    Run run = check("github");
    assertEquals(3, run.code());
    for (String line : run.out().lines().toList()) {
      assertTrue(line.matches("::(error|warning|notice) (file|title)=.*"), line);
    }
    assertTrue(run.out().contains("wu xia%2C100%25/"), run.out());
    assertTrue(run.out().contains("::warning::%250A<b>"), run.out());
  }

  @Test
  void gitHubShowsTenOfAKindAndCountsTheRest() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 25; i++) {
      text.append("game g").append(i).append(" { nothing").append(i).append(" = 1 }\n");
    }
    append(text.toString());
    List<String> lines = check("github").out().lines().toList();
    List<String> errors = lines.stream().filter(line -> line.startsWith("::error ")).toList();
    assertEquals(10, errors.size());
    assertTrue(
        lines.getLast().matches("::notice title=gopsc::\\+\\d+ more errors.*"), lines.getLast());
  }

  @Test
  void gitLabFingerprintsSurviveAnEditAbove() throws IOException {
    spoil();
    JsonNode before = JSON.readTree(check("gitlab").out());
    Path file = fleet.resolve("network.gops");
    Files.writeString(file, "// one\n// two\n" + Files.readString(file));
    JsonNode after = JSON.readTree(check("gitlab").out());
    assertTrue(before.size() >= 3);
    Set<String> prints = new HashSet<>();
    before.forEach(issue -> assertTrue(prints.add(issue.get("fingerprint").asText())));
    after.forEach(issue -> assertTrue(prints.contains(issue.get("fingerprint").asText())));
    assertNotEquals(before, after);
    for (JsonNode issue : before) {
      assertTrue(issue.get("location").get("lines").get("begin").asInt() >= 1);
      assertTrue(Set.of("critical", "minor", "info").contains(issue.get("severity").asText()));
    }
  }

  @Test
  void gitLabIsAnEmptyListWhenAllIsWell() throws IOException {
    assertEquals(0, JSON.readTree(check("gitlab").out()).size());
  }

  @Test
  void junitHasACaseForEachFinding() throws Exception {
    spoil();
    Document xml = xml(check("junit").out());
    Element suite = (Element) xml.getElementsByTagName("testsuite").item(0);
    int cases = xml.getElementsByTagName("testcase").getLength();
    assertEquals(Integer.toString(cases), suite.getAttribute("tests"));
    assertEquals(
        Integer.toString(xml.getElementsByTagName("failure").getLength()),
        suite.getAttribute("failures"));
    assertTrue(cases >= 3);
  }

  @Test
  void junitHasOneCaseWhenAllIsWell() throws Exception {
    Document xml = xml(check("junit").out());
    assertEquals(1, xml.getElementsByTagName("testcase").getLength());
    assertEquals(0, xml.getElementsByTagName("failure").getLength());
  }

  static Document xml(String text) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
