package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gops.golden.GoldenCase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `gopsc plan` on the examples, as a person and as a program read it.
class PlanCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(strings = {"wuxia", "five-zones", "teahouse"})
  void whatReleasesWouldDo(String example) {
    String fleet = Path.of(System.getProperty("gops.root"), "examples", example).toString();
    Run run = Gops.run("plan", fleet, "--simulate", "100");
    assertEquals(0, run.code(), run.out() + run.err());
    assertTrue(run.out().lines().allMatch(line -> line.length() <= 100), run.out());
    assertEquals(run, Gops.run("plan", fleet, "--simulate", "100"));
    new GoldenCase("plan-command", example).verify(run.out());
  }

  @Test
  void playsEndInFourKindsOfStateOnly() throws IOException {
    String fleet = Gops.copy("wuxia", dir.resolve("wuxia")).toString();
    Run run =
        Gops.run(
            "plan", fleet, "clx-1-8-4", "--simulate", "1000", "--seed", "7", "--format", "json");
    assertEquals(0, run.code(), run.out() + run.err());
    JsonNode plans = JSON.readTree(run.out()).get("plans");
    assertEquals(1, plans.size());
    Set<String> ends = new TreeSet<>();
    int plays = 0;
    for (JsonNode end : plans.get(0).get("endings")) {
      ends.add(end.get("end").asText());
      plays += end.get("plays").asInt();
    }
    assertEquals(Set.of("done", "as_before", "paused", "rolled_back"), ends);
    assertEquals(1000, plays);
    assertEquals(6, plans.get(0).get("waves").size());
  }

  @Test
  void onlyWhatIsAskedFor() throws IOException {
    String fleet = Gops.copy("wuxia", dir.resolve("wuxia")).toString();
    assertTrue(!Gops.run("plan", fleet, "clx-1-8-3-hot1").out().contains("clx-1-8-4"));
    Run slip = Gops.run("plan", fleet, "clx-1-8-5");
    assertEquals(2, slip.code());
    assertTrue(slip.err().contains("did you mean clx-1-8-4?"), slip.err());
    assertEquals(2, Gops.run("plan", fleet, "--simulate", "-1").code());
  }

  @Test
  void whetherAnEngineHasLoadedItsFilesIsAskedOrSaid() throws IOException {
    Path fleet = Gops.copy("web2048", dir.resolve("web2048"));
    String said = "nothing confirms that it has loaded";
    assertTrue(Gops.run("plan", fleet.toString(), "inotify-v2").out().contains(said));
    int steps = steps(fleet);
    Gops.replace(
        fleet.resolve("web2048.gops"),
        "reload inotify { settle = 2s }",
        "reload inotify { settle = 2s, confirm = [\"/app/loaded.sh\"] }");
    assertTrue(!Gops.run("plan", fleet.toString(), "inotify-v2").out().contains(said));
    assertTrue(steps(fleet) > steps, "a step asks");
  }

  private static int steps(Path fleet) throws IOException {
    Run run = Gops.run("plan", fleet.toString(), "inotify-v2", "--format", "json");
    assertEquals(0, run.code(), run.out() + run.err());
    return JSON.readTree(run.out()).get("plans").get(0).get("steps").asInt();
  }
}
