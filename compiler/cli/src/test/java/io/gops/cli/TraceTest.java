package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gops.diagnostic.Palette;
import io.gops.golden.GoldenCase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `gopsc trace` on the example whose two VPCs have the same addresses.
class TraceTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path dir;
  private Path fleet;

  @BeforeEach
  void copyTheExample() throws IOException {
    fleet = Gops.copy("wuxia", dir.resolve("wuxia"));
  }

  private Run trace(String... question) {
    String[] all = new String[question.length + 2];
    all[0] = "trace";
    all[1] = fleet.toString();
    System.arraycopy(question, 0, all, 2, question.length);
    return Gops.run(all);
  }

  private JsonNode json(int code, String question) throws IOException {
    Run run = trace(question, "--format", "json");
    assertEquals(code, run.code(), run.out() + run.err());
    JsonNode report = JSON.readTree(run.out());
    assertEquals(code, report.get("exitCode").asInt());
    return report.get("trace");
  }

  private String shown(Run run) {
    return run.out().replace(fleet + "/", "");
  }

  private static String printed(String name) throws IOException {
    try (InputStream in = TraceTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aConnectionTableByTable() {
    Run run = trace("internet -> 10001:client");
    assertEquals(0, run.code(), run.out() + run.err());
    new GoldenCase("trace-command", "delivered").verify(shown(run));
  }

  @Test
  void whyItIsDroppedAndWhatWouldAllowIt() {
    Run run = trace("clx-10001-a/0 -> clx-10002-b/0:client");
    assertEquals(1, run.code(), run.out() + run.err());
    new GoldenCase("trace-command", "denied").verify(shown(run));
  }

  /// The advice is worth what it does: each rule is written where the command says, and then the
  /// same packet arrives.
  @ParameterizedTest
  @CsvSource({
    "internet -> 10001:admin, 'allow internet -> clx.engine:admin'",
    "clx-10001-a/0 -> clx-10002-b/0:client, 'allow clx.engine.a -> clx.engine.b:client'",
    "clx.b -> clx.a, 'allow clx.b -> clx.a:client'",
    "clx-main.a -> 10003, 'allow clx-main.a -> clx.engine:client'",
    "clx.engine -> internet:443, 'allow clx.engine -> internet:443'",
    "clx-10007-a -> internet:udp/53, 'allow clx.engine -> internet:53'",
    "vpc.wuxia -> clx-10001-a-0:icmp, 'allow vpc.wuxia -> clx.engine.a'",
    "db -> clx-10001-b:admin, 'allow db -> clx.engine:admin'",
  })
  void theRuleThatIsOfferedLetsThePacketThrough(String question, String rule) throws IOException {
    JsonNode before = json(1, question);
    assertFalse(before.get("delivered").asBoolean());
    JsonNode advice = before.get("advice");
    assertEquals(rule, advice.get("rule").asText(), before.toString());
    Path network = fleet.resolve("network.gops");
    String above =
        advice.get("sentence").asText().contains("above") ? "  deny " : "  expect not vpc";
    String first = "vpc = wuxia\n";
    Gops.replace(
        network,
        above.equals("  deny ") ? first : "  expect not vpc.wuxia -> vpc.racing\n",
        above.equals("  deny ") ? first + "  " + rule + "\n" : "  " + rule + "\n");
    Gops.replace(network, "expect not internet -> clx.engine:admin\n", "");
    assertTrue(json(0, question).get("delivered").asBoolean());
  }

  @Test
  void whatNoRuleCanAllow() {
    assertTrue(trace("clx.engine -> racing.engine").out().contains("VPCs never meet"));
    assertTrue(trace("clx.engine -> 10.64.200.200").out().contains("nobody has it"));
    assertTrue(trace("racing.engine -> db").out().contains("backbone = bgw"));
    assertTrue(trace("clx.engine -> db:22").out().contains("declares no such port"));
    assertTrue(trace("clx.engine -> 10.200.1.1:22").out().contains("as a service"));
  }

  @Test
  void aQuestionThatMeansNothingIsWrongUsage() {
    for (String question :
        new String[] {
          "clx.engien -> db",
          "clx.engine -> db:mysqll",
          "clx.engine ->",
          "db -> internet",
          "x y z",
          "0x6000000000000000",
          "clx.engine -> db:99999",
          "-"
        }) {
      Run run = trace(question);
      assertEquals(2, run.code(), question + run.out());
      assertEquals("", run.out());
    }
    assertTrue(trace("clx.engien -> db").err().contains("did you mean clx.engine?"));
    assertTrue(trace("clx.engine -> db:mysqll").err().contains("did you mean mysql?"));
  }

  @Test
  void twoWordsAreAQuestionToo() {
    assertEquals(trace("clx.engine -> db:3306"), trace("clx.engine", "db:mysql"));
  }

  @Test
  void aProgramGetsTheSame() throws IOException {
    JsonNode trace = json(0, "clx.engine -> db:3306");
    JsonNode acl = trace.get("nodes").get(0).get("tables").get(5);
    assertEquals(50, acl.get("table").asInt());
    assertEquals("network.gops", Path.of(acl.get("file").asText()).getFileName().toString());
    assertTrue(acl.get("cookie").asText().startsWith("0x6006"), acl.toString());
    assertEquals("bgw-1", trace.get("nodes").get(1).get("node").asText());
  }

  @Test
  void coloursAreForTerminals() {
    String[] question = {"trace", fleet.toString(), "clx.engine -> db:22"};
    Run coloured = Gops.run(Palette.COLOURED, question);
    assertTrue(coloured.out().contains("\u001b["));
    assertEquals(Gops.run(question).out(), coloured.out().replaceAll("\u001b\\[[0-9;]*m", ""));
  }

  @Test
  void aCookieIsExplained() {
    Run run = trace("0x6006979821780519");
    assertEquals(0, run.code(), run.err());
    new GoldenCase("trace-command", "cookie").verify(shown(run));
  }

  @Test
  void theOutputOfASwitchIsExplained() throws IOException {
    String[] command = {"trace", fleet.toString(), "-"};
    Run allowed = Gops.fed(printed("ofproto-trace-allowed.txt"), command);
    assertEquals(0, allowed.code(), allowed.err());
    new GoldenCase("trace-command", "switch").verify(shown(allowed));
    Run dropped = Gops.fed(printed("ofproto-trace-dropped.txt"), command);
    assertEquals(1, dropped.code(), dropped.err());
  }

  @Test
  void aBrokenFleetIsReportedInstead() throws IOException {
    Gops.replace(fleet.resolve("network.gops"), "allow clx.engine -> db:3306", "allow clx -> dbx");
    Run run = trace("clx.engine -> db");
    assertEquals(3, run.code(), run.out());
    assertTrue(run.out().contains("did you mean db?") || run.out().contains("dbx"), run.out());
  }
}
