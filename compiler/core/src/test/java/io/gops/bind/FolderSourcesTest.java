package io.gops.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A fleet is its folder: nothing outside is read, whatever a link says.
class FolderSourcesTest {
  private static final String CLUSTER =
      "cluster hz { kubernetes = \"1.34\", kruise = \"1.9\", kruise_game = \"1.0.0\" }\n";

  private static List<Code> codes(Path file) {
    Diagnostics diagnostics = new Diagnostics();
    FleetLoader.load(file, diagnostics);
    return diagnostics.sorted().stream().map(Diagnostic::code).toList();
  }

  private static Path importing(Path folder, String other) throws IOException {
    return Files.writeString(folder.resolve("main.gops"), "import \"" + other + "\"\n" + CLUSTER);
  }

  @Test
  void aLinkOutOfTheFolderIsRefused(@TempDir Path folder, @TempDir Path elsewhere)
      throws IOException {
    Path secret = Files.writeString(elsewhere.resolve("secret.gops"), "const a = 1\n");
    Files.createSymbolicLink(folder.resolve("inside.gops"), secret);
    assertEquals(List.of(Code.GOPS2031), codes(importing(folder, "inside.gops")));
  }

  @Test
  void aLinkInsideTheFolderIsFollowed(@TempDir Path folder) throws IOException {
    Path real = Files.writeString(folder.resolve("real.gops"), "const a = 1\n");
    Files.createSymbolicLink(folder.resolve("link.gops"), real);
    assertEquals(List.of(), codes(importing(folder, "link.gops")));
  }

  @Test
  void aFileThatCannotBeReadIsAnError(@TempDir Path folder) throws IOException {
    Path loop = folder.resolve("loop.gops");
    Files.createSymbolicLink(loop, loop);
    assertEquals(List.of(Code.GOPS2033), codes(importing(folder, "loop.gops")));
  }

  @Test
  void aFolderIsNoFile(@TempDir Path folder) throws IOException {
    Files.createDirectory(folder.resolve("games.gops"));
    assertEquals(List.of(Code.GOPS2033), codes(importing(folder, "games.gops")));
  }
}
