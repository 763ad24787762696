package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two branches that both opened zones, merged by git itself, with the output committed beside the
/// source.
class MergedBranchesTest {
  @TempDir Path dir;

  @Test
  void aMergeOfTwoBranchesThatOpenedZonesIsSettledByOneCommand() throws Exception {
    startFleet();
    branch("one", 6);
    branch("two", 7);
    assertFalse(git("merge", "one").code() == 0);

    Run refused = compile();
    assertEquals(3, refused.code(), refused.out());
    assertTrue(refused.out().contains("GOPS2901"), refused.out());
    assertTrue(refused.out().contains("gopsc lock resolve"), refused.out());

    Run resolved = Gops.run("lock", "resolve", fleet());
    assertEquals(0, resolved.code(), resolved.out());
    assertTrue(resolved.out().contains("0 have two values"), resolved.out());
    assertTrue(resolved.out().contains("next: gopsc compile"), resolved.out());

    assertEquals(0, compile("--locked").code());
    assertEquals(0, compile("--check", "--locked").code());
    succeeds("add", "-A");
    succeeds("commit", "-qm", "merged");
    assertEquals(List.of(), markers());
    assertEquals("", succeeds("status", "--porcelain").out());
    for (String zone : List.of("arena-1-a/0 ", "arena-6-a/0 ", "arena-7-a/0 ")) {
      assertTrue(lock().contains("address vpc/arena " + zone), lock());
    }
  }

  /// Whoever merges first, the numbers are the same: a rebase and a merge end alike.
  @Test
  void theLockIsTheSameWhicheverBranchWasMergedIntoWhich() throws Exception {
    startFleet();
    branch("one", 6);
    branch("two", 7);
    git("merge", "one");
    assertEquals(0, Gops.run("lock", "resolve", fleet()).code());
    String oneIntoTwo = lock();
    succeeds("reset", "-q", "--hard");
    succeeds("checkout", "-q", "one");
    git("merge", "two");
    assertEquals(0, Gops.run("lock", "resolve", fleet()).code());
    assertEquals(oneIntoTwo, lock());
  }

  @Test
  void assignmentsOfZonesThatRunStayAsTheyWere() throws Exception {
    startFleet();
    List<String> before = lock().lines().filter(line -> line.contains(" arena-")).toList();
    branch("one", 6);
    branch("two", 7);
    git("merge", "one");
    assertEquals(0, Gops.run("lock", "resolve", fleet()).code());
    assertTrue(lock().lines().toList().containsAll(before), lock());
  }

  /// Git merges by itself what does not touch, and may give one number to two names.
  @Test
  void aNumberThatACleanMergeGaveTwiceIsGivenAgain() throws Exception {
    startFleet();
    Path lock = dir.resolve("fleet/lock/prod.lock");
    String first = line("ofport", "arena-1-a/0");
    String number = first.substring(first.lastIndexOf(' ') + 1);
    String second = line("ofport", "arena-5-b/0");
    String taken = second.substring(0, second.lastIndexOf(' ') + 1) + number;
    Files.writeString(lock, Files.readString(lock).replace(second, taken));
    Run refused = compile();
    assertTrue(refused.out().contains("GOPS2904"), refused.out());
    Run resolved = Gops.run("lock", "resolve", fleet());
    assertEquals(0, resolved.code(), resolved.out());
    assertTrue(
        resolved.out().contains("ofport of arena-5-b/0: " + number + " belongs to arena-1-a/0"),
        resolved.out());
    assertEquals(first, line("ofport", "arena-1-a/0"));
    assertEquals(0, compile("--locked").code());
    assertTrue(Gops.run("lock", "resolve", fleet()).out().contains("no lock needs to be resolved"));
  }

  @Test
  void aStateInConflictComesFirst() throws Exception {
    startFleet();
    Path state = dir.resolve("fleet/state/prod.jsonl");
    Files.writeString(state, "<<<<<<< HEAD\n" + Files.readString(state));
    Path lock = dir.resolve("fleet/lock/prod.lock");
    String conflicted = "<<<<<<< HEAD\nvni fleet x 1\n=======\n>>>>>>> one\n";
    Files.writeString(lock, conflicted);
    Run refused = Gops.run("lock", "resolve", fleet());
    assertEquals(3, refused.code());
    assertTrue(refused.out().contains("GOPS2911"), refused.out());
    assertEquals(conflicted, Files.readString(lock));
  }

  @Test
  void lockedFailsBeforeAnythingIsWritten() throws Exception {
    startFleet();
    assertEquals(0, compile("--locked").code());
    openZone("one", 6);
    String lock = lock();
    Run refused = compile("--locked");
    assertEquals(5, refused.code(), refused.out());
    assertTrue(refused.out().contains("GOPS2907"), refused.out());
    assertEquals(lock, lock());
    assertFalse(Files.exists(dir.resolve("out/prod/lab/kubernetes/arena/zone-6.yaml")));
  }

  @Test
  void checkNamesFilesThatNobodyGenerates() throws Exception {
    startFleet();
    Files.writeString(dir.resolve("out/prod/lab/kubernetes/arena/zone-99.yaml"), "kind: Pod\n");
    Files.writeString(dir.resolve("out/prod/.hidden"), "mine");
    Files.writeString(dir.resolve("out/README.md"), "mine");
    Run check = compile("--check");
    assertEquals(5, check.code());
    assertTrue(
        check
            .out()
            .contains("not generated, delete or move: prod/lab/kubernetes/arena/zone-99.yaml\n"),
        check.out());
    assertFalse(check.out().contains("README") || check.out().contains("hidden"), check.out());
    assertEquals(0, compile().code());
    assertTrue(Files.exists(dir.resolve("out/prod/lab/kubernetes/arena/zone-99.yaml")));
  }

  private void startFleet() throws Exception {
    copyExample();
    succeeds("init", "-q", "-b", "main", ".");
    assertEquals(0, compile().code());
    succeeds("add", "-A");
    succeeds("commit", "-qm", "base");
  }

  private void copyExample() throws Exception {
    Gops.copy("five-zones", dir.resolve("fleet"));
    Files.createDirectories(dir.resolve("fleet/state"));
    Files.copy(
        Run.ROOT.resolve("examples/five-zones/state/prod.jsonl"),
        dir.resolve("fleet/state/prod.jsonl"));
    Gops.replace(
        dir.resolve("fleet/fleet.gops"),
        "include = [\"machines.gops\", \"arena.gops\"]",
        "include = [\"machines.gops\", \"arena.gops\", \"opened/*.gops\"]");
    Files.createDirectories(dir.resolve("fleet/opened"));
    Files.writeString(dir.resolve("fleet/opened/none.gops"), "const nothing = 1\n");
  }

  private void branch(String name, int zone) throws Exception {
    succeeds("checkout", "-q", "-b", name, "main");
    openZone(name, zone);
    assertEquals(0, compile().code());
    succeeds("add", "-A");
    succeeds("commit", "-qm", name);
  }

  private void openZone(String name, int zone) throws Exception {
    Files.writeString(
        dir.resolve("fleet/opened/" + name + ".gops"),
        """
        zones arena-%s {
          game    = arena
          ids     = %d..%d
          run     = "1.0.0"
          pool    = lab.std
          vpc     = arena
          players = 500

          pair { initial = a, standby = stopped, switch = directory }
        }
        """
            .formatted(name, zone, zone));
  }

  private String fleet() {
    return dir.resolve("fleet").toString();
  }

  private Run compile(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("compile", fleet(), "-o", dir.resolve("out").toString()));
    arguments.addAll(List.of(more));
    return Gops.run(arguments.toArray(String[]::new));
  }

  private String lock() throws Exception {
    return Files.readString(dir.resolve("fleet/lock/prod.lock"));
  }

  private String line(String kind, String name) throws Exception {
    return lock()
        .lines()
        .filter(line -> line.startsWith(kind + " ") && line.contains(" " + name + " "))
        .findFirst()
        .orElseThrow();
  }

  private List<String> markers() throws Exception {
    try (Stream<Path> files = Files.walk(dir)) {
      return files
          .filter(file -> Files.isRegularFile(file) && !file.toString().contains("/.git/"))
          .filter(MergedBranchesTest::hasMarker)
          .map(Path::toString)
          .toList();
    }
  }

  private static boolean hasMarker(Path file) {
    try {
      return Files.readString(file).contains("<<<<<<<");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Run succeeds(String... arguments) throws Exception {
    Run run = git(arguments);
    assertEquals(0, run.code(), run.out() + run.err());
    return run;
  }

  private Run git(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("git", "-c", "user.name=test", "-c", "user.email=test@example.invalid"));
    command.addAll(List.of(arguments));
    return Run.of(
        dir, Map.of("GIT_CONFIG_NOSYSTEM", "1", "GIT_CONFIG_GLOBAL", "/dev/null"), command);
  }
}
