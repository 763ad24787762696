package io.gops.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.quality.Mutant;
import io.gops.quality.Mutator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// One mistake gives one error, on its line, and takes no other declaration with it.
class OneMistakeTest {
  private static final long SEED = 20261121;

  @Test
  void inTheFlagshipTextEveryTokenDeletedDoubledAndSwapped() throws IOException {
    Score score = new Score();
    for (Mutant mutant : Mutator.tokens(ParserTest.flavour())) {
      score.judge("flavour", ParserTest.flavour(), mutant);
    }
    score.report();
    assertTrue(score.right * 100L >= 99L * score.invalid, score.figures());
    assertEquals(List.of(), score.lost);
  }

  @Test
  void inTheExamplesAThirdOfTheTokensDeletedDoubledAndSwapped() throws IOException {
    Score score = new Score();
    Random random = new Random(SEED);
    for (Map.Entry<String, String> example : ParserTest.examples().entrySet()) {
      for (Mutant mutant : Mutator.tokens(example.getValue())) {
        if (random.nextInt(3) == 0) {
          score.judge(example.getKey(), example.getValue(), mutant);
        }
      }
    }
    score.report();
    assertTrue(score.right * 100L >= 98L * score.invalid, score.figures());
    assertEquals(List.of(), score.lost);
  }

  @Test
  void aCharacterDeletedOrPutInNeverStopsTheParser() throws IOException {
    String text = ParserTest.flavour();
    String signs = "{}[]()\"'=+-*/.,:;@#$\\\n\r\t \u0000楚，\uD83C0x%<>~`|&^?!_";
    Random random = new Random(SEED);
    for (int i = 0; i < 1500; i++) {
      int at = random.nextInt(text.length());
      char sign = signs.charAt(random.nextInt(signs.length()));
      String deleted = text.substring(0, at) + text.substring(at + 1);
      Parsed.of(deleted);
      Parsed.of(text.substring(0, at) + sign + text.substring(at));
      Parsed.of(text.substring(0, at));
    }
  }

  /// How many mutants were judged right.
  private static final class Score {
    private final List<String> wrong = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();
    private int valid;
    private int invalid;
    private int right;

    void judge(String name, String original, Mutant mutant) {
      Parsed parsed = Parsed.of(mutant.text());
      String line = name + ":" + mutant.line() + " " + mutant.what() + "\n" + parsed.report();
      if (parsed.errors().isEmpty()) {
        valid++;
        return;
      }
      invalid++;
      int expected = Parsed.of(original).tree().declarations().size() - 1;
      if (parsed.tree().declarations().size() < expected) {
        lost.add(line);
      }
      if (parsed.errors().size() == 1
          && parsed.errors().getFirst().place().orElseThrow().line() == mutant.line()) {
        right++;
      } else {
        wrong.add(line);
      }
    }

    String figures() {
      return "%d mutants, %d still valid, %d of %d with one error on the line of the mistake"
          .formatted(valid + invalid, valid, right, invalid);
    }

    void report() {
      System.out.println(figures());
      wrong.forEach(System.out::println);
    }
  }
}
