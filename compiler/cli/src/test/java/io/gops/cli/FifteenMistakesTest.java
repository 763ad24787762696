package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.golden.GoldenCase;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Fifteen mistakes that the API server takes without a word when they stand in a GameServerSet, as
/// a team would make them here: fifteen errors. One file for each moment at which the compiler can
/// see them: it stops at the first moment that has any.
class FifteenMistakesTest {
  private static final Pattern ERROR = Pattern.compile("^error\\[GOPS", Pattern.MULTILINE);
  private static final Path FOLDER = Run.ROOT.resolve("golden/fifteen-mistakes");

  @Test
  void eachIsOneError() {
    StringBuilder said = new StringBuilder();
    for (String file : new String[] {"written", "together", "patched", "exposed"}) {
      Run run = Gops.run("check", FOLDER.resolve(file + ".gops").toString());
      said.append("$ gopsc check ").append(file).append(".gops\n");
      said.append(run.out().replaceAll("(-->|:::) \\S*/", "$1 ")).append(run.err()).append('\n');
    }
    assertEquals(15, ERROR.matcher(said).results().count(), said.toString());
    new GoldenCase("fifteen-mistakes", "report").verify(said.toString());
  }
}
