package io.gops.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// One mistake in a fleet gives one error, on the line of the mistake, and each fix mends it.
///
/// A sample of the corpus; `compiler/bench/mutants` judges all of it.
class MutantsTest {
  private static final long SEED = 20261121;
  private static final int SAMPLE = Integer.getInteger("gops.mutants", 3000);

  private static final Score SCORE = new Score();

  @BeforeAll
  static void judge() {
    Random random = new Random(SEED);
    List<Corpus.Case> cases = Corpus.cases();
    for (int left = cases.size(), wanted = SAMPLE; left > 0 && wanted > 0; left--) {
      if (random.nextInt(left) < wanted) {
        SCORE.judge(cases.get(cases.size() - left));
        wanted--;
      }
    }
  }

  /// Writes the figures where `compiler/bench/mutants` wants them.
  @AfterAll
  static void record() throws IOException {
    String file = System.getProperty("gops.quality", "");
    if (!file.isEmpty()) {
      Files.writeString(Path.of(file), SCORE.report());
    }
  }

  @Test
  void theFleetsThemselvesHaveNoMistake() {
    Corpus.fleets().forEach(fleet -> assertEquals(List.of(), fleet.errors(), fleet.name()));
  }

  @Test
  void oneErrorOnTheRightLine() {
    assertTrue(SCORE.invalid() >= 2000, SCORE.table());
    assertTrue(SCORE.right() * 1000L >= 995L * SCORE.invalid(), SCORE.report());
  }

  @Test
  void noMistakeStopsTheCompiler() {
    assertEquals(List.of(), SCORE.crashes);
  }

  @Test
  void fixesMendTheirErrors() {
    assertTrue(SCORE.fixes > 100, SCORE.fixes + " fixes");
    assertEquals(List.of(), SCORE.badFixes);
  }
}
