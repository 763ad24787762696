package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The state of a fleet from what its cluster holds.
class StateImportTest {
  @TempDir Path dir;

  private Path fleet;
  private Path state;

  @BeforeEach
  void compileAFleetThatHasNotRunYet() throws IOException {
    fleet = Gops.copy("wuxia", dir.resolve("fleet"));
    state = fleet.resolve("state/prod.jsonl");
    Run compiled = Gops.run("compile", fleet.toString(), "-o", dir.resolve("out").toString());
    assertEquals(0, compiled.code(), compiled.out());
  }

  @Test
  void whatCompileWroteAndSomebodyAppliedIsTheStateOfStartedZones() throws Exception {
    Run run = imports(objects());
    assertEquals(0, run.code(), run.out());
    String imported = Files.readString(state);
    Files.delete(state);
    StartedZones.write(fleet);
    assertEquals(Files.readString(state), imported);
    assertEquals(0, Gops.run("check", fleet.toString()).code());
  }

  @Test
  void aTemplateThatSomebodyChangedIsKeptAsItRuns() throws Exception {
    String changed =
        objects()
            .replaceFirst("terminationGracePeriodSeconds: 100", "terminationGracePeriodSeconds: 7");
    Run run = imports(changed);
    assertEquals(0, run.code(), run.out());
    assertTrue(
        run.out().contains("clx-10001-a does not run what version 1.8.3 compiles to"), run.out());
    assertTrue(Files.readString(state).contains("\"terminationGracePeriodSeconds\":7"));
  }

  @Test
  void theVersionIsTheOneWhoseImagesRun() throws Exception {
    String source = Files.readString(fleet.resolve("games/clx.gops"));
    String next =
        source
            .lines()
            .dropWhile(line -> !line.contains("version \"1.8.3-hot1\""))
            .filter(line -> line.contains("scripts"))
            .findFirst()
            .orElseThrow()
            .replaceAll(".*scripts:([^\"]*)\".*", "$1");
    String objects = objects();
    String set = objects.substring(objects.indexOf("  name: clx-10001-a\n"));
    String image = set.replaceAll("(?s).*?/scripts:(\\S+).*", "$1");
    int at = objects.indexOf("/scripts:" + image);
    String moved =
        objects.substring(0, at)
            + "/scripts:"
            + next
            + objects.substring(at + "/scripts:".length() + image.length());
    assertEquals(0, imports(moved).code());
    assertTrue(
        Files.readString(state)
            .startsWith(
                "{\"group\":\"10001\",\"live\":\"a\",\"sides\":{\"a\":{\"version\":\"1.8.3-hot1\",\"replicas\":1"),
        Files.readString(state).substring(0, 200));
  }

  @Test
  void whereBothSidesRunSomebodyHasToSayWhichIsLive() throws Exception {
    String objects =
        objects()
            .replaceFirst("(?s)(name: clx-10001-b\n  namespace: clx\nspec:\n  replicas: )0", "$11");
    Run asked = imports(objects);
    assertEquals(3, asked.code());
    assertTrue(asked.out().contains("GOPS2922"), asked.out());
    assertTrue(asked.out().contains("--live 10001=a"), asked.out());
    assertTrue(!Files.exists(state));
    Run told =
        Gops.fed(objects, "state", "import", fleet.toString(), "--live", "10001=b", "--print");
    assertEquals(0, told.code(), told.out());
    assertTrue(told.out().startsWith("{\"group\":\"10001\",\"live\":\"b\""), told.out());
    assertTrue(!Files.exists(state));
  }

  @Test
  void setsOfOthersAndGroupsWithoutASetAreNamed() throws Exception {
    String one =
        """
        apiVersion: v1
        kind: List
        items:
        - apiVersion: game.kruise.io/v1alpha1
          kind: GameServerSet
          metadata: { name: minecraft, namespace: default }
          spec: { replicas: 3, gameServerTemplate: { spec: { containers: [] } } }
        """;
    Run run = imports(one);
    assertEquals(0, run.code(), run.out());
    assertTrue(run.out().contains("not of this fleet: default/minecraft"), run.out());
    assertTrue(run.out().contains("no set runs for groups 10001, 10002"), run.out());
    assertEquals("", Files.readString(state));
  }

  @Test
  void whatIsNoYamlIsRefusedAtItsLine() throws Exception {
    Path file = dir.resolve("broken.yaml");
    Files.writeString(file, "kind: List\nitems: [\n");
    Run run = Gops.run("state", "import", fleet.toString(), file.toString());
    assertEquals(3, run.code());
    assertTrue(run.out().contains("GOPS2921") && run.out().contains("broken.yaml:"), run.out());
  }

  private Run imports(String objects) {
    return Gops.fed(objects, "state", "import", fleet.toString());
  }

  private String objects() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(dir.resolve("out/prod/hz/kubernetes"))) {
      List<Path> zones =
          files.filter(file -> file.getFileName().toString().startsWith("zone-")).sorted().toList();
      for (Path zone : zones) {
        all.append("---\n").append(Files.readString(zone));
      }
    }
    return all.toString();
  }
}
