package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `gopsc diff` where what it is to compare with is not there: it says so, and what helps.
class DiffBaselineTest {
  @TempDir Path dir;
  private Path fleet;

  @BeforeEach
  void aFleet() throws IOException {
    fleet = Gops.copy("five-zones", dir.resolve("repository/fleet"));
  }

  private static void git(Path folder, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
    command.addAll(List.of("-c", "user.name=t", "-c", "user.email=t@example.com"));
    command.addAll(List.of(arguments));
    Run run = Run.of(folder, Map.of(), command);
    assertEquals(0, run.code(), run.err());
  }

  private void committed() throws Exception {
    Path repository = dir.resolve("repository");
    git(repository, "init", "--quiet", "--initial-branch=main");
    for (String message : List.of("one", "two")) {
      git(repository, "add", "--all");
      git(repository, "commit", "--quiet", "--allow-empty", "--message", message);
    }
  }

  private static void fails(Run run, String problem, String help) {
    assertEquals(8, run.code(), run.out() + run.err());
    assertTrue(run.out().startsWith("error[GOPS2916]: " + problem), run.out());
    assertTrue(run.out().contains("= help: " + help), run.out());
  }

  @Test
  void outsideACheckout() {
    Run run = Gops.run("diff", fleet.toString());
    fails(
        run,
        "there is nothing to compare with: " + fleet + " is in no checkout of git",
        "name a folder that has the fleet as it was: --against DIR");
  }

  @Test
  void beforeTheFirstCommit() throws Exception {
    git(dir.resolve("repository"), "init", "--quiet");
    fails(
        Gops.run("diff", fleet.toString()),
        "there is nothing to compare with: git knows no HEAD, because nothing was committed yet",
        "name a folder");
  }

  @Test
  void aRevisionThatIsNotThere() throws Exception {
    committed();
    for (String revision : List.of("HEAD~7", "nowhere", "-x", "HEAD:fleet")) {
      fails(
          Gops.run("diff", fleet.toString(), "--against=" + revision),
          "git knows no revision " + revision + ", and there is no such folder",
          "git branch --all");
    }
  }

  @Test
  void aRevisionThatAShallowCloneHasNot() throws Exception {
    committed();
    Path clone = dir.resolve("clone");
    git(
        dir,
        "clone",
        "--quiet",
        "--depth=1",
        "file://" + dir.resolve("repository"),
        clone.toString());
    fails(
        Gops.run("diff", clone.resolve("fleet").toString(), "--against", "HEAD~1"),
        "git knows no revision HEAD~1: this clone has only the last commits",
        "fetch the others: git fetch --unshallow");
  }

  @Test
  void aCheckoutOfAnotherUser() throws Exception {
    committed();
    assumeTrue(isGivenAway(dir.resolve("repository")), "only root gives files away");
    fails(
        Gops.run("diff", fleet.toString()),
        "git does not read " + fleet + ": the checkout belongs to another user",
        "if you trust it: git config --global --add safe.directory " + dir.resolve("repository"));
  }

  private static boolean isGivenAway(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      var nobody =
          folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
      for (Path path : (Iterable<Path>) paths::iterator) {
        Files.setOwner(path, nobody);
      }
      return true;
    } catch (FileSystemException | UserPrincipalNotFoundException e) {
      return false;
    }
  }

  /// Everything would be new, and nothing would be found.
  @Test
  void aFolderWithoutAFleet() throws IOException {
    Path empty = Files.createDirectories(dir.resolve("empty"));
    fails(
        Gops.run("diff", fleet.toString(), "--against", empty.toString()),
        empty + " has no fleet to compare with: there is no fleet.gops",
        "name the folder of the fleet as it was");
    Run blank = Gops.run("diff", fleet.toString(), "--against", "");
    assertEquals(2, blank.code(), blank.out());
  }

  @Test
  void aRevisionThatDoesNotCompile() throws Exception {
    committed();
    Path source = fleet.resolve("arena.gops");
    String whole = Files.readString(source);
    Files.writeString(source, whole + "\r\ngame 楚留香 {\r\n");
    git(fleet, "commit", "--quiet", "--all", "--message", "broken");
    Files.writeString(source, whole);
    Run run = Gops.run("diff", fleet.toString());
    assertEquals(3, run.code(), run.out());
    assertTrue(run.out().startsWith("error[GOPS2915]: arena.gops of HEAD"), run.out());
  }

  @Test
  void aSubmoduleIsACheckoutOfItsOwn() throws Exception {
    committed();
    Path top = Files.createDirectories(dir.resolve("top"));
    git(top, "init", "--quiet");
    String from = "file://" + dir.resolve("repository");
    git(top, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", from, "sub");
    Run run = Gops.run("diff", top.resolve("sub/fleet").toString(), "--against", "HEAD~1");
    assertEquals(0, run.code(), run.out() + run.err());
  }

  /// Folders that nobody may look into, and links that lead nowhere, are no part of a fleet.
  @Test
  void whatElseLiesInTheFolderDoesNotMatter() throws Exception {
    committed();
    Files.createSymbolicLink(fleet.resolve("away.gops"), dir.resolve("nowhere"));
    Path closed = Files.createDirectories(fleet.resolve("closed"));
    Files.setPosixFilePermissions(closed, java.util.Set.of());
    for (String against : List.of("HEAD", fleet.toString())) {
      Run run = Gops.run("diff", fleet.toString(), "--against", against);
      assertEquals(0, run.code(), run.out() + run.err());
    }
    Files.setPosixFilePermissions(
        closed, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
  }
}
