package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.diagnostic.Palette;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `gopsc fmt` on files, folders and standard input.
class FmtTest {
  private static final String WILD = "game   clx {\nowner=\"sre\" // who\n\n\n}\n";
  private static final String TIDY = "game clx {\n  owner = \"sre\"  // who\n}\n";

  @TempDir Path dir;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void formatsAFileInPlaceOnce() throws IOException {
    Path file = write("a.gops", WILD);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertEquals(0, run("", "fmt", file.toString()));
    assertEquals(TIDY, Files.readString(file));
    assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    FileTime before = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(file, before);
    assertEquals(0, run("", "fmt", file.toString()));
    assertEquals(before, Files.getLastModifiedTime(file));
    assertEquals(List.of(file), entries());
  }

  @Test
  void keepsLineEndsAndByteOrderMark() throws IOException {
    for (String end : List.of("\n", "\r\n", "\r")) {
      Path file = write("a.gops", "\uFEFF" + WILD.replace("\n", end));
      assertEquals(0, run("", "fmt", file.toString()));
      assertEquals("\uFEFF" + TIDY.replace("\n", end), Files.readString(file));
    }
  }

  @Test
  void formatsAWholeFolderButNothingHiddenOrElsewhere() throws IOException {
    Path inside = write("games/a.gops", WILD);
    Path hidden = write(".git/b.gops", WILD);
    Path other = write("c.txt", WILD);
    assertEquals(0, run("", "fmt", dir.toString()));
    assertEquals(TIDY, Files.readString(inside));
    assertEquals(WILD, Files.readString(hidden));
    assertEquals(WILD, Files.readString(other));
    assertTrue(err().contains("1 of 1 file formatted"), err());
  }

  /// What is laid out again is the same fleet with the same comments, and is laid out.
  @Test
  void theExamplesLoseNothing() throws IOException {
    Gops.copy("wuxia", dir);
    String before = Gops.run("check", dir.toString()).out();
    List<String> words = words();
    for (Path file : sources()) {
      Files.writeString(
          file, Files.readString(file).replaceAll("(?m)^ +", "\t").replace(" = ", "="));
    }
    assertEquals(5, run("", "fmt", "--check", dir.toString()));
    assertEquals(0, run("", "fmt", dir.toString()));
    assertEquals(words, words());
    assertEquals(before, Gops.run("check", dir.toString()).out());
    assertEquals(0, run("", "fmt", "--check", dir.toString()));
  }

  @Test
  void aLinkStaysALink() throws IOException {
    Path file = write("a.gops", WILD);
    Path link = Files.createSymbolicLink(dir.resolve("link.gops"), file);
    assertEquals(0, run("", "fmt", link.toString()));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals(TIDY, Files.readString(file));
  }

  @Test
  void checkListsWhatIsNotFormattedAndWritesNothing() throws IOException {
    Path wild = write("a.gops", WILD);
    write("b.gops", TIDY);
    assertEquals(5, run("", "fmt", "--check", dir.toString()));
    assertEquals(WILD, Files.readString(wild));
    assertEquals(
        wild + ":1: not formatted\n  - game   clx {\n  + game clx {\n",
        out().replace(System.lineSeparator(), "\n"));
    assertTrue(err().contains("1 of 2 files not formatted"), err());
    assertEquals(0, run("", "fmt", "--check", dir.resolve("b.gops").toString()));
    assertEquals("", out());
  }

  @Test
  void checkShowsWhiteSpace() {
    assertEquals(5, run("game clx {\n\towner = \"a\"  \n}\n", "fmt", "--check", "-"));
    assertTrue(out().contains("  - →owner = \"a\"··\n  + ··owner = \"a\"\n"), out());
    assertEquals(5, run("game clx {\n}\r\n", "fmt", "--check", "-"));
    assertTrue(out().contains("only the ends of lines change"), out());
  }

  @Test
  void aFileWithASyntaxErrorIsReportedAndLeft() throws IOException {
    String broken = "game   clx {\nowner=\n}\n";
    Path file = write("a.gops", broken);
    Path other = write("b.gops", WILD);
    assertEquals(3, run("", "fmt", dir.toString()));
    assertEquals(broken, Files.readString(file));
    assertEquals(TIDY, Files.readString(other));
    assertTrue(out().contains(file + ":2"), out());
  }

  @Test
  void bytesThatAreNotUtf8AreReportedAndLeft() throws IOException {
    byte[] bytes = "game   clx { // \u00fc\n}\n".getBytes(StandardCharsets.ISO_8859_1);
    Path file = Files.write(dir.resolve("a.gops"), bytes);
    assertEquals(3, run("", "fmt", file.toString()));
    assertEquals(
        new String(bytes, StandardCharsets.ISO_8859_1),
        Files.readString(file, StandardCharsets.ISO_8859_1));
  }

  @Test
  void standardInputGoesToStandardOutput() {
    assertEquals(0, run(WILD, "fmt", "-"));
    assertEquals(TIDY, out());
    assertEquals("", err());
    assertEquals(0, run(WILD, "fmt", "--stdin"));
    assertEquals(TIDY, out());
    assertEquals(0, run("", "fmt", "-"));
    assertEquals("", out());
  }

  @Test
  void standardInputWithAnErrorPrintsNoText() {
    assertEquals(3, run("game clx {\nowner=\n}\n", "fmt", "-"));
    assertEquals("", out());
    assertTrue(err().contains("standard input:2"), err());
  }

  @Test
  void wrongUse() throws IOException {
    assertEquals(2, run("", "fmt", "-", write("a.gops", WILD).toString()));
    assertEquals(3, run("", "fmt", dir.resolve("missing.gops").toString()));
    assertTrue(out().contains("does not exist"), out());
  }

  private Path write(String name, String text) throws IOException {
    Path file = dir.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private List<Path> sources() throws IOException {
    try (var files = Files.walk(dir)) {
      return files.filter(file -> file.toString().endsWith(".gops")).sorted().toList();
    }
  }

  /// Every text of the folder without its white space.
  private List<String> words() throws IOException {
    List<String> words = new ArrayList<>();
    for (Path file : sources()) {
      words.add(Files.readString(file).replaceAll("\\s+", ""));
    }
    return words;
  }

  private List<Path> entries() throws IOException {
    try (var files = Files.list(dir)) {
      return files.sorted().toList();
    }
  }

  private int run(String in, String... arguments) {
    out.reset();
    err.reset();
    return new Gopsc(
            new Terminal(
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Palette.PLAIN,
                Palette.PLAIN,
                false))
        .run(arguments);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
