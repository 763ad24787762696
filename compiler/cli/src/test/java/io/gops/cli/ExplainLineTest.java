package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.golden.GoldenCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `gopsc explain FILE:LINE` prints for a line of each kind, found by its text.
class ExplainLineTest {
  private static String explain(Path file, String text) throws IOException {
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).strip().startsWith(text)) {
        Run run = Gops.run("explain", file + ":" + (i + 1));
        assertEquals(0, run.code(), run.err());
        return run.out();
      }
    }
    throw new AssertionError("no line begins with " + text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "attribute          | wuxia/games/clx.gops       | players    =",
        "block              | wuxia/games/clx.gops       | container engine",
        "const              | wuxia/games/clx.gops       | const registry",
        "with-a-const       | wuxia/games/clx.gops       | engine  =",
        "member-override    | wuxia/games/clx.gops       | override 10001",
        "template           | wuxia/sites/hangzhou.gops  | template hosts",
        "template-body      | wuxia/sites/hangzhou.gops  | cpu         =",
        "from-a-template    | wuxia/sites/hangzhou.gops  | hosts 21..40",
        "allow              | wuxia/network.gops         | allow internet   ->",
        "deny-both-ways     | wuxia/network.gops         | deny  clx.a",
        "expect-not         | wuxia/network.gops         | expect not internet",
        "expect-fits        | wuxia/network.gops         | expect fits",
        "environment        | wuxia/fleet.gops           | environment prod",
        "included-file      | wuxia/fleet.gops           | \"network.gops\"",
      })
  void aLineOfAnExample(String aspect, String file, String text) throws IOException {
    Path examples = Run.ROOT.resolve("examples");
    String shown = explain(examples.resolve(file), text).replace(Run.ROOT + "/", "");
    new GoldenCase("explain-line", aspect).verify(shown);
  }

  @Test
  void anEnvironmentThatOverrides() throws IOException {
    Path fleet = GoldenCase.root().resolve("newcomer-two-environments");
    String shown = explain(fleet.resolve("chess.gops"), "players").replace(Run.ROOT + "/", "");
    new GoldenCase("explain-line", "two-environments").verify(shown);
  }

  @Test
  void whatLooksLikeACredentialIsHidden(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("a.gops");
    Files.writeString(
        file,
        """
        const registry_token = "hunter2hunter2"
        game go { container engine { env { DB_PASSWORD = "hunter2hunter2" } } }
        """);
    assertFalse(Gops.run("explain", file + ":1").out().contains("hunter2"));
    Run variable = Gops.run("explain", file + ":2");
    assertTrue(variable.out().contains("game go"), variable.out());
    assertFalse(variable.out().contains("hunter2"), variable.out());
  }
}
