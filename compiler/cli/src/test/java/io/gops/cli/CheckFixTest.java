package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.diagnostic.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckFixTest {
  @TempDir Path dir;
  private Path file;
  private String original;

  @BeforeEach
  void copyTheExample() throws IOException {
    file = Gops.copy("web2048", dir).resolve("web2048.gops");
    original = Files.readString(file);
  }

  @Test
  void mendsWhatHasOneFixAndChecksAgain() throws IOException {
    Gops.replace(file, "reload exec { command", "reload exec { comand");
    Gops.replace(file, "path = \"/\" }", "path = '/' };");
    Gops.replace(file, "settle = 2s", "setle = 2 s");
    Run run = Gops.run("check", file.toString(), "--fix");
    assertEquals(0, run.code(), run.out());
    assertTrue(run.out().contains("fixed " + file + ":"), run.out());
    assertEquals(original.replaceAll("\\s+", " "), Files.readString(file).replaceAll("\\s+", " "));
    try (Stream<Path> files = Files.list(dir)) {
      assertEquals(List.of(file), files.toList(), "nothing else is left behind");
    }
  }

  @Test
  void saysOnlyWhatItWouldDo() throws IOException {
    Gops.replace(file, "reload exec { command", "reload exec { comand");
    String spoilt = Files.readString(file);
    Run run = Gops.run("check", file.toString(), "--fix", "--dry-run");
    assertEquals(3, run.code());
    assertTrue(run.out().contains("would fix " + file + ":"), run.out());
    assertEquals(spoilt, Files.readString(file));
  }

  @Test
  void choosesNothingForThePerson() throws IOException {
    Gops.replace(file, "memory = 8Gi", "memory = 8G");
    String spoilt = Files.readString(file);
    Run run = Gops.run("check", file.toString(), "--fix");
    assertEquals(3, run.code());
    assertEquals(spoilt, Files.readString(file));
  }

  @Test
  void decidesNothingForThePerson() throws Exception {
    DiagnosticPage.of(Code.GOPS3006).fails().prepare(dir);
    Path fleet = dir.resolve("fleet.gops");
    String asked = Files.readString(fleet);
    Run run = Gops.run("check", dir.toString(), "--fix");
    assertEquals(4, run.code(), run.out());
    assertTrue(run.out().contains("= fix: "), run.out());
    assertEquals(asked, Files.readString(fleet));
  }

  @Test
  void keepsPermissionsAndLinks() throws IOException {
    Gops.replace(file, "reload exec { command", "reload exec { comand");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Path link = Files.createSymbolicLink(dir.resolve("link.gops"), file.getFileName());
    assertEquals(0, Gops.run("check", link.toString(), "--fix").code());
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(original, Files.readString(file));
  }

  @Test
  void leavesAFileWithoutMistakesAlone() throws IOException {
    Run run = Gops.run("check", file.toString(), "--fix");
    assertEquals(0, run.code(), run.out());
    assertFalse(run.out().contains("fixed"), run.out());
    assertEquals(original, Files.readString(file));
  }
}
