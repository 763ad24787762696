package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that are not what they should be: too large, no text, a folder. One message names the file
/// and what is wrong with it, and nothing else is touched.
class UnusableInputTest {
  private static final String SET =
      """
      apiVersion: game.kruise.io/v1alpha1
      kind: GameServerSet
      metadata: {name: NAME, namespace: default}
      spec:
        replicas: 1
        gameServerTemplate:
          spec:
            containers: [{name: c, image: "registry.example.com/x:1"}]
      """;

  @TempDir Path dir;

  /// A file of a gigabyte that takes no room.
  private static Path huge(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(1L << 30);
    }
    return file;
  }

  private void fails(int code, String message, Run run) {
    assertEquals(code, run.code(), run.out() + run.err());
    assertTrue((run.out() + run.err()).contains(message), run.out() + run.err());
  }

  @Test
  void sourcesOfAGigabyte() throws IOException {
    String file = huge(dir.resolve("huge.gops")).toString();
    fails(3, "huge.gops cannot be read: it has more than 64 MiB", Gops.run("check", file));
    fails(3, "huge.gops cannot be read: it has more than 64 MiB", Gops.run("fmt", file));
    fails(3, "zero cannot be read: it has more than 64 MiB", Gops.run("check", "/dev/zero"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lock/prod.lock", "state/prod.jsonl"})
  void recordsOfAGigabyte(String name) throws IOException {
    Path fleet = Gops.copy("five-zones", dir.resolve("five"));
    huge(fleet.resolve(name));
    String message = name + " cannot be read: it has more than 256 MiB";
    fails(8, message, Gops.run("check", fleet.toString()));
    Path sound = Gops.copy("five-zones", dir.resolve("sound"));
    fails(8, message, Gops.run("diff", fleet.toString(), "--against", sound.toString()));
  }

  @Test
  void aLockThatIsNoText() throws IOException {
    Path fleet = Gops.copy("five-zones", dir.resolve("five"));
    Path lock = Files.createDirectories(fleet.resolve("lock")).resolve("prod.lock");
    byte[] bytes = {(byte) 0xff, (byte) 0xfe, '\n'};
    Files.write(lock, bytes);
    String place = lock + ":1:1";
    for (List<String> command :
        List.of(
            List.of("check"), List.of("compile", "-o", dir + "/out"), List.of("lock", "resolve"))) {
      String[] words =
          java.util.stream.Stream.concat(command.stream(), java.util.stream.Stream.of(fleet + ""))
              .toArray(String[]::new);
      Run run = Gops.run(words);
      fails(3, "error[GOPS1001]: not UTF-8: byte 0xFF cannot stand here", run);
      assertTrue(run.out().contains(place), run.out());
    }
    assertEquals(List.of(bytes[0], bytes[1], bytes[2]), list(Files.readAllBytes(lock)));
    assertFalse(Files.exists(dir.resolve("out/prod")));
  }

  private static List<Byte> list(byte[] bytes) {
    return List.of(bytes[0], bytes[1], bytes[2]);
  }

  /// A person writes waivers on one declaration, a program may write any number of them.
  @Test
  void aHundredThousandLinesOfAnnotationsTakeAMoment() throws IOException {
    Path file = dir.resolve("waivers.gops");
    String waiver = "@suppress(\"GOPS3012\", reason = \"agreed\", until = \"2099-01-31\")\n";
    Files.writeString(file, waiver.repeat(100_000) + "vpc green { cidr = 10.80.0.0/16 }\n");
    Run run = Gops.run("check", file.toString());
    assertTrue(run.out().contains("GOPS"), run.out());
  }

  private Path manifest(String path, String name) throws IOException {
    Path file = dir.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, SET.replace("NAME", name));
  }

  @Test
  void aFolderOfManifestsIsReadAsOne() throws IOException {
    manifest("cluster/one.yaml", "one");
    manifest("cluster/more/two.yml", "two");
    manifest("cluster/.git/three.yaml", "three");
    Files.writeString(dir.resolve("cluster/README.md"), "no manifest");
    Run run = Gops.run("import", dir.resolve("cluster").toString(), "-o", dir.resolve("f") + "");
    assertEquals(0, run.code(), run.out() + run.err());
    assertTrue(run.out().contains("2 sets of servers"), run.out());
  }

  @Test
  void whatCannotBeImportedIsNamed() throws IOException {
    Path empty = Files.createDirectories(dir.resolve("empty"));
    String out = dir.resolve("f").toString();
    Path missing = dir.resolve("missing.yaml");
    Path way = Files.writeString(dir.resolve("way"), "");
    String good = manifest("one.yaml", "one").toString();
    String huge = huge(dir.resolve("huge.yaml")).toString();
    fails(
        8,
        "gopsc: there is no set of servers among 0 objects\n",
        Gops.run("import", empty.toString(), "-o", out));
    fails(
        8,
        "gopsc: " + missing + ": no such file or folder\n",
        Gops.run("import", missing.toString(), "-o", out));
    fails(
        8, "gopsc: " + huge + ": it has more than 256 MiB\n", Gops.run("import", huge, "-o", out));
    fails(
        8,
        "gopsc: " + way + ": a file is in the way\n",
        Gops.run("import", good, "-o", way.toString()));
    assertFalse(Files.exists(Path.of(out)));
  }

  @Test
  void aChineseFileWithCarriageReturnsHasItsLines() throws IOException {
    Path file = dir.resolve("服务器.yaml");
    String text = SET.replace("NAME", "楚留香").replace("spec:\n  replicas", "spec: [ }\n  replicas");
    Files.write(file, text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    Run run = Gops.run("import", file.toString(), "-o", dir.resolve("f").toString());
    fails(3, "error[GOPS2921]: this is no YAML", run);
    assertTrue(run.out().contains(" --> " + file + ":4:1"), run.out());
  }

  @Test
  void nestingWithoutEndIsRefusedWhereItStands() throws IOException {
    Path file = dir.resolve("deep.yaml");
    Files.writeString(file, "kind: " + "[".repeat(100_000) + "]".repeat(100_000));
    Run run = Gops.run("import", file.toString(), "-o", dir.resolve("f").toString());
    fails(3, "error[GOPS2921]: objects of Kubernetes are not nested so deep", run);
    assertTrue(run.out().contains(" --> " + file + ":1:1"), run.out());
  }
}
