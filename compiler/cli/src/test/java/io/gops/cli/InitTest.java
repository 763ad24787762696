package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InitTest {
  @TempDir Path dir;

  private Run init(Story story) {
    return Gops.run("init", story.word(), dir.resolve("new").toString());
  }

  private Run compile() {
    return Gops.run("compile", dir.resolve("new").toString(), "-o", dir.resolve("out").toString());
  }

  @ParameterizedTest
  @EnumSource(Story.class)
  void whatItWritesCompilesWithoutAWord(Story story) {
    assertEquals(0, init(story).code());
    Run run = compile();
    assertEquals(0, run.code(), run.out() + run.err());
    assertEquals("", run.err());
    assertFalse(run.out().contains("warning["), run.out());
    assertEquals(0, Gops.run("test", dir.resolve("new").toString()).code());
  }

  @ParameterizedTest
  @EnumSource(Story.class)
  void whatItWritesIsCheckedFormattedAndLintClean(Story story) {
    assertEquals(0, init(story).code());
    String folder = dir.resolve("new").toString();
    for (String[] command :
        new String[][] {
          {"check", folder}, {"fmt", "--check", folder}, {"lint", "--strict", folder}
        }) {
      Run run = Gops.run(command);
      assertEquals(0, run.code(), command[0] + "\n" + run.out() + run.err());
      assertEquals("", run.err(), command[0]);
      assertFalse(run.out().contains("warning["), run.out());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Story.class,
      names = {"AB", "HOT_UPDATE"})
  void itsReleaseHasARunbookWhereTheReadmeSays(Story story) throws IOException {
    init(story);
    compile();
    String readme = Files.readString(dir.resolve("new/README.md"));
    String runbook = readme.replaceFirst("(?s).*less (\\S+).*", "$1");
    assertTrue(Files.exists(dir.resolve(runbook)), runbook);
  }

  @Test
  void replacingAHostWorksAsItsReadmeSays() throws IOException {
    init(Story.REPLACE_HOST);
    assertEquals(0, compile().code());
    Path machines = dir.resolve("new/machines.gops");
    Gops.replace(
        machines,
        "      memory   = 16Gi\n",
        "      memory   = 16Gi\n      override 2 { state = failed }\n");
    Files.writeString(
        machines,
        Files.readString(machines) + "\nrelease replace_host node-2-died { host = node-2 }\n");
    Run run = compile();
    assertEquals(0, run.code(), run.out());
    assertTrue(Files.exists(dir.resolve("out/prod/main/rollout/node-2-died/runbook.md")));
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    Path mine = Files.createDirectories(dir.resolve("new")).resolve("game.gops");
    Files.writeString(mine, "mine");
    Run run = init(Story.AB);
    assertEquals(8, run.code());
    assertTrue(run.err().contains("game.gops exists; nothing was written"), run.err());
    assertEquals("mine", Files.readString(mine));
    assertFalse(Files.exists(dir.resolve("new/fleet.gops")));
  }

  @Test
  void theStoryMayBeLeftOut() {
    assertEquals(0, Gops.run("init", dir.resolve("new").toString()).code());
    assertTrue(Files.exists(dir.resolve("new/game.gops")));
  }

  @Test
  void anUnknownStoryIsRefusedWithTheOneThatWasMeant() {
    Run run = Gops.run("init", "hotupdate", dir.resolve("new").toString());
    assertEquals(2, run.code());
    assertTrue(run.err().contains("did you mean hot-update?"), run.err());
    assertFalse(Files.exists(dir.resolve("new")));
  }
}
