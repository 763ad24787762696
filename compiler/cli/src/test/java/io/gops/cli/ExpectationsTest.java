package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/// `gopsc test` on the expectations of an example, and on some that do not hold.
class ExpectationsTest {
  @TempDir Path dir;
  private Path fleet;

  @BeforeEach
  void copyTheExample() throws IOException {
    fleet = Gops.copy("wuxia", dir);
  }

  private void expect(String rules) throws IOException {
    Files.writeString(fleet.resolve("network.gops"), "\n" + rules, StandardOpenOption.APPEND);
  }

  @Test
  void saysThatEachHolds() {
    Run run = Gops.run("test", fleet.toString());
    assertEquals(0, run.code(), run.out());
    assertTrue(run.out().contains("pass  prod  expect "), run.out());
    assertTrue(run.out().lines().anyMatch(l -> l.matches("(\\d+) of \\1 expectations hold")));
  }

  @Test
  void saysWhichDoesNotAndWhy() throws IOException {
    expect("expect not internet -> clx.engine:client\n");
    Run run = Gops.run("test", fleet.toString());
    assertEquals(4, run.code(), run.out());
    assertTrue(
        run.out().contains("FAIL  prod  expect not internet -> clx.engine:client"), run.out());
    assertTrue(run.out().contains("error[GOPS4009]"), run.out());
    assertTrue(run.out().contains("pass  prod  expect "), run.out());
  }

  @Test
  void capacityIsExpectedAsFarAsItIsProved() throws IOException {
    expect("expect fits\nexpect fits { failed_hosts = 9 }\nexpect not fits { failed_hosts = 9 }\n");
    Run run = Gops.run("test", fleet.toString());
    assertEquals(4, run.code(), run.out());
    assertTrue(run.out().contains("pass  prod  expect fits  ("), run.out());
    assertTrue(run.out().contains("FAIL  prod  expect fits { failed_hosts = 9 }"), run.out());
    assertTrue(run.out().contains("pass  prod  expect not fits { failed_hosts = 9 }"), run.out());
    assertTrue(run.out().contains("error[GOPS3026]"), run.out());
    assertTrue(run.out().contains("skip  prod  expect not vpc.wuxia"), run.out());
  }

  @Test
  void junitAndJsonHaveEachRule() throws Exception {
    expect("expect not internet -> clx.engine:client\n");
    Run junit = Gops.run("test", fleet.toString(), "--format", "junit");
    assertEquals(4, junit.code());
    Document xml = ReportFormatsTest.xml(junit.out());
    Element suite = (Element) xml.getElementsByTagName("testsuite").item(0);
    assertEquals("1", suite.getAttribute("failures"));
    Run run = Gops.run("test", fleet.toString(), "--format", "json");
    assertEquals(4, run.code());
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertEquals(1, json.get("failed").asInt());
    assertEquals(suite.getAttribute("tests"), Integer.toString(json.get("expectations").size()));
  }

  @Test
  void junitSaysWhichDidNotRun() throws Exception {
    expect("expect fits { failed_hosts = 9 }\n");
    Run junit = Gops.run("test", fleet.toString(), "--format", "junit");
    assertEquals(4, junit.code());
    Element suite =
        (Element) ReportFormatsTest.xml(junit.out()).getElementsByTagName("testsuite").item(0);
    int skipped = suite.getElementsByTagName("skipped").getLength();
    assertEquals(Integer.toString(skipped), suite.getAttribute("skipped"));
    assertTrue(skipped > 0, junit.out());
    assertEquals("1", suite.getAttribute("failures"));
    assertEquals(
        suite.getAttribute("tests"),
        Integer.toString(suite.getElementsByTagName("testcase").getLength()));
  }

  @Test
  void whatATemplateExpectsOfEachGameIsOneRule() throws IOException {
    Path network = fleet.resolve("network.gops");
    Gops.replace(network, "  allow internet -> racing.engine:client\n", "");
    Gops.replace(network, "policy racing-traffic {", "policy racing-traffic from policies.Open {");
    Files.writeString(
        network, "import \"std/policies.gops\" as policies\n" + Files.readString(network));
    Run run = Gops.run("test", fleet.toString());
    assertEquals(0, run.code(), run.out());
    String rule = "pass  prod  expect internet -> servers:client  (std/policies.gops:";
    assertEquals(1, run.out().lines().filter(line -> line.startsWith(rule)).count(), run.out());
  }

  @Test
  void aFailureIsSaidForTheEnvironmentThatHasIt() throws IOException {
    Path both = Gops.copy("five-zones", dir.resolve("both"));
    Gops.replace(
        both.resolve("staging.gops"),
        "vpc arena {",
        "expect not internet -> arena.engine:client\n\nvpc arena {");
    Run run = Gops.run("test", both.toString());
    assertEquals(4, run.code(), run.out());
    assertTrue(run.out().contains("FAIL  staging  expect not internet"), run.out());
    assertTrue(run.out().contains("pass  prod  expect internet -> arena"), run.out());
    assertTrue(run.out().contains("pass  staging  expect internet -> arena"), run.out());
  }

  @Test
  void whatCannotBeReadIsReportedAsCheckDoes() throws IOException {
    expect("expect not nowhere -> clx.engine:client\n");
    Run run = Gops.run("test", fleet.toString());
    assertEquals(3, run.code(), run.out());
    assertTrue(run.out().contains("error[GOPS2"), run.out());
  }

  @Test
  void nothingExpectedIsSaid() throws IOException {
    Path single = Gops.copy("web2048", dir.resolve("single"));
    Run run = Gops.run("test", single.toString());
    assertEquals(0, run.code(), run.out());
    assertTrue(run.out().contains("nothing is expected"), run.out());
  }
}
