package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gops.diagnostic.Palette;
import io.gops.golden.GoldenCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `gopsc capacity` and `gopsc verify` on an example, as a person and as a program read them.
class CapacityTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path dir;
  private Path fleet;

  @BeforeEach
  void copyTheExample() throws IOException {
    fleet = Gops.copy("wuxia", dir.resolve("wuxia"));
  }

  private Run capacity(String... options) {
    return Gops.run(arguments("capacity", options));
  }

  private Run verify(String... options) {
    return Gops.run(arguments("verify", options));
  }

  private String[] arguments(String command, String... options) {
    List<String> all = new ArrayList<>(List.of(command, fleet.toString()));
    all.addAll(List.of(options));
    return all.toArray(String[]::new);
  }

  private JsonNode answer(int code, String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("--format", "json"));
    Run run = capacity(all.toArray(String[]::new));
    assertEquals(code, run.code(), run.out() + run.err());
    assertEquals("", run.err());
    assertEquals(run, capacity(all.toArray(String[]::new)), "the same question, the same answer");
    return JSON.readTree(run.out()).get("capacity").get(0);
  }

  @Test
  void theTightestHostsAndWhatMoreFits() {
    Run run = capacity();
    assertEquals(0, run.code(), run.out());
    new GoldenCase("capacity-command", "wuxia").verify(run.out());
    assertTrue(run.out().lines().allMatch(line -> line.length() <= 100), run.out());
  }

  @Test
  void whatAPoolLacksAndWhatWouldHelp() {
    Run run = capacity("--what-if", "players +40%");
    assertEquals(4, run.code(), run.out());
    new GoldenCase("capacity-command", "too-many-players").verify(shown(run));
  }

  private String shown(Run run) {
    return run.out().replace(fleet + "/", "");
  }

  @Test
  void networksBesideEachOther() throws IOException {
    Run run = capacity("--network");
    assertEquals(0, run.code(), run.out());
    String table = run.out().substring(run.out().indexOf("\nnetwork ") + 1);
    new GoldenCase("capacity-command", "network").verify(table);
    JsonNode networks =
        JSON.readTree(capacity("--network", "--format", "json").out()).get("networks");
    assertEquals(4, networks.size());
    assertEquals(408, networks.get(1).get("routes").asInt(), "one route for each server");
    assertEquals(136, networks.get(1).get("maxRoutes").asInt(), "what the routers hold");
    assertTrue(
        networks.get(1).get("cannotGive").asText().contains("routes (the routers hold 136)"));
    assertTrue(networks.get(1).get("cannotGive").asText().contains("equal addresses"));
  }

  @Test
  void coloursAreForTerminals() {
    Run plain = Gops.run(Palette.PLAIN, arguments("capacity"));
    Run coloured = Gops.run(Palette.COLOURED, arguments("capacity"));
    assertFalse(plain.out().contains("\u001b"));
    assertTrue(coloured.out().contains("\u001b[1mtightest hosts"));
    assertEquals(plain.out(), coloured.out().replaceAll("\u001b\\[[0-9;]*m", ""));
    Run json = Gops.run(Palette.COLOURED, arguments("capacity", "--format", "json"));
    assertFalse(json.out().contains("\u001b"));
  }

  @Test
  void aProgramGetsTheSameNumbers() throws IOException {
    JsonNode answer = answer(0);
    assertTrue(answer.get("holds").asBoolean());
    assertEquals(10, answer.get("tightest").size());
    assertEquals(
        answer.get("worstInstantPermille"),
        answer.get("tightest").get(0).get("worstInstantPermille"));
    JsonNode pool = answer.get("pools").get(0);
    assertEquals("hangzhou.std", pool.get("pool").asText());
    assertTrue(pool.get("largestSafeWave").asInt() >= 1);
  }

  @Test
  void hostsForMoreZones() throws IOException {
    JsonNode set = answer(0, "--add-zones", "50").get("pools").get(0).get("sets").get(0);
    assertEquals(50, set.get("addedZones").asInt());
    assertTrue(set.get("hostsNeeded").asInt() > 0);
    assertTrue(set.get("zonesThatFit").asInt() < 50);
    Run run = capacity("--add-zones", "50");
    assertTrue(run.out().contains("50 more zones of clx-main: "), run.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"hz-g017", "hz-g001,hz-g030"})
  void lostHosts(String names) throws IOException {
    JsonNode loss = answer(0, "--fail", names).get("loss");
    assertEquals(List.of(names.split(",", -1)), texts(loss.get("hosts")));
    assertTrue(loss.get("holds").asBoolean());
    assertFalse(loss.get("groups").isEmpty());
    for (JsonNode group : loss.get("groups")) {
      assertFalse(texts(loss.get("hosts")).contains(group.get("host").asText()), group.toString());
    }
    assertTrue(capacity("--fail", names).out().contains("restart elsewhere"));
  }

  @Test
  void aLostRackIsAllOfItsHosts() throws IOException {
    String rack = rackOf("hz-g017");
    JsonNode loss = answer(0, "--fail", rack).get("loss");
    assertTrue(loss.get("hosts").size() > 1, loss.toString());
    assertEquals(loss, answer(0, "--fail", String.join(",", texts(loss.get("hosts")))).get("loss"));
  }

  @Test
  void moreLossesThanThePoolHolds() throws IOException {
    JsonNode all = answer(0, "--fail", allHosts()).get("loss");
    assertFalse(all.get("holds").asBoolean());
    assertEquals(List.of("hangzhou.std"), texts(all.get("fullPools")));
    assertTrue(
        capacity("--fail", allHosts()).out().contains("no place is found for everything in pool"));
  }

  private String allHosts() throws IOException {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      names.add("hz-g%03d".formatted(i));
    }
    assertTrue(answer(0).get("tightest").size() > 0);
    return String.join(",", names);
  }

  private String rackOf(String host) throws IOException {
    Path certificate = dir.resolve("racks.json");
    assertEquals(0, capacity("--certificate", certificate.toString()).code());
    for (JsonNode pool : JSON.readTree(Files.readString(certificate)).get("pools")) {
      for (JsonNode machine : pool.get("machines")) {
        if (machine.get("name").asText().equals(host)) {
          return machine.get("rack").asText();
        }
      }
    }
    throw new AssertionError(host);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(node -> texts.add(node.asText()));
    return texts;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "players of clx-main -20%",
        "memory per player -20%",
        "cpu per player of clx -50%",
        "keeps_after_logout 0%",
        "keeps_after_logout of clx 20%",
        "hosts of hangzhou.std +3",
        "per_host 1",
        "margin memory of hangzhou.std 5%",
        "players +40%, hosts of hangzhou.std +40",
      })
  void changesWithWhichItHolds(String change) throws IOException {
    assertTrue(answer(0, "--what-if", change).get("holds").asBoolean());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "players of clx-main +40%",
        "memory per player +60%",
        "hosts of hangzhou.std -20",
        "margin memory 60%",
        "hosts of hangzhou.std +40, players +300%",
      })
  void changesWithWhichItDoesNot(String change) throws IOException {
    JsonNode answer = answer(4, "--what-if", change);
    assertFalse(answer.get("holds").asBoolean());
    assertFalse(answer.get("pools").get(0).get("holds").asBoolean());
  }

  /// What is offered works when it is asked for, and one step less does not.
  @Test
  void theRemediesThatAreOfferedWork() throws IOException {
    JsonNode pool = answer(4, "--what-if", "players +40%").get("pools").get(0);
    List<String> remedies = texts(pool.get("remedies"));
    assertFalse(remedies.isEmpty());
    for (String remedy : remedies) {
      answer(0, "--what-if", "players +40%", "--what-if", remedy);
    }
  }

  @Test
  void movesAreExplained() throws IOException {
    assertEquals(0, Gops.run("compile", fleet.toString(), "-o", out().toString()).code());
    assertEquals(0, answer(0, "--explain-moves").get("moves").size());
    assertTrue(capacity("--explain-moves").out().contains("0 placements differ from the lock"));
    Gops.replace(fleet.resolve("lock/prod.lock"), "hz-g017", "hz-g999");
    JsonNode moves = answer(0, "--explain-moves").get("moves");
    assertTrue(moves.size() > 0);
    assertTrue(capacity("--explain-moves").out().contains("is no host of its pool any more"));
  }

  private Path out() {
    return dir.resolve("out");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--what-if|playrs +20%|'playrs' cannot be changed; did you mean players?",
        "--what-if|players 20%|'players 20%' is not like 'players [of ZONES",
        "--what-if|players of clx-mian +2%|named clx-mian; did you mean clx-main?",
        "--fail|hz-g17|no host or rack is named hz-g17; did you mean hz-g017?",
        "--add-zones|-1|--add-zones must be 0 to 100000",
        "--add-zones|many|Invalid value for option '--add-zones'",
        "--format|yaml|'yaml' is not one of",
      })
  void wrongUsageIsExplained(String option, String value, String said) {
    Run run = capacity(option, value);
    assertEquals(2, run.code(), run.out());
    assertEquals("", run.out());
    assertTrue(run.err().contains(said), run.err());
  }

  @Test
  void helpShowsTheGrammar() {
    Run run = Gops.run("capacity", "--help");
    assertEquals(0, run.code());
    for (String form :
        List.of(
            "players [of ZONES|GAME|POOL|ZONE] +20%",
            "hosts of POOL +3",
            "keeps_after_logout [of GAME] 60%",
            "margin cpu|memory|… [of POOL] 5%")) {
      assertTrue(run.out().contains(form), run.out());
    }
  }

  @Test
  void aSourceThatCannotBeReadSaysOnlyThat() throws IOException {
    Gops.replace(fleet.resolve("releases.gops"), "release ab_switch", "relase ab_switch");
    Run run = capacity("--fail", "nobody", "--what-if", "players of nobody +1%");
    assertEquals(3, run.code(), run.out());
    assertFalse(run.out().contains("tightest"), run.out());
  }

  @Test
  void verifyAcceptsWhatCompileWrote() {
    assertEquals(0, Gops.run("compile", fleet.toString(), "-o", out().toString()).code());
    Run run = verify("-o", out().toString());
    assertEquals(0, run.code(), run.out());
    assertTrue(run.out().contains("groups on 40 hosts hold at every instant"), run.out());
    assertEquals(0, verify("-o", out().toString(), "--env", "prod").code());
  }

  @Test
  void verifyNoticesWhatWasAltered() throws IOException {
    assertEquals(0, Gops.run("compile", fleet.toString(), "-o", out().toString()).code());
    Path certificate = out().resolve("prod/hz/report/certificate.json");
    Gops.replace(certificate, "\"primary\":\"hz-g017\"", "\"primary\":\"hz-g018\"");
    Run run = verify("-o", out().toString());
    assertEquals(4, run.code(), run.out());
    assertTrue(run.out().contains("error[GOPS3024]"), run.out());
    assertTrue(run.out().contains("error[GOPS3025]"), run.out());
  }

  @Test
  void verifyNeedsACertificate() throws IOException {
    Run missing = verify("-o", dir.resolve("nothing").toString());
    assertTrue(missing.code() != 0 && missing.out().contains("GOPS3022"), missing.out());
    Path file = Files.writeString(dir.resolve("broken.json"), "{\"format\":");
    Run broken = verify("--certificate", file.toString());
    assertTrue(broken.code() != 0 && broken.out().contains("GOPS3023"), broken.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "players +0%|0|hold at every instant",
        "players +300%|0|have no placement: 1 pools cannot carry what they must",
      })
  void verifyChecksEachKindOfAnswer(String change, int code, String said) {
    Path file = dir.resolve("certificate.json");
    capacity("--what-if", change, "--certificate", file.toString());
    Run run = verify("--certificate", file.toString());
    assertEquals(code, run.code(), run.out());
    assertTrue(run.out().contains(said), run.out());
  }

  @Test
  void anAnswerThatNobodyKnowsIsNoProof() throws IOException {
    Path file = dir.resolve("certificate.json");
    capacity("--certificate", file.toString());
    String text = Files.readString(file);
    assertTrue(text.contains("\"groups\":["));
    Files.writeString(
        file,
        text.substring(0, text.lastIndexOf("]}"))
            .replaceFirst("}\\s*$", ",\"undecided\":{\"orphans\":[],\"placed\":[]}}]}"));
    Run run = verify("--certificate", file.toString());
    assertEquals(4, run.code(), run.out());
    assertTrue(run.out().contains("is undecided, which is no proof"), run.out());
  }
}
